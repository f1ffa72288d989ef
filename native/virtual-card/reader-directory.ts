import { lstat, mkdir, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { connectToReader } from "./control-client.ts"
import { ReaderError } from "./reader-error.ts"

/** The socket on which the reader of a directory is asked. */
export function controlSocketOf(directory: string): string {
  return join(directory, "control")
}

/** Where a tester's reader is unless told otherwise: one for each user of the machine. */
export function usualReaderDirectory(): string {
  return join(tmpdir(), `vrijgave-reader-of-${process.getuid?.() ?? 0}`)
}

/**
 * Makes the directory of a reader, which nobody else can enter; what a reader that is gone left there is removed.
 * Throws `already-running`, and `not-possible-here` for a place that the reader could not see itself.
 */
export async function makeReaderDirectory(wanted: string | undefined): Promise<string> {
  // The path of a unix socket has 107 bytes at most: not much below a long name.
  if (wanted === undefined) return await mkdtemp(join(tmpdir(), "vrijgave-reader-"))
  const directory = resolve(wanted)
  if (/^(\/var)?\/run(\/|$)/.test(directory))
    throw new ReaderError(
      "not-possible-here",
      `${directory}: the reader has a /run of its own; choose another place`,
    )
  await removeIfLeftOver(directory)
  await mkdir(directory, { mode: 0o700 }).catch((cause: unknown) => {
    throw new ReaderError("already-running", `${directory} is there already and is no reader's`, { cause })
  })
  return directory
}

async function removeIfLeftOver(directory: string): Promise<void> {
  const controls = await lstat(controlSocketOf(directory)).catch(() => undefined)
  if (controls?.isSocket() !== true) return
  const client = await connectToReader(controlSocketOf(directory)).catch(() => undefined)
  client?.close()
  if (client !== undefined) throw new ReaderError("already-running", `a reader runs already, in ${directory}`)
  await rm(directory, { recursive: true, force: true })
}

/** Throws `reader-gone` where that directory is not this user's alone: whoever listens there would get to see keys. */
export async function checkReaderDirectory(directory: string): Promise<void> {
  const found = await lstat(directory).catch(() => undefined)
  if (found === undefined) throw new ReaderError("reader-gone", `no reader runs in ${directory}`)
  if (!found.isDirectory() || (found.mode & 0o077) !== 0 || found.uid !== process.getuid?.())
    throw new ReaderError("reader-gone", `${directory} is not a directory of yours alone`)
}
