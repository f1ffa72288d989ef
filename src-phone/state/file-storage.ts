import { randomBytes } from "node:crypto"
import { open, readdir, readFile, rename, rm, type FileHandle } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import { PhoneError } from "../phone-error.ts"
import type { PhoneStorage } from "./phone-storage.ts"

const OWNER_ONLY = 0o600

/**
 * A state in one file, readable by its owner alone. A write goes to a new file beside it, is synced, takes the old one's
 * place, and the directory is synced; then the old bytes, which may hold a destroyed key, are overwritten. (On a disk
 * that copies on write the old blocks may live on; there a phone has its own secure storage.)
 * Throws PhoneError `state-not-readable`, `state-not-written`, `state-changed`.
 */
export function fileStorage(path: string): PhoneStorage {
  return {
    read: () => readState(path),
    async write(bytes, expected) {
      if (!sameBytes(await readState(path), expected)) {
        throw new PhoneError("state-changed", `${path} was written by another program`)
      }
      await attempt(path, () => replaceFile(path, bytes))
    },
  }
}

async function readState(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path)
  } catch (cause) {
    if (hasCode(cause, "ENOENT")) return undefined
    throw new PhoneError("state-not-readable", `${path} cannot be read`, { cause })
  }
}

async function attempt(path: string, write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (cause) {
    throw new PhoneError("state-not-written", `${path} cannot be written`, { cause })
  }
}

async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  await removeLeftovers(path)
  const fresh = `${path}.${String(process.pid)}-${randomBytes(4).toString("hex")}.new`
  try {
    await writeSynced(fresh, bytes)
    const old = await openExisting(path)
    try {
      await rename(fresh, path)
      await syncDirectory(dirname(path))
      if (old !== undefined) await overwrite(old)
    } finally {
      await old?.close()
    }
  } catch (cause) {
    await giveUp(fresh)
    throw cause
  }
}

/** New files that this process could neither finish nor remove: on a disk that became read-only. */
const givenUp = new Set<string>()

async function giveUp(path: string): Promise<void> {
  // The next write finds it.
  await rm(path, { force: true }).catch(() => givenUp.add(path))
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "wx", OWNER_ONLY)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function openExisting(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, "r+")
  } catch (cause) {
    if (hasCode(cause, "ENOENT")) return undefined
    throw cause
  }
}

async function overwrite(file: FileHandle): Promise<void> {
  const { size } = await file.stat()
  await file.write(new Uint8Array(size), 0, size, 0)
  await file.sync()
}

async function syncDirectory(path: string): Promise<void> {
  // Windows has no handle of a directory to sync; there the rename is journalled by the file system.
  if (process.platform === "win32") return
  const directory = await open(path, "r")
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}

/** A program that was killed while writing leaves its new file behind, with secrets in it. */
async function removeLeftovers(path: string): Promise<void> {
  for (const left of givenUp) {
    await rm(left, { force: true })
    givenUp.delete(left)
  }
  const prefix = `${basename(path)}.`
  for (const name of await readdir(dirname(path))) {
    const writer = name.startsWith(prefix)
      ? /^([0-9]+)-[0-9a-f]{8}\.new$/.exec(name.slice(prefix.length))
      : undefined
    if (writer?.[1] !== undefined && !isAlive(Number(writer[1])))
      await rm(join(dirname(path), name), { force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return !hasCode(cause, "ESRCH")
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code
}

function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a === undefined || b === undefined ? a === b : Buffer.compare(a, b) === 0
}
