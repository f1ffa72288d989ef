import type { CryptoPort } from "./crypto-port.ts"
import { ProtocolError } from "./errors.ts"

const MAX_BOUND = 2 ** 48

/**
 * A whole number from 0 to `bound` − 1, each equally likely: a draw above the largest multiple of `bound` is thrown away
 * and made again, because a plain remainder would favour small numbers. Throws `wrong-length` for a bound outside 1 to 2^48.
 */
export function drawBelow(crypto: Pick<CryptoPort, "randomBytes">, bound: number): number {
  if (!Number.isInteger(bound) || bound < 1 || bound > MAX_BOUND)
    throw new ProtocolError("wrong-length", `no number can be drawn below ${bound}`)
  const byteCount = Math.ceil(Math.log2(bound) / 8) + 1
  const length = Math.min(byteCount, 6)
  const range = 256 ** length
  const fairRange = range - (range % bound)
  for (;;) {
    const drawn = crypto.randomBytes(length).reduce((number, byte) => number * 256 + byte, 0)
    if (drawn < fairRange) return drawn % bound
  }
}
