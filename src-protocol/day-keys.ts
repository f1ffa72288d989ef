import { asciiBytes } from "./bytes.ts"
import type { CryptoPort } from "./crypto-port.ts"
import { ProtocolError } from "./errors.ts"

/*
 * The key schedule of DP-3T's low-cost design (white paper of 12 April 2020, section "Low-cost decentralized proximity
 * tracing"): a key a day, each the hash of the one before, and from each the identifiers that the phone sent on that day.
 */

const DAY_KEY_BYTES = 32
const BROADCAST_KEY = asciiBytes("broadcast key")
export const EPHEMERAL_IDS_PER_DAY = 96
const EPHEMERAL_ID_BYTES = 16

/** `SK(t+1) = SHA-256(SK(t))`; throws `wrong-length` unless the key has 32 bytes. */
export async function nextDayKey(
  crypto: Pick<CryptoPort, "digest">,
  dayKey: Uint8Array,
): Promise<Uint8Array> {
  checkDayKey(dayKey)
  return crypto.digest("sha-256", dayKey)
}

/** The key of `days` days later (0: the same key); throws `wrong-length` for a negative or broken number of days. */
export async function dayKeyAfter(
  crypto: Pick<CryptoPort, "digest">,
  dayKey: Uint8Array,
  days: number,
): Promise<Uint8Array> {
  checkDayKey(dayKey)
  if (!Number.isInteger(days) || days < 0)
    throw new ProtocolError("wrong-length", `${days} is no number of days: keys only go forward`)
  let later = dayKey.slice()
  for (let day = 0; day < days; day++) later = (await nextDayKey(crypto, later)).slice()
  return later
}

/** The 96 identifiers of the day, in the order of the key stream; a phone sends them in an order of its own. */
export async function ephemeralIds(
  crypto: Pick<CryptoPort, "hmacSha256" | "aes256CtrStream">,
  dayKey: Uint8Array,
): Promise<readonly Uint8Array[]> {
  checkDayKey(dayKey)
  const streamKey = await crypto.hmacSha256(dayKey, BROADCAST_KEY)
  const stream = await crypto.aes256CtrStream(streamKey, EPHEMERAL_IDS_PER_DAY * EPHEMERAL_ID_BYTES)
  return Array.from({ length: EPHEMERAL_IDS_PER_DAY }, (_, i) =>
    stream.slice(i * EPHEMERAL_ID_BYTES, (i + 1) * EPHEMERAL_ID_BYTES),
  )
}

function checkDayKey(dayKey: Uint8Array): void {
  if (dayKey.length !== DAY_KEY_BYTES)
    throw new ProtocolError("wrong-length", `a day key has ${DAY_KEY_BYTES} bytes, not ${dayKey.length}`)
}
