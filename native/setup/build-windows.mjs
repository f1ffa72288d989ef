import { join } from "node:path"
import { MODULES, node24, ROOT } from "./paths.mjs"
import { SetupError } from "./progress.mjs"
import { runQuietly } from "./run.mjs"

const VITE = join(MODULES, "vite", "bin", "vite.js")
/** What is built, each by a configuration of its own. */
const CONFIGURATIONS = ["vite.config.ts", join("src-phone-window", "vite.config.ts")]

/**
 * Makes the bundles of the desk and of the tester's phone anew, in two or three seconds. Throws `SetupError` with the
 * builder's words.
 */
export function buildWindows() {
  for (const configuration of CONFIGURATIONS) {
    const built = runQuietly(node24() ?? process.execPath, [
      VITE,
      "build",
      "--config",
      join(ROOT, configuration),
    ])
    if (!built.ok)
      throw new SetupError(`The windows could not be built (${configuration}):\n\n${built.output}`)
  }
  return "the desk and the tester's phone, in out/"
}
