import { mkdir } from "node:fs/promises"
import { join } from "node:path"

export const ROOT = join(import.meta.dirname, "..", "..")
const CACHE = join(ROOT, ".cache", "bench")

/** A folder for what takes long to make and can be made again. */
export async function cacheFolder(name: string): Promise<string> {
  const folder = join(CACHE, name)
  await mkdir(folder, { recursive: true })
  return folder
}
