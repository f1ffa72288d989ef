import { execFile } from "node:child_process"
import { mkdtemp, open, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"

const run = promisify(execFile)

/** A real disk of a few megabytes, in memory. */
export interface SmallDisk {
  readonly directory: string
  /** Takes all the room there is. */
  fill(): Promise<void>
  free(): Promise<void>
}

const SIZE = "size=8m"
const BLOCK = new Uint8Array(4_096).fill(1)

/** Why there can be none here; `undefined` where there can. */
export async function smallDiskMissing(): Promise<string | undefined> {
  if (process.platform !== "linux") return "small disks are made on Linux only"
  try {
    await withSmallDisk(() => Promise.resolve())
    return undefined
  } catch (error) {
    return `a small disk is mounted by root alone: ${error instanceof Error ? error.message : "unknown"}`
  }
}

/** Mounts a disk for the time of `use`. */
export async function withSmallDisk<T>(use: (disk: SmallDisk) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), "vrijgave-small-disk-"))
  try {
    await run("mount", ["-t", "tmpfs", "-o", SIZE, "tmpfs", directory])
    try {
      return await use(diskAt(directory))
    } finally {
      await run("umount", ["--lazy", directory])
    }
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

function diskAt(directory: string): SmallDisk {
  const filling = join(directory, "filling")
  return {
    directory,
    async fill() {
      const file = await open(filling, "a")
      try {
        for (;;) await file.write(BLOCK)
      } catch (error) {
        if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error
      } finally {
        await file.close()
      }
    },
    free: () => rm(filling, { force: true }),
  }
}
