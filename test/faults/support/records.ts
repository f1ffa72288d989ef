import { createPublicKey } from "node:crypto"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { z } from "zod"
import { nodeCrypto } from "../../../src-crypto/node-crypto.ts"
import { PhoneState } from "../../../src-phone/state/phone-state.ts"
import { readBatch, type BatchEntry } from "../../../src-protocol/batch.ts"
import { bytesOfBase64Url, equalBytes } from "../../../src-protocol/bytes.ts"
import { decodeOpaque } from "../../../src-protocol/opaque.ts"

/** What a backend's database says of one journey. */
export interface Records {
  readonly disclosures: number
  readonly accepted: number
  readonly used: number
  /** How many authorisations were counted against the clinician's day. */
  readonly authorised: number
  /** How often the seed waits for a batch, and how often it is in one. */
  readonly queued: number
  readonly published: number
}

const Count = z.object({ number: z.number().nullable() })
const Entry = z.object({ entry: z.instanceof(Uint8Array) })
const Batch = z.object({ content: z.instanceof(Uint8Array) })

/** Reads the database as it lies there; a backend may be running or not. Batches must be signed by its key. */
export async function readRecords(directory: string, seed: BatchEntry | undefined): Promise<Records> {
  const database = new DatabaseSync(join(directory, "backend.sqlite"))
  try {
    const count = (sql: string): number => Count.parse(database.prepare(sql).get()).number ?? 0
    const queue = Entry.array().parse(database.prepare("SELECT entry FROM publication_queue").all())
    const batches = Batch.array().parse(database.prepare("SELECT content FROM batches").all())
    const pem = await readFile(join(directory, "batch-public-key.pem"), "utf8")
    const key = createPublicKey(pem).export({ type: "spki", format: "der" })
    const read = await Promise.all(batches.map(({ content }) => readBatch(nodeCrypto, content, key)))
    return {
      disclosures: count("SELECT COUNT(*) AS number FROM disclosures"),
      accepted: count("SELECT COUNT(*) AS number FROM accepted"),
      used: count("SELECT SUM(used) AS number FROM accepted"),
      authorised: count("SELECT SUM(authorised_on_day) AS number FROM clinicians"),
      queued: queue.filter(({ entry }) => isSame({ day: 0, dayKey: entry.subarray(4) }, seed)).length,
      published: read.flatMap(({ entries }) => entries).filter((entry) => isSame(entry, seed)).length,
    }
  } finally {
    database.close()
  }
}

function isSame(entry: BatchEntry, seed: BatchEntry | undefined): boolean {
  return seed !== undefined && equalBytes(entry.dayKey, seed.dayKey)
}

/** The state of a phone as it lies on its disk: whole, always. `undefined` before the first write. */
export async function readPhoneState(file: string): Promise<PhoneState | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined)
  return text === undefined ? undefined : PhoneState.parse(JSON.parse(text))
}

/** The seed that this phone is about to publish. */
export async function seedOf(file: string): Promise<BatchEntry | undefined> {
  const disclosure = (await readPhoneState(file))?.disclosure
  if (disclosure === undefined || !("opaque" in disclosure)) return undefined
  const { day, dayKey } = decodeOpaque(bytesOfBase64Url(disclosure.opaque))
  return { day, dayKey }
}
