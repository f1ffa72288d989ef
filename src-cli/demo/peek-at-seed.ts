import { readFile } from "node:fs/promises"
import type { BatchEntry } from "../../src-protocol/batch.ts"
import { bytesOfBase64Url, equalBytes } from "../../src-protocol/bytes.ts"
import { decodeOpaque } from "../../src-protocol/opaque.ts"
import { PhoneState } from "../../src-phone/state/phone-state.ts"

/**
 * The seed that a phone is about to publish, read from its own file as only this phone can. The demonstration compares it
 * with the batch; by then the phone has destroyed it.
 */
export async function peekAtSeed(phoneState: string): Promise<BatchEntry> {
  const { disclosure } = PhoneState.parse(JSON.parse(await readFile(phoneState, "utf8")))
  if (disclosure === undefined || !("opaque" in disclosure))
    throw new RangeError("the phone holds nothing to publish")
  const { day, dayKey } = decodeOpaque(bytesOfBase64Url(disclosure.opaque))
  return { day, dayKey }
}

export function isSameEntry(a: BatchEntry, b: BatchEntry): boolean {
  return a.day === b.day && equalBytes(a.dayKey, b.dayKey)
}
