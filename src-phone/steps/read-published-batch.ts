import type { CryptoPort } from "../../src-protocol/crypto-port.ts"
import { readBatch, type BatchEntry } from "../../src-protocol/batch.ts"
import { ProtocolError } from "../../src-protocol/errors.ts"
import type { PhoneCalls } from "../backend/phone-calls.ts"
import { PhoneError } from "../phone-error.ts"

/** One published batch, its signature checked. */
export interface PublishedBatch {
  readonly cycle: number
  readonly entries: readonly BatchEntry[]
}

/**
 * What every phone fetches: the batch of `cycle`, the last one where none is named, checked by the built-in public key.
 * Throws PhoneError `no-such-batch`, `wrong-batch` and those of the network.
 */
export async function readPublishedBatch(
  calls: PhoneCalls,
  crypto: CryptoPort,
  publicKeySpki: Uint8Array,
  cycle?: number,
): Promise<PublishedBatch> {
  const asked = cycle ?? (await calls.batches()).last
  if (asked === undefined) throw new PhoneError("no-such-batch", "no batch has been published yet")
  const batch = await readSigned(crypto, await calls.batch(asked), publicKeySpki)
  // A signed batch of another cycle is an old one played again.
  if (batch.cycle !== asked)
    throw new PhoneError("wrong-batch", `asked for ${String(asked)}, got ${String(batch.cycle)}`)
  return batch
}

async function readSigned(
  crypto: CryptoPort,
  bytes: Uint8Array,
  publicKeySpki: Uint8Array,
): Promise<PublishedBatch> {
  try {
    return await readBatch(crypto, bytes, publicKeySpki)
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause
    throw new PhoneError("wrong-batch", cause.message, { cause })
  }
}
