import { base64Of, bytesOfBase64, concatBytes, equalBytes } from "../../src-protocol/bytes.ts"
import type { CryptoPort } from "../../src-protocol/crypto-port.ts"
import type { Instant } from "../../src-protocol/instant.ts"
import { ProtocolError } from "../../src-protocol/errors.ts"

/**
 * Nonces to sign in with: 256 random bits, their end, and our seal on both, so that handing them out costs no memory
 * however many are asked for. A nonce that came back is remembered until its end, so that it works once. The seal's key
 * is drawn at each start: no nonce outlives the process that knows which ones were used.
 */
export interface Challenges {
  draw(): Promise<{ readonly nonce: string; readonly expiresAt: Instant }>
  /** Whether this nonce is ours, not over and not used before; from now on it is used. */
  use(nonce: string): Promise<boolean>
}

const RANDOM_BYTES = 32
const TIME_BYTES = 8
const SEAL_BYTES = 32
/** So many can be outstanding as used; beyond that no one can sign in until the oldest are over. */
const MAXIMUM_USED = 200_000

export function openChallenges(
  crypto: CryptoPort,
  clock: () => Instant,
  lifeMilliseconds: number,
): Challenges {
  const key = crypto.randomBytes(SEAL_BYTES)
  const used = new Map<string, Instant>()
  return {
    async draw() {
      const expiresAt = clock() + lifeMilliseconds
      const open = concatBytes(crypto.randomBytes(RANDOM_BYTES), timeBytes(expiresAt))
      const nonce = base64Of(concatBytes(open, await crypto.hmacSha256(key, open)))
      return { nonce, expiresAt }
    },
    async use(nonce) {
      const now = clock()
      const bytes = sealedBytes(nonce)
      if (bytes === undefined) return false
      const open = bytes.subarray(0, RANDOM_BYTES + TIME_BYTES)
      const seal = await crypto.hmacSha256(key, open)
      const expiresAt = Number(
        new DataView(bytes.buffer, bytes.byteOffset + RANDOM_BYTES, TIME_BYTES).getBigUint64(0),
      )
      if (!equalBytes(seal, bytes.subarray(open.length)) || expiresAt <= now) return false
      forgetOver(used, now)
      if (used.has(nonce) || used.size >= MAXIMUM_USED) return false
      used.set(nonce, expiresAt)
      return true
    },
  }
}

function timeBytes(instant: Instant): Uint8Array {
  const bytes = new Uint8Array(TIME_BYTES)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(instant))
  return bytes
}

function sealedBytes(nonce: string): Uint8Array | undefined {
  try {
    const bytes = bytesOfBase64(nonce)
    return bytes.length === RANDOM_BYTES + TIME_BYTES + SEAL_BYTES ? bytes : undefined
  } catch (error) {
    if (error instanceof ProtocolError) return undefined
    throw error
  }
}

/** They came in roughly the order in which they end; the first that is not over ends the round. */
function forgetOver(used: Map<string, Instant>, now: Instant): void {
  for (const [nonce, expiresAt] of used) {
    if (expiresAt > now) return
    used.delete(nonce)
  }
}
