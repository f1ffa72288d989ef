import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"

const MAIN = join(import.meta.dirname, "../../../out/main")

/** All that the built main process can run: the file that starts, and those that it loads later. */
export async function readMain(): Promise<string> {
  const names = await readdir(MAIN)
  return (await Promise.all(names.map((name) => readFile(join(MAIN, name), "utf8")))).join("\n")
}
