import { createHash } from "node:crypto"
import { mkdir, readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { z } from "zod"
import { MAX_AUTHORISATION_BYTES, Reference } from "../../src-protocol/api.ts"
import { base64Of, bytesOfBase64 } from "../../src-protocol/bytes.ts"
import type { Instant } from "../../src-protocol/instant.ts"
import { OutboxError } from "./outbox-error.ts"
import { removeAbandoned, removeDurably, writeDurably } from "./write-durably.ts"

/** Whose session alone may send a package: that of the one who signed it. */
export interface OutboxSigner {
  readonly uziNumber: string
  readonly subscriberNumber: string
}

/** A package that was signed and of which the backend has not said what became of it. */
export interface OutboxEntry {
  /** SHA-256 of the package, in hex: the same package is never in twice. */
  readonly id: string
  readonly reference: string
  readonly signer: OutboxSigner
  readonly writtenAt: Instant
  readonly authorisation: Uint8Array
}

export interface OutboxContents {
  readonly entries: readonly OutboxEntry[]
  readonly damaged: readonly string[]
}

const MAX_BASE64 = Math.ceil(MAX_AUTHORISATION_BYTES / 3) * 4
const EntryFile = z.strictObject({
  version: z.literal(1),
  reference: Reference,
  signer: z.strictObject({ uziNumber: z.string(), subscriberNumber: z.string() }),
  writtenAt: z.number(),
  authorisation: z.string().max(MAX_BASE64),
})

const ENTRY_NAME = /^[0-9a-f]{64}\.json$/
const OWNER_ONLY = 0o700

/**
 * Signed packages on their way, one file each in a folder of their own. They are the only thing of a patient that the
 * desk ever writes, and gone as soon as the backend has spoken.
 */
export class Outbox {
  readonly #directory: string

  constructor(directory: string) {
    this.#directory = directory
  }

  /** On disk, synced, when this returns; throws `OUTBOX_UNWRITABLE`, and then nothing may be sent. */
  async write(entry: Omit<OutboxEntry, "id">): Promise<OutboxEntry> {
    const id = createHash("sha256").update(entry.authorisation).digest("hex")
    const file = { version: 1, ...entry, authorisation: base64Of(entry.authorisation) }
    try {
      await mkdir(this.#directory, { recursive: true, mode: OWNER_ONLY })
      await writeDurably(this.#path(id), new TextEncoder().encode(JSON.stringify(file)))
    } catch (cause) {
      throw new OutboxError("OUTBOX_UNWRITABLE", "the package could not be written to the outbox", { cause })
    }
    return { ...entry, id }
  }

  /** What lies there of this signer, oldest first. Throws `OUTBOX_DAMAGED` where the folder cannot be opened. */
  async entriesOf(signer: OutboxSigner): Promise<readonly OutboxEntry[]> {
    const { entries } = await this.contents()
    return entries.filter((entry) => isSameSigner(entry.signer, signer))
  }

  /**
   * What lies there of everybody, oldest first, and the names of files that cannot be read: those stay as they are. What a
   * desk that was killed had not finished writing goes: it was never sent, and it names a patient's disclosure.
   */
  async contents(): Promise<OutboxContents> {
    const all = await this.#names()
    await removeAbandoned(this.#directory, all)
    const names = all.filter((name) => ENTRY_NAME.test(name))
    const read = await Promise.all(names.map(async (name) => [name, await this.#read(name)] as const))
    return {
      entries: read.flatMap(([, entry]) => entry ?? []).sort((a, b) => a.writtenAt - b.writtenAt),
      damaged: read.flatMap(([name, entry]) => (entry === undefined ? [name] : [])),
    }
  }

  /** Takes an entry out for good; throws `OUTBOX_UNWRITABLE`. */
  async remove(id: string): Promise<void> {
    try {
      await removeDurably(this.#path(id))
    } catch (cause) {
      throw new OutboxError("OUTBOX_UNWRITABLE", "a package could not be taken out of the outbox", { cause })
    }
  }

  async #names(): Promise<readonly string[]> {
    try {
      return await readdir(this.#directory)
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return []
      throw new OutboxError("OUTBOX_DAMAGED", "the outbox cannot be opened", { cause: error })
    }
  }

  async #read(name: string): Promise<OutboxEntry | undefined> {
    const id = name.slice(0, -".json".length)
    try {
      const file = EntryFile.parse(JSON.parse(await readFile(join(this.#directory, name), "utf8")))
      const authorisation = bytesOfBase64(file.authorisation)
      const { reference, signer, writtenAt } = file
      const isWhole = createHash("sha256").update(authorisation).digest("hex") === id
      return isWhole ? { id, reference, signer, writtenAt, authorisation } : undefined
    } catch {
      return undefined
    }
  }

  #path(id: string): string {
    return join(this.#directory, `${id}.json`)
  }
}

export function isSameSigner(a: OutboxSigner, b: OutboxSigner): boolean {
  return a.uziNumber === b.uziNumber && a.subscriberNumber === b.subscriberNumber
}
