import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"

/** Whether any file in a directory, whatever it is for, holds these bytes. */
export async function filesHold(directory: string, bytes: Uint8Array): Promise<boolean> {
  const names = await readdir(directory)
  const contents = await Promise.all(names.map((name) => readFile(join(directory, name))))
  return contents.some((content) => content.includes(Buffer.from(bytes)))
}
