import { open, rename, rm } from "node:fs/promises"
import { dirname, join } from "node:path"

const OWNER_ONLY = 0o600

/** Written aside by the process of that number, or by one of before names had a number. */
const ASIDE = /(?:\.([0-9]+))?\.writing$/

/** What this process could neither finish nor remove. */
const givenUp = new Set<string>()

/** Writes a file so that it is there whole or not at all, also after a power cut: aside, synced, renamed, folder synced. */
export async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const aside = `${path}.${String(process.pid)}.writing`
  try {
    await writeSynced(aside, bytes)
    await rename(aside, path)
  } catch (error) {
    // What could not be kept must not lie about; on a disk that became read-only, `removeAbandoned` does it later.
    await rm(aside, { force: true }).catch(() => givenUp.add(aside))
    throw error
  }
  await syncDirectory(dirname(path))
}

/** Of these files in a folder, removes what a process that was killed while writing left behind, as far as it can. */
export async function removeAbandoned(directory: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const path = join(directory, name)
    const [suffix, writer] = ASIDE.exec(name) ?? []
    const isBeingWritten = writer !== undefined && isAlive(Number(writer)) && !givenUp.has(path)
    if (suffix === undefined || isBeingWritten) continue
    await rm(path, { force: true }).catch(() => undefined)
  }
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "w", OWNER_ONLY)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ESRCH")
  }
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
