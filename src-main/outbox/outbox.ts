import { createHash } from "node:crypto"
import { z } from "zod"
import { MAX_AUTHORISATION_BYTES, Reference } from "../../src-protocol/api.ts"
import { base64Of, bytesOfBase64 } from "../../src-protocol/bytes.ts"
import { HOUR, type Instant } from "../../src-protocol/instant.ts"
import { OutboxError } from "./outbox-error.ts"
import { shelfFor, type OutboxShelf } from "./outbox-shelf.ts"

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

/** A disclosure lives for a few hours: whatever waits so long is of use to nobody any more. */
export const LONGEST_WAIT = 24 * HOUR

/**
 * Signed packages on their way, an entry each on a shelf of their own. They are the only thing of a patient that the desk
 * ever writes, and gone as soon as the backend has spoken, or a day has passed.
 */
export class Outbox {
  readonly #shelf: OutboxShelf

  /** A shelf, or the folder of an unencrypted one. */
  constructor(shelf: OutboxShelf | string) {
    this.#shelf = typeof shelf === "string" ? shelfFor(shelf, undefined) : shelf
  }

  /** Whether what waits is still there after the program ended. */
  get outlivesProgram(): boolean {
    return this.#shelf.outlivesProgram
  }

  /** On disk, synced, when this returns; throws `OUTBOX_UNWRITABLE`, and then nothing may be sent. */
  async write(entry: Omit<OutboxEntry, "id">): Promise<OutboxEntry> {
    const id = createHash("sha256").update(entry.authorisation).digest("hex")
    const file = { version: 1, ...entry, authorisation: base64Of(entry.authorisation) }
    try {
      await this.#shelf.put(id, new TextEncoder().encode(JSON.stringify(file)))
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

  /** What lies there of everybody, oldest first, and the ids of what cannot be read: that stays as it is. */
  async contents(): Promise<OutboxContents> {
    const ids = await this.#ids()
    const read = await Promise.all(ids.map(async (id) => [id, await this.#read(id)] as const))
    return {
      entries: read.flatMap(([, entry]) => entry ?? []).sort((a, b) => a.writtenAt - b.writtenAt),
      damaged: read.flatMap(([id, entry]) => (entry === undefined ? [id] : [])),
    }
  }

  /** Takes an entry out for good; throws `OUTBOX_UNWRITABLE`. */
  async remove(id: string): Promise<void> {
    try {
      await this.#shelf.remove(id)
    } catch (cause) {
      throw new OutboxError("OUTBOX_UNWRITABLE", "a package could not be taken out of the outbox", { cause })
    }
  }

  /** Takes out what has waited for a day, of everybody: its disclosure is over. Answers how many. */
  async removeExpired(now: Instant): Promise<number> {
    const { entries } = await this.contents()
    const expired = entries.filter(({ writtenAt }) => now - writtenAt >= LONGEST_WAIT)
    for (const { id } of expired) await this.remove(id)
    return expired.length
  }

  async #ids(): Promise<readonly string[]> {
    try {
      return await this.#shelf.ids()
    } catch (cause) {
      throw new OutboxError("OUTBOX_DAMAGED", "the outbox cannot be opened", { cause })
    }
  }

  async #read(id: string): Promise<OutboxEntry | undefined> {
    try {
      const text = new TextDecoder("utf-8", { fatal: true }).decode(await this.#shelf.get(id))
      const file = EntryFile.parse(JSON.parse(text))
      const authorisation = bytesOfBase64(file.authorisation)
      const { reference, signer, writtenAt } = file
      const isWhole = createHash("sha256").update(authorisation).digest("hex") === id
      return isWhole ? { id, reference, signer, writtenAt, authorisation } : undefined
    } catch {
      return undefined
    }
  }
}

export function isSameSigner(a: OutboxSigner, b: OutboxSigner): boolean {
  return a.uziNumber === b.uziNumber && a.subscriberNumber === b.subscriberNumber
}
