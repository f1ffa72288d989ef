import { join } from "node:path"
import { buildWindows } from "./build-windows.mjs"
import { node24, ROOT } from "./paths.mjs"
import { exitWith, preparationsFor, prepare } from "./prepare.mjs"
import { progress, SetupError } from "./progress.mjs"
import { runInForeground } from "./run.mjs"

/**
 * Sets up what is missing, then runs one of our programs under Node 24 with what stands behind `--` on the command line,
 * and ends this process with its exit code.
 * @param {Parameters<typeof preparationsFor>[0]} purpose
 * @param {string} heading
 * @param {readonly [string, ...string[]]} script its path in the repository, and its first arguments
 * @param {{ opensWindows?: boolean }} [needs] whether the windows' bundles are made anew before
 */
export async function runProgram(purpose, heading, [path, ...args], { opensWindows = false } = {}) {
  await exitWith(async () => {
    const preparations = preparationsFor(purpose)
    const told = progress(preparations.length + (opensWindows ? 2 : 1), console.log)
    prepare(preparations, told)
    if (opensWindows) {
      told.begin("windows (vite)")
      told.end(buildWindows())
    }
    const node = node24()
    if (node === undefined) throw new SetupError("Node 24 has gone away since it was checked. Start again.")
    told.begin(`${heading}\n`)
    return runInForeground(node, [join(ROOT, path), ...args, ...process.argv.slice(2)])
  })
}
