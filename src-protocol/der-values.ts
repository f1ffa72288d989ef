import type { Instant } from "./instant.ts"
import { asciiText, hexOf } from "./bytes.ts"
import { contentBytes, malformedDer, TAG, type DerNode } from "./read-der.ts"

/** The values of primitive DER elements, each read strictly (X.690 clauses 8 and 10, RFC 5280 section 4.1.2.5). */

function expectTag(node: DerNode, tag: number, what: string): Uint8Array {
  if (node.tag !== tag) throw malformedDer(`${what} is of another type`)
  return contentBytes(node)
}

/** The content of a minimal INTEGER, as it stands. */
export function integerBytes(node: DerNode, what: string, tag: number = TAG.integer): Uint8Array {
  const bytes = expectTag(node, tag, what)
  const [first, second] = bytes
  if (first === undefined) throw malformedDer(`${what} is an empty INTEGER`)
  const redundant =
    second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))
  if (redundant) throw malformedDer(`${what} is an INTEGER that is not minimal`)
  return bytes
}

/** A non-negative INTEGER of at most 20 content bytes (RFC 5280 section 4.1.2.2), as lower-case hex of its content. */
export function serialHex(node: DerNode, what: string): string {
  const bytes = integerBytes(node, what)
  if (bytes.length > 20) throw malformedDer(`${what} has more than 20 bytes`)
  return hexOf(bytes)
}

/** A non-negative INTEGER as a bigint. */
export function naturalNumber(node: DerNode, what: string): bigint {
  const bytes = integerBytes(node, what)
  if ((bytes[0] ?? 0) >= 0x80) throw malformedDer(`${what} is negative`)
  return BigInt(`0x${hexOf(bytes)}`)
}

/** A non-negative INTEGER or ENUMERATED below 2^31. */
export function smallNumber(node: DerNode, what: string, tag: number = TAG.integer): number {
  const bytes = integerBytes(node, what, tag)
  if (bytes.length > 4 || (bytes[0] ?? 0) >= 0x80) throw malformedDer(`${what} is negative or too large`)
  return bytes.reduce((value, byte) => value * 256 + byte, 0)
}

export function booleanValue(node: DerNode, what: string): boolean {
  const bytes = expectTag(node, TAG.boolean, what)
  if (bytes.length !== 1 || (bytes[0] !== 0x00 && bytes[0] !== 0xff)) {
    throw malformedDer(`${what} is a BOOLEAN that is neither 00 nor FF`)
  }
  return bytes[0] === 0xff
}

/** A BIT STRING that is a whole number of bytes: a key or a signature. */
export function wholeBitString(node: DerNode, what: string): Uint8Array {
  const bytes = expectTag(node, TAG.bitString, what)
  if (bytes[0] !== 0) throw malformedDer(`${what} is a BIT STRING with unused bits`)
  return bytes.subarray(1)
}

/** A named bit list, minimal as DER wants it: the numbers of the bits that are set (X.690 section 11.2.2). */
export function namedBits(node: DerNode, what: string): readonly number[] {
  const bytes = expectTag(node, TAG.bitString, what)
  const unused = bytes[0] ?? 8
  const last = bytes[bytes.length - 1] ?? 0
  const empty = bytes.length === 1
  if (unused > 7 || (empty && unused !== 0)) throw malformedDer(`${what} is not a BIT STRING`)
  const minimal = empty || ((last >> unused) & 1) === 1
  if (!minimal || (!empty && (last & ((1 << unused) - 1)) !== 0)) {
    throw malformedDer(`${what} is a bit list that is not minimal`)
  }
  const count = (bytes.length - 1) * 8 - unused
  return Array.from({ length: count }, (_, bit) => bit).filter(
    (bit) => (((bytes[1 + (bit >> 3)] ?? 0) >> (7 - (bit & 7))) & 1) === 1,
  )
}

const MAX_OID_BYTES = 64

/** The dotted form of an OBJECT IDENTIFIER (X.690 section 8.19). */
export function oidText(node: DerNode, what: string, tag: number = TAG.oid): string {
  const bytes = expectTag(node, tag, what)
  if (bytes.length === 0 || bytes.length > MAX_OID_BYTES)
    throw malformedDer(`${what} is not an OBJECT IDENTIFIER`)
  const arcs: bigint[] = []
  let arc = 0n
  let fresh = true
  for (const byte of bytes) {
    if (fresh && byte === 0x80) throw malformedDer(`${what} is an OBJECT IDENTIFIER that is not minimal`)
    arc = (arc << 7n) | BigInt(byte & 0x7f)
    fresh = byte < 0x80
    if (!fresh) continue
    arcs.push(arc)
    arc = 0n
  }
  const [first] = arcs
  if (!fresh || first === undefined) throw malformedDer(`${what} is an OBJECT IDENTIFIER that is cut off`)
  const root = first < 80n ? first / 40n : 2n
  return [root, first - root * 40n, ...arcs.slice(1)].join(".")
}

/** UTCTime (years 1950 to 2049) or GeneralizedTime (others), with seconds and in UTC (RFC 5280 section 4.1.2.5). */
export function timeValue(node: DerNode, what: string): Instant {
  const text = asciiText(contentBytes(node)) ?? ""
  if (node.tag === TAG.utcTime && /^[0-9]{12}Z$/.test(text)) {
    const century = Number(text.slice(0, 2)) >= 50 ? "19" : "20"
    return instantOf(century + text, what)
  }
  if (node.tag === TAG.generalizedTime && /^[0-9]{14}Z$/.test(text)) {
    const year = Number(text.slice(0, 4))
    if (year >= 1950 && year < 2050)
      throw malformedDer(`${what} is a GeneralizedTime where UTCTime must be used`)
    return instantOf(text, what)
  }
  throw malformedDer(`${what} is not a time in the form of RFC 5280`)
}

/** A GeneralizedTime or UTCTime digits "YYYYMMDDHHMMSSZ" that names a real moment. */
function instantOf(text: string, what: string): Instant {
  const field = (from: number, length = 2): number => Number(text.slice(from, from + length))
  const instant = Date.UTC(field(0, 4), field(4) - 1, field(6), field(8), field(10), field(12))
  const printed = new Date(instant).toISOString().replace(/[-:T]|\.000/g, "")
  if (printed !== text) throw malformedDer(`${what} is a day or an hour that does not exist`)
  return instant
}

/** Names and their like are short (RFC 5280 appendix A.1 has 64 to 32,768 characters); nobody needs more than this. */
const MAX_STRING_BYTES = 4_096

/** The text of a directory string or IA5String (RFC 5280 section 4.1.2.4). */
export function stringValue(node: DerNode, what: string): string {
  const bytes = contentBytes(node)
  if (bytes.length > MAX_STRING_BYTES)
    throw malformedDer(`${what} is a string of ${String(bytes.length)} bytes`)
  switch (node.tag) {
    case TAG.printableString:
    case TAG.ia5String: {
      const text = asciiText(bytes)
      if (text === undefined) throw malformedDer(`${what} is not ASCII`)
      return text
    }
    case TAG.utf8String:
      return utf8Text(bytes, what)
    case TAG.teletexString:
      return String.fromCharCode(...bytes)
    case TAG.bmpString:
      return bmpText(bytes, what)
    default:
      throw malformedDer(`${what} is not a string`)
  }
}

function utf8Text(bytes: Uint8Array, what: string): string {
  const escaped = Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, "0")}`).join("")
  try {
    return decodeURIComponent(escaped)
  } catch (cause) {
    throw malformedDer(`${what} is not UTF-8${cause instanceof Error ? "" : "?"}`)
  }
}

function bmpText(bytes: Uint8Array, what: string): string {
  if (bytes.length % 2 !== 0) throw malformedDer(`${what} is a BMPString of an odd length`)
  let text = ""
  for (let i = 0; i < bytes.length; i += 2)
    text += String.fromCharCode((bytes[i] ?? 0) * 256 + (bytes[i + 1] ?? 0))
  return text
}
