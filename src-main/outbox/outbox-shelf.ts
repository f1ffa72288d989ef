import { mkdir, readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { removeAbandoned, removeDurably, writeDurably } from "./write-durably.ts"

/** Encrypts for this person on this computer, as the system's key ring does. Both reject where it cannot. */
export interface Vault {
  seal(plain: Uint8Array): Promise<Uint8Array>
  open(sealed: Uint8Array): Promise<Uint8Array>
}

/** Where the outbox keeps what it has, by name. Whatever it throws, nothing was kept or removed. */
export interface OutboxShelf {
  /** Whether it is still there when the program starts again. */
  readonly outlivesProgram: boolean
  put(id: string, bytes: Uint8Array): Promise<void>
  /** Throws where what lies there cannot be read. */
  get(id: string): Promise<Uint8Array>
  remove(id: string): Promise<void>
  /** The ids of all that lies there, also of what cannot be read. */
  ids(): Promise<readonly string[]>
}

/** The shelf for a configuration: a folder, encrypted where there is a vault, or memory where there is no folder. */
export function shelfFor(directory: string | undefined, vault: Vault | undefined): OutboxShelf {
  if (directory === undefined) return memoryShelf()
  return vault === undefined
    ? folderShelf(directory, ".json")
    : sealedShelf(folderShelf(directory, ".sealed"), vault)
}

const OWNER_ONLY = 0o700
const ID = /^[0-9a-f]{64}$/

/** One file an entry, synced; another ending than this shelf's is another shelf's. */
function folderShelf(directory: string, ending: ".json" | ".sealed"): OutboxShelf {
  const path = (id: string): string => join(directory, id + ending)
  return {
    outlivesProgram: true,
    async put(id, bytes) {
      await mkdir(directory, { recursive: true, mode: OWNER_ONLY })
      await writeDurably(path(id), bytes)
    },
    get: (id) => readFile(path(id)),
    remove: (id) => removeDurably(path(id)),
    async ids() {
      const names = await namesIn(directory)
      // What a desk that was killed had not finished writing goes: it was never sent, and it names a patient's disclosure.
      await removeAbandoned(directory, names)
      const ids = names.filter((name) => name.endsWith(ending)).map((name) => name.slice(0, -ending.length))
      return ids.filter((id) => ID.test(id))
    },
  }
}

async function namesIn(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory)
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return []
    throw error
  }
}

function sealedShelf(shelf: OutboxShelf, vault: Vault): OutboxShelf {
  return {
    ...shelf,
    put: async (id, bytes) => {
      await shelf.put(id, await vault.seal(bytes))
    },
    get: async (id) => await vault.open(await shelf.get(id)),
  }
}

/** For a computer without a key ring: a patient's disclosure is never written down unencrypted there. */
function memoryShelf(): OutboxShelf {
  const kept = new Map<string, Uint8Array>()
  return {
    outlivesProgram: false,
    put(id, bytes) {
      kept.set(id, bytes)
      return Promise.resolve()
    },
    get: (id) => Promise.resolve(kept.get(id) ?? new Uint8Array()),
    remove(id) {
      kept.delete(id)
      return Promise.resolve()
    },
    ids: () => Promise.resolve([...kept.keys()]),
  }
}
