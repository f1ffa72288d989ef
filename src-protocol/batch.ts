import { asciiBytes, compareBytes, concatBytes } from "./bytes.ts"
import type { CryptoPort } from "./crypto-port.ts"
import { ProtocolError } from "./errors.ts"
import { drawBelow } from "./random-number.ts"

/** What a phone published: from this day on this person could infect others. */
export interface BatchEntry {
  /** Days since 1970-01-01 UTC. */
  readonly day: number
  /** The DP-3T key of that day, 32 bytes. */
  readonly dayKey: Uint8Array
}

const MAGIC = asciiBytes("DP3TB1")
const CYCLE_AT = MAGIC.length
const COUNT_AT = CYCLE_AT + 8
const ENTRIES_AT = COUNT_AT + 4
const DAY_KEY_BYTES = 32
const ENTRY_BYTES = 4 + DAY_KEY_BYTES
const SIGNATURE_BYTES = 64
const MAX_UINT32 = 2 ** 32 - 1

/** A real entry lies at most so many days back; decoys must not stand out. */
const DECOY_DAYS = 14
export const MINIMUM_ENTRIES = 10

/**
 * The file of one cycle: sorted by value and never by arrival, each entry once (two equal ones would tell that one person
 * published twice), signed with Ed25519. Throws `malformed-batch` where a part does not fit.
 */
export async function composeBatch(
  cycle: number,
  entries: readonly BatchEntry[],
  sign: (bytes: Uint8Array) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  if (!Number.isSafeInteger(cycle) || cycle < 0) throw malformed(`${cycle} is no number of a cycle`)
  const sorted = entries.map(encodeEntry).sort(compareBytes).filter(isFirstOfItsKind)
  const header = new Uint8Array(ENTRIES_AT)
  header.set(MAGIC)
  const view = new DataView(header.buffer)
  view.setBigUint64(CYCLE_AT, BigInt(cycle))
  view.setUint32(COUNT_AT, sorted.length)
  const body = concatBytes(header, ...sorted)
  const signature = await sign(body)
  if (signature.length !== SIGNATURE_BYTES) throw malformed("the signature is not 64 bytes")
  return concatBytes(body, signature)
}

function isFirstOfItsKind(entry: Uint8Array, index: number, sorted: readonly Uint8Array[]): boolean {
  const before = sorted[index - 1]
  return before === undefined || compareBytes(before, entry) !== 0
}

function encodeEntry(entry: BatchEntry): Uint8Array {
  const { day, dayKey } = entry
  if (!Number.isInteger(day) || day < 0 || day > MAX_UINT32)
    throw malformed(`day ${day} does not fit in 32 bits`)
  if (dayKey.length !== DAY_KEY_BYTES) throw malformed("a day key does not have 32 bytes")
  const bytes = new Uint8Array(ENTRY_BYTES)
  new DataView(bytes.buffer).setUint32(0, day)
  bytes.set(dayKey, 4)
  return bytes
}

/**
 * The entries of a batch that the holder of `publicKeySpki` (Ed25519) signed, as copies. Throws `malformed-batch` for any
 * other form, order, length or signature. Which cycle was asked for is the caller's to compare.
 */
export async function readBatch(
  crypto: Pick<CryptoPort, "verifySignature">,
  bytes: Uint8Array,
  publicKeySpki: Uint8Array,
): Promise<{ readonly cycle: number; readonly entries: readonly BatchEntry[] }> {
  const { cycle, count } = readHeader(bytes)
  const body = bytes.subarray(0, bytes.length - SIGNATURE_BYTES)
  const signature = bytes.subarray(body.length)
  if (!(await crypto.verifySignature(publicKeySpki, { scheme: "ed25519" }, body, signature)))
    throw malformed("the signature is not the publisher's")
  return { cycle, entries: readEntries(body, count) }
}

function readHeader(bytes: Uint8Array): { cycle: number; count: number } {
  if (bytes.length < ENTRIES_AT + SIGNATURE_BYTES) throw malformed("it is too short")
  if (compareBytes(bytes.subarray(0, MAGIC.length), MAGIC) !== 0)
    throw malformed("it does not begin with DP3TB1")
  const view = new DataView(bytes.buffer, bytes.byteOffset, ENTRIES_AT)
  const cycle = Number(view.getBigUint64(CYCLE_AT))
  if (!Number.isSafeInteger(cycle)) throw malformed("the number of the cycle is above 2^53")
  const count = view.getUint32(COUNT_AT)
  const expected = ENTRIES_AT + count * ENTRY_BYTES + SIGNATURE_BYTES
  if (bytes.length !== expected) throw malformed(`${bytes.length} bytes, ${expected} for ${count} entries`)
  return { cycle, count }
}

function readEntries(body: Uint8Array, count: number): readonly BatchEntry[] {
  const encoded = Array.from({ length: count }, (_, i) =>
    body.slice(ENTRIES_AT + i * ENTRY_BYTES, ENTRIES_AT + (i + 1) * ENTRY_BYTES),
  )
  for (const [i, entry] of encoded.entries()) {
    const before = encoded[i - 1]
    if (before !== undefined && compareBytes(before, entry) >= 0)
      throw malformed(`entry ${i} is out of order`)
  }
  return encoded.map((entry) => ({
    day: new DataView(entry.buffer).getUint32(0),
    dayKey: entry.slice(4),
  }))
}

/**
 * `entries` and as many decoys as make them `minimum`: random keys that no phone ever had, of the 14 days before `day` or
 * of `day` itself, as real ones are. Without them a small batch would tell how many people published.
 */
export function fillWithDecoys(
  crypto: Pick<CryptoPort, "randomBytes">,
  entries: readonly BatchEntry[],
  day: number,
  minimum: number = MINIMUM_ENTRIES,
): readonly BatchEntry[] {
  const missing = Math.max(0, minimum - new Set(entries.map(printEntry)).size)
  const decoys = Array.from({ length: missing }, () => ({
    day: Math.max(0, day - drawBelow(crypto, DECOY_DAYS + 1)),
    dayKey: crypto.randomBytes(DAY_KEY_BYTES),
  }))
  return [...entries, ...decoys]
}

function printEntry(entry: BatchEntry): string {
  return encodeEntry(entry).join()
}

function malformed(what: string): ProtocolError {
  return new ProtocolError("malformed-batch", `batch: ${what}`)
}
