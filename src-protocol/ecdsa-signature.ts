import { concatBytes } from "./bytes.ts"
import type { Curve } from "./crypto-port.ts"
import { ProtocolError } from "./errors.ts"

/*
 * An ECDSA signature is two numbers. PKCS #11 and Web Crypto write them side by side at full length (IEEE P1363), CMS and
 * certificates as a DER SEQUENCE of two INTEGERs (RFC 3279 section 2.2.3). Both ways are exact, so no signature has two forms.
 */

const SCALAR: Readonly<Record<Curve, { readonly bytes: number; readonly bits: number }>> = {
  "P-256": { bytes: 32, bits: 256 },
  "P-384": { bytes: 48, bits: 384 },
  "P-521": { bytes: 66, bits: 521 },
}
const SEQUENCE = 0x30
const INTEGER = 0x02
const LONG_LENGTH = 0x81

/** The DER form of `r ‖ s`, 64, 96 or 132 bytes; throws `bad-signature` for another length or a number out of range. */
export function ecdsaToDer(rs: Uint8Array): Uint8Array {
  const scalar = Object.values(SCALAR).find((candidate) => candidate.bytes * 2 === rs.length)
  if (scalar === undefined) throw bad(`${rs.length} bytes are no r and s of a known curve`)
  const r = derInteger(rs.subarray(0, scalar.bytes), scalar.bits)
  const s = derInteger(rs.subarray(scalar.bytes), scalar.bits)
  const length = r.length + s.length
  // 132 bytes of content and more need the long form of the length, which no curve but P-521 reaches.
  const header = length < 0x80 ? [SEQUENCE, length] : [SEQUENCE, LONG_LENGTH, length]
  return concatBytes(Uint8Array.from(header), r, s)
}

function derInteger(scalar: Uint8Array, bits: number): Uint8Array {
  const firstDigit = scalar.findIndex((byte) => byte !== 0)
  if (firstDigit < 0) throw bad("a number is zero")
  const digits = scalar.subarray(firstDigit)
  if (bitLength(digits) > bits) throw bad("a number is too large for the curve")
  const sign = (digits[0] ?? 0) >= 0x80 ? [0] : []
  return concatBytes(Uint8Array.of(INTEGER, digits.length + sign.length), Uint8Array.from(sign), digits)
}

/** `digits` has no zero bytes in front. */
function bitLength(digits: Uint8Array): number {
  return digits.length * 8 - (Math.clz32(digits[0] ?? 0) - 24)
}

/** `r ‖ s` at the full length of the curve; throws `bad-signature` for anything but the one DER form of both. */
export function ecdsaFromDer(der: Uint8Array, curve: Curve): Uint8Array {
  const { bytes, bits } = SCALAR[curve]
  const contentAt = der[1] === LONG_LENGTH ? 3 : 2
  const length = der[contentAt - 1]
  if (der[0] !== SEQUENCE || length !== der.length - contentAt)
    throw bad("it is no SEQUENCE, or not all of it")
  if (length < 0x80 !== (contentAt === 2)) throw bad("a length is not in its shortest form")
  const sAt = contentAt + 2 + (der[contentAt + 1] ?? 0)
  const rs = new Uint8Array(bytes * 2)
  readInteger(der.subarray(contentAt, sAt), bits, rs.subarray(0, bytes))
  readInteger(der.subarray(sAt), bits, rs.subarray(bytes))
  return rs
}

/** Writes the number of a DER INTEGER that fills `integer` wholly into the end of `scalar`. */
function readInteger(integer: Uint8Array, bits: number, scalar: Uint8Array): void {
  const [tag, length, first = 0, second = 0] = integer
  if (tag !== INTEGER || length !== integer.length - 2 || length === 0) throw bad("a number is no INTEGER")
  if (first >= 0x80) throw bad("a number is negative")
  const hasSign = first === 0
  if (hasSign && second < 0x80) throw bad("a number is zero or longer than it must be")
  const digits = integer.subarray(hasSign ? 3 : 2)
  if (bitLength(digits) > bits) throw bad("a number is too large for the curve")
  scalar.set(digits, scalar.length - digits.length)
}

function bad(what: string): ProtocolError {
  return new ProtocolError("bad-signature", `ECDSA signature: ${what}`)
}
