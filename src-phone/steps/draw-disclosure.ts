import { base64UrlOf } from "../../src-protocol/bytes.ts"
import { codeDigits, drawCode } from "../../src-protocol/code.ts"
import type { CryptoPort } from "../../src-protocol/crypto-port.ts"
import { dayOf, type Instant } from "../../src-protocol/instant.ts"
import { encodeOpaque, hashOpaque } from "../../src-protocol/opaque.ts"
import type { Drawn, Seed } from "../state/phone-state.ts"
import { dayKeyOf } from "../state/seed.ts"

/**
 * Step 2: a new code, a new salt and a new pickupKey, and the data to disclose from `day` on, bound into one hash.
 * PhoneError `day-not-held`.
 */
export async function drawDisclosure(
  crypto: CryptoPort,
  seed: Seed,
  day: number,
  now: Instant,
): Promise<Drawn> {
  const code = drawCode(crypto)
  const dayKey = await dayKeyOf(crypto, seed, day, dayOf(now))
  const opaque = encodeOpaque({ salt: crypto.randomBytes(32), code, day, dayKey })
  return {
    code: codeDigits(code),
    opaque: base64UrlOf(opaque),
    hash: await hashOpaque(crypto, opaque),
    pickupKey: base64UrlOf(crypto.randomBytes(32)),
    composedAt: now,
  }
}
