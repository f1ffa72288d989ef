import type { Instant } from "./instant.ts"
import { asciiText, hexOf, isAscii, latin1Text } from "./bytes.ts"
import { contentBytes, malformedDer, TAG, type DerNode } from "./read-der.ts"

/** The values of primitive DER elements, each read strictly (X.690 clauses 8 and 10, RFC 5280 section 4.1.2.5). */

function expectTag(node: DerNode, tag: number, what: string): Uint8Array {
  if (node.tag !== tag) throw malformedDer(`${what} is of another type`)
  return contentBytes(node)
}

/** The content of a minimal INTEGER, as it stands. */
export function integerBytes(node: DerNode, what: string, tag: number = TAG.integer): Uint8Array {
  checkInteger(node, what, tag)
  return contentBytes(node)
}

function checkInteger({ tag, buffer, contentStart, end }: DerNode, what: string, expected: number): void {
  if (tag !== expected) throw malformedDer(`${what} is of another type`)
  if (contentStart === end) throw malformedDer(`${what} is an empty INTEGER`)
  const first = buffer[contentStart]
  const second = contentStart + 1 < end ? (buffer[contentStart + 1] ?? 0) : undefined
  const redundant =
    second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))
  if (redundant) throw malformedDer(`${what} is an INTEGER that is not minimal`)
}

const MAX_SERIAL_BYTES = 20

/** A non-negative INTEGER of at most 20 content bytes (RFC 5280 section 4.1.2.2), as lower-case hex of its content. */
export function serialHex(node: DerNode, what: string): string {
  checkSerial(node, what)
  return hexOf(contentBytes(node))
}

/** Throws what `serialHex` throws, and answers nothing: a list of many is not made into as many texts. */
export function checkSerial(node: DerNode, what: string): void {
  checkInteger(node, what, TAG.integer)
  if (node.end - node.contentStart > MAX_SERIAL_BYTES) throw malformedDer(`${what} has more than 20 bytes`)
}

/** A non-negative INTEGER as a bigint. */
export function naturalNumber(node: DerNode, what: string): bigint {
  const bytes = integerBytes(node, what)
  if ((bytes[0] ?? 0) >= 0x80) throw malformedDer(`${what} is negative`)
  // By way of a number where it fits in one: a text and its parsing cost ten times as much.
  return bytes.length <= 6 ? BigInt(valueOf(bytes)) : BigInt(`0x${hexOf(bytes)}`)
}

function valueOf(bytes: Uint8Array): number {
  let value = 0
  for (const byte of bytes) value = value * 256 + byte
  return value
}

/** A non-negative INTEGER or ENUMERATED below 2^31. */
export function smallNumber(node: DerNode, what: string, tag: number = TAG.integer): number {
  const bytes = integerBytes(node, what, tag)
  if (bytes.length > 4 || (bytes[0] ?? 0) >= 0x80) throw malformedDer(`${what} is negative or too large`)
  return valueOf(bytes)
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
  const bits: number[] = []
  for (let bit = 0; bit < (bytes.length - 1) * 8 - unused; bit++) {
    if ((((bytes[1 + (bit >> 3)] ?? 0) >> (7 - (bit & 7))) & 1) === 1) bits.push(bit)
  }
  return bits
}

const MAX_OID_BYTES = 64

/** The dotted form of an OBJECT IDENTIFIER (X.690 section 8.19). */
export function oidText(node: DerNode, what: string, tag: number = TAG.oid): string {
  checkOid(node, what, tag)
  const { buffer, contentStart, end } = node
  const known = shortOidText(buffer, contentStart, end)
  if (known !== undefined) return known
  let text = ""
  let arc = 0
  for (let i = contentStart; i < end; i++) {
    const byte = buffer[i] ?? 0
    arc = arc * 128 + (byte & 0x7f)
    if (byte >= 0x80) continue
    text = appendArc(text, arc <= Number.MAX_SAFE_INTEGER ? arc : largeArcEndingAt(buffer, i, contentStart))
    arc = 0
  }
  return text
}

/** X.500's own arcs, as nearly all in certificates are: attributes (2.5.4.n) and extensions (2.5.29.n), each text made once. */
const ATTRIBUTE_TYPES = Array.from({ length: 0x80 }, (_, n) => `2.5.4.${n}`)
const EXTENSION_NAMES = Array.from({ length: 0x80 }, (_, n) => `2.5.29.${n}`)
const X500 = 0x55

function shortOidText(buffer: Uint8Array, start: number, end: number): string | undefined {
  if (end - start !== 3 || buffer[start] !== X500) return undefined
  const last = buffer[start + 2] ?? 0
  if (buffer[start + 1] === 4) return ATTRIBUTE_TYPES[last]
  return buffer[start + 1] === 29 ? EXTENSION_NAMES[last] : undefined
}

/** Throws what `oidText` throws, and makes no text. */
export function checkOid(node: DerNode, what: string, tag: number = TAG.oid): void {
  const { buffer, contentStart, end } = node
  if (node.tag !== tag) throw malformedDer(`${what} is of another type`)
  if (contentStart === end || end - contentStart > MAX_OID_BYTES)
    throw malformedDer(`${what} is not an OBJECT IDENTIFIER`)
  let fresh = true
  for (let i = contentStart; i < end; i++) {
    const byte = buffer[i] ?? 0
    if (fresh && byte === 0x80) throw malformedDer(`${what} is an OBJECT IDENTIFIER that is not minimal`)
    fresh = byte < 0x80
  }
  if (!fresh) throw malformedDer(`${what} is an OBJECT IDENTIFIER that is cut off`)
}

/** The first number stands for the first two arcs (X.690 section 8.19.4). */
function appendArc(text: string, arc: number | bigint): string {
  if (text !== "") return `${text}.${arc}`
  if (typeof arc === "bigint") return `2.${arc - 80n}`
  return arc < 80 ? `${Math.floor(arc / 40)}.${arc % 40}` : `2.${arc - 80}`
}

/** An arc too large for a number, as those of UUIDs are (ITU-T X.667). */
function largeArcEndingAt(bytes: Uint8Array, end: number, first: number): bigint {
  let start = end
  while (start > first && (bytes[start - 1] ?? 0) >= 0x80) start--
  return bytes.subarray(start, end + 1).reduce((arc, byte) => (arc << 7n) | BigInt(byte & 0x7f), 0n)
}

/** UTCTime (years 1950 to 2049) or GeneralizedTime (others), with seconds and in UTC (RFC 5280 section 4.1.2.5). */
export function timeValue(node: DerNode, what: string): Instant {
  const { tag, buffer, contentStart: at } = node
  const length = node.end - at
  const isUtc = tag === TAG.utcTime && length === 13
  if (!isUtc && (tag !== TAG.generalizedTime || length !== 15)) throw notATime(what)
  const short = twoDigits(buffer, at)
  const year = isUtc ? (short >= 50 ? 1900 : 2000) + short : short * 100 + twoDigits(buffer, at + 2)
  if (!isUtc && year >= 1950 && year < 2050)
    throw malformedDer(`${what} is a GeneralizedTime where UTCTime must be used`)
  return momentIn(year, buffer, isUtc ? at + 2 : at + 4, what)
}

function notATime(what: string): Error {
  return malformedDer(`${what} is not a time in the form of RFC 5280`)
}

const ZULU = 0x5a

/** The rest of a time after its year, "MMDDHHMMSSZ", which must name a real moment. */
function momentIn(year: number, buffer: Uint8Array, at: number, what: string): Instant {
  const month = twoDigits(buffer, at)
  const day = twoDigits(buffer, at + 2)
  const hours = twoDigits(buffer, at + 4)
  const minutes = twoDigits(buffer, at + 6)
  const seconds = twoDigits(buffer, at + 8)
  const sum = year + month + day + hours + minutes + seconds
  if (Number.isNaN(sum) || buffer[at + 10] !== ZULU) throw notATime(what)
  const isReal = day >= 1 && day <= daysIn(year, month) && hours < 24 && minutes < 60 && seconds < 60
  // Date.UTC takes a year below 100 for one of the twentieth century; no such time is meant by anyone.
  if (!isReal || year < 100) throw malformedDer(`${what} is a day or an hour that does not exist`)
  return Date.UTC(year, month - 1, day, hours, minutes, seconds)
}

/** 0 for a month that does not exist. */
function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  if (month < 1 || month > 12) return 0
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** NaN where they are not two digits. */
function twoDigits(buffer: Uint8Array, at: number): number {
  const tens = (buffer[at] ?? 0) - 0x30
  const units = (buffer[at + 1] ?? 0) - 0x30
  return tens >= 0 && tens <= 9 && units >= 0 && units <= 9 ? tens * 10 + units : Number.NaN
}

/** Names and their like are short (RFC 5280 appendix A.1 has 64 to 32,768 characters); nobody needs more than this. */
const MAX_STRING_BYTES = 4_096

/** Throws what `stringValue` throws, and makes no text where that is needless. */
export function checkString(node: DerNode, what: string): void {
  const { tag, buffer, contentStart, end } = node
  const mayBeAscii = tag === TAG.printableString || tag === TAG.ia5String || tag === TAG.utf8String
  const isShort = end - contentStart <= MAX_STRING_BYTES
  if (!mayBeAscii || !isShort || !isAscii(buffer, contentStart, end)) stringValue(node, what)
}

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
      return latin1Text(bytes)
    case TAG.bmpString:
      return bmpText(bytes, what)
    default:
      throw malformedDer(`${what} is not a string`)
  }
}

function utf8Text(bytes: Uint8Array, what: string): string {
  const ascii = asciiText(bytes)
  if (ascii !== undefined) return ascii
  let escaped = ""
  for (const byte of bytes) escaped += ESCAPED[byte] ?? ""
  try {
    return decodeURIComponent(escaped)
  } catch (cause) {
    throw malformedDer(`${what} is not UTF-8${cause instanceof Error ? "" : "?"}`)
  }
}

/** Only what is no letter needs its escape, and a name is mostly letters. */
const ESCAPED = Array.from({ length: 256 }, (_, byte) =>
  isLetter(byte) ? String.fromCharCode(byte) : `%${hexOf(Uint8Array.of(byte))}`,
)

function isLetter(byte: number): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)
}

function bmpText(bytes: Uint8Array, what: string): string {
  if (bytes.length % 2 !== 0) throw malformedDer(`${what} is a BMPString of an odd length`)
  let text = ""
  for (let i = 0; i < bytes.length; i += 2)
    text += String.fromCharCode((bytes[i] ?? 0) * 256 + (bytes[i + 1] ?? 0))
  return text
}
