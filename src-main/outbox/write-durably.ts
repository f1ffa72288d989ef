import { open, rename, rm } from "node:fs/promises"
import { dirname } from "node:path"

const OWNER_ONLY = 0o600

/** Writes a file so that it is there whole or not at all, also after a power cut: aside, synced, renamed, folder synced. */
export async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const aside = `${path}.writing`
  const file = await open(aside, "w", OWNER_ONLY)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(aside, path)
  await syncDirectory(dirname(path))
}

/** Removes a file and syncs the folder, so that it does not come back after a power cut. */
export async function removeDurably(path: string): Promise<void> {
  await rm(path, { force: true })
  await syncDirectory(dirname(path))
}

async function syncDirectory(path: string): Promise<void> {
  // Windows neither needs nor lets a folder be opened for this.
  if (process.platform === "win32") return
  const directory = await open(path, "r")
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}
