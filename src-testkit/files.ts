import { open, readFile, rename, rm, stat } from "node:fs/promises"
import { dirname, join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { TestkitError } from "./testkit-error.ts"

const PRIVATE_MODE = 0o600
const LOCK_PATIENCE_MILLISECONDS = 30_000
const LOCK_INTERVAL_MILLISECONDS = 25

let written = 0

/** Writes `content` so that a reader sees the old file or the whole new one, also after a power cut. */
export async function writeFileAtomically(
  path: string,
  content: string | Uint8Array,
  mode = 0o644,
): Promise<void> {
  const temporary = `${path}.${process.pid}.${written++}.tmp`
  const handle = await open(temporary, "wx", mode)
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(temporary, path)
  await syncDirectory(dirname(path))
}

/** As `writeFileAtomically`, readable by the owner alone: private keys, test PINs. */
export async function writePrivateFile(path: string, content: string | Uint8Array): Promise<void> {
  await writeFileAtomically(path, content, PRIVATE_MODE)
}

async function syncDirectory(directory: string): Promise<void> {
  // Windows cannot open a directory; its rename is durable enough for a test kit.
  if (process.platform === "win32") return
  const handle = await open(directory, "r")
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

export async function fileExists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  )
}

/**
 * Runs `work` while no other process does so in `directory`: the record of what was issued is read, changed and
 * written as one. A lock whose process is gone is taken over. Throws `directory-busy` after half a minute.
 */
export async function withLock<Result>(directory: string, work: () => Promise<Result>): Promise<Result> {
  const lock = join(directory, ".lock")
  await takeLock(lock, LOCK_PATIENCE_MILLISECONDS)
  try {
    return await work()
  } finally {
    await rm(lock, { force: true })
  }
}

async function takeLock(lock: string, patience: number): Promise<void> {
  if (await createLock(lock)) return
  if (patience <= 0) {
    throw new TestkitError(
      "directory-busy",
      `Another process is working in ${dirname(lock)}; remove ${lock} if none is.`,
    )
  }
  if (await holderIsGone(lock)) await rm(lock, { force: true })
  await delay(LOCK_INTERVAL_MILLISECONDS)
  await takeLock(lock, patience - LOCK_INTERVAL_MILLISECONDS)
}

async function createLock(lock: string): Promise<boolean> {
  try {
    const handle = await open(lock, "wx")
    await handle.writeFile(String(process.pid))
    await handle.close()
    return true
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false
    throw error
  }
}

async function holderIsGone(lock: string): Promise<boolean> {
  const holder = Number(await readFile(lock, "utf8").catch(() => ""))
  if (!Number.isInteger(holder) || holder <= 0) return false
  try {
    process.kill(holder, 0)
    return false
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH"
  }
}
