import { curveOfOid } from "./algorithm-identifier.ts"
import type { Curve } from "./crypto-port.ts"
import { integerBytes, naturalNumber, oidText, wholeBitString } from "./der-values.ts"
import { DerFields, malformedDer, readDer, TAG } from "./read-der.ts"

/** What a SubjectPublicKeyInfo holds, as far as the protocol's rules ask about it. */
export type PublicKey =
  | { readonly is: "rsa"; readonly modulusBits: number; readonly exponent: bigint }
  | { readonly is: "ec"; readonly curve: Curve }
  | { readonly is: "other" }

const RSA_ENCRYPTION = "1.2.840.113549.1.1.1"
const EC_PUBLIC_KEY = "1.2.840.10045.2.1"
const FIELD_BYTES: Readonly<Record<Curve, number>> = { "P-256": 32, "P-384": 48, "P-521": 66 }

/** Reads a SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7, RFC 3279 section 2.3, RFC 5480); throws `malformed-der`. */
export function readPublicKey(spki: Uint8Array): PublicKey {
  const fields = new DerFields(readDer(spki, "the public key"), "the public key")
  const algorithm = new DerFields(fields.next(TAG.sequence, "its algorithm"), "the key's algorithm")
  const key = wholeBitString(fields.next(TAG.bitString, "its bits"), "the key's bits")
  fields.end()
  const oid = oidText(algorithm.next(TAG.oid, "its name"), "the key's algorithm")
  if (oid === RSA_ENCRYPTION) return readRsaKey(key)
  if (oid !== EC_PUBLIC_KEY) return { is: "other" }
  const named = algorithm.optional(TAG.oid, "its curve")
  const curve = named === undefined ? undefined : curveOfOid(oidText(named, "the key's curve"))
  if (curve === undefined) return { is: "other" }
  // Uncompressed points only: the form of RFC 5480 section 2.2 that every tool reads.
  const uncompressed = key[0] === 0x04 && key.length === 1 + 2 * FIELD_BYTES[curve]
  return uncompressed ? { is: "ec", curve } : { is: "other" }
}

function readRsaKey(bits: Uint8Array): PublicKey {
  const fields = new DerFields(readDer(bits, "the RSA key"), "the RSA key")
  const modulus = integerBytes(fields.next(TAG.integer, "its modulus"), "the RSA modulus")
  const exponent = naturalNumber(fields.next(TAG.integer, "its exponent"), "the RSA exponent")
  fields.end()
  return { is: "rsa", modulusBits: bitsOf(modulus), exponent }
}

/** How many bits a natural number has, from the content of its INTEGER; throws `malformed-der` for a negative one. */
function bitsOf(integer: Uint8Array): number {
  const [first = 0, second = 0] = integer
  if (first >= 0x80) throw malformedDer("the RSA modulus is negative")
  // A number whose highest bit fills a byte has a zero byte before it; the second is then not below 0x80.
  const highest = first === 0 ? second : first
  const bytes = first === 0 ? integer.length - 1 : integer.length
  return bytes === 0 ? 1 : (bytes - 1) * 8 + (32 - Math.clz32(highest))
}

const RSA_MIN_BITS = 2048
const RSA_MAX_BITS = 4096
const RSA_EXPONENT = 65537n

/** Whether the protocol takes signatures of this key: RSA 2048 to 4096 bits with e = 65537, or a P curve. */
export function isStrongKey(key: PublicKey): boolean {
  if (key.is === "ec") return true
  return (
    key.is === "rsa" &&
    key.modulusBits >= RSA_MIN_BITS &&
    key.modulusBits <= RSA_MAX_BITS &&
    key.exponent === RSA_EXPONENT
  )
}
