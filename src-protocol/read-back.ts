import { asciiBytes, bytesOfHex, concatBytes } from "./bytes.ts"
import { codeDigits, type Code } from "./code.ts"
import type { CryptoPort } from "./crypto-port.ts"
import { ProtocolError } from "./errors.ts"
import { wordAt, type WordList } from "./trustwords/word-list.ts"

const LABEL = asciiBytes("read-back1:")
const HASH_BYTES = 32

/**
 * The two words that phone and desk show before the PIN; the patient says them and the clinician compares. They are the
 * first 22 bits of SHA-256(label ‖ hash ‖ code), so they differ when a digit was mistyped or another's hash was found.
 * `hash` is 64 lower-case hex digits; throws `malformed-hex`, `wrong-length` or `malformed-code`.
 */
export async function readBackWords(
  crypto: Pick<CryptoPort, "digest">,
  hash: string,
  code: Code,
  list: WordList,
): Promise<readonly [string, string]> {
  const hashBytes = bytesOfHex(hash)
  if (hashBytes.length !== HASH_BYTES) throw new ProtocolError("wrong-length", "the hash is not 32 bytes")
  const digest = await crypto.digest("sha-256", concatBytes(LABEL, hashBytes, asciiBytes(codeDigits(code))))
  const first24Bits = new DataView(digest.buffer, digest.byteOffset).getUint32(0) >>> 8
  return [wordAt(list, first24Bits >>> 13), wordAt(list, (first24Bits >>> 2) & 0x7ff)]
}

/** The same two words in two languages: the patient says theirs, and beside them the clinician reads their own. */
export interface ReadBackPair {
  readonly patient: readonly [string, string]
  readonly clinician: readonly [string, string]
}

/** Both people's words of `readBackWords`, which throws. */
export async function readBackPair(
  crypto: Pick<CryptoPort, "digest">,
  hash: string,
  code: Code,
  lists: { readonly patient: WordList; readonly clinician: WordList },
): Promise<ReadBackPair> {
  const [patient, clinician] = await Promise.all([
    readBackWords(crypto, hash, code, lists.patient),
    readBackWords(crypto, hash, code, lists.clinician),
  ])
  return { patient, clinician }
}
