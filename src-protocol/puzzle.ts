import { asciiBytes } from "./bytes.ts"
import type { CryptoPort } from "./crypto-port.ts"

/*
 * Six digits give a million references, so whoever fills them up keeps everyone else out. While few are live nobody is
 * asked anything; from 5 % on a registration costs work, four times as much for each further 5 %:
 *
 *   live      below 50,000   50,000   100,000   150,000   200,000   250,000 and more
 *   zero bits            0       12        14        16        18                 20
 *   tries on average     –    4,096    16,384    65,536   262,144          1,048,576
 *
 * A phone hardly feels 12 bits. At 20 it works for seconds to minutes, by what its digests cost; more would keep out the
 * patients rather than the flood, and by then the alarm of 10 % has long been heard.
 */

const REFERENCES = 1_000_000
const STEP = 0.05 * REFERENCES
const FIRST_BITS = 12
const BITS_A_STEP = 2
const MOST_BITS = 20
const ANSWER = /^[0-9]{1,16}$/

/** How many leading zero bits an answer must give while so many references are live; 0 means that no puzzle is asked. */
export function requiredZeroBits(liveReferences: number): number {
  const steps = Math.floor(liveReferences / STEP)
  return steps < 1 ? 0 : Math.min(MOST_BITS, FIRST_BITS + (steps - 1) * BITS_A_STEP)
}

/** The smallest answer, in decimal digits. It tries 2^leadingZeroBits numbers on average: the caller bounds the bits. */
export async function solvePuzzle(
  crypto: Pick<CryptoPort, "digest">,
  reference: string,
  hash: string,
  leadingZeroBits: number,
): Promise<string> {
  for (let number = 0; ; number++) {
    const answer = String(number)
    if (await checkPuzzle(crypto, reference, hash, answer, leadingZeroBits)) return answer
  }
}

/** Whether SHA-256(reference ‖ hash ‖ answer), all in ASCII, begins with so many zero bits. An answer has 1 to 16 digits. */
export async function checkPuzzle(
  crypto: Pick<CryptoPort, "digest">,
  reference: string,
  hash: string,
  answer: string,
  leadingZeroBits: number,
): Promise<boolean> {
  if (!ANSWER.test(answer)) return false
  return zeroBits(await crypto.digest("sha-256", asciiBytes(reference + hash + answer))) >= leadingZeroBits
}

function zeroBits(digest: Uint8Array): number {
  const firstBits = digest.findIndex((byte) => byte !== 0)
  if (firstBits < 0) return digest.length * 8
  return firstBits * 8 + Math.clz32(digest[firstBits] ?? 0) - 24
}
