import { mkdir, writeFile } from "node:fs/promises"
import { join, resolve } from "node:path"

const CONFIGURATION = "softhsm2.conf"

/** The configuration file of the private SoftHSM home in `directory`: the value of SOFTHSM2_CONF. */
export function softhsmConfigurationPath(directory: string): string {
  return join(resolve(directory), CONFIGURATION)
}

/**
 * Makes `directory` a private SoftHSM home, apart from the machine's own: tokens as files below it, readable by the
 * owner alone. What is there already stays. Returns the path of its configuration.
 */
export async function writeSofthsmConfiguration(directory: string): Promise<string> {
  const home = resolve(directory)
  const tokens = join(home, "tokens")
  await mkdir(tokens, { recursive: true, mode: 0o700 })
  const path = softhsmConfigurationPath(home)
  const lines = [
    `directories.tokendir = ${tokens}`,
    "objectstore.backend = file",
    "log.level = ERROR",
    "slots.removable = false",
    "",
  ]
  await writeFile(path, lines.join("\n"))
  return path
}
