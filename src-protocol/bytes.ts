import { base64, base64urlnopad } from "@scure/base"
import { ProtocolError, type InputDefect } from "./errors.ts"

/** The code of each hexadecimal digit. */
const DIGIT_CODES = Uint8Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0))
/** The value of each code, negative where it is no lower-case hexadecimal digit. */
const DIGIT_VALUES = new Int8Array(0x1_00).fill(-1)
for (const [value, code] of DIGIT_CODES.entries()) DIGIT_VALUES[code] = value

/** The lower-case hexadecimal digits of `bytes`. */
export function hexOf(bytes: Uint8Array): string {
  const codes = new Uint8Array(bytes.length * 2)
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0
    codes[i * 2] = DIGIT_CODES[byte >>> 4] ?? 0
    codes[i * 2 + 1] = DIGIT_CODES[byte & 0x0f] ?? 0
  }
  return latin1Text(codes)
}

/** The bytes of lower-case hexadecimal digits; throws `malformed-hex` on anything else. */
export function bytesOfHex(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor(text.length / 2))
  let all = text.length % 2 === 0 ? 0 : -1
  for (let i = 0; i < bytes.length; i++) {
    const value = (digitAt(text, i * 2) << 4) | digitAt(text, i * 2 + 1)
    all |= value
    bytes[i] = value
  }
  if (all < 0) throw new ProtocolError("malformed-hex", "not pairs of lower-case hexadecimal digits")
  return bytes
}

function digitAt(text: string, at: number): number {
  return DIGIT_VALUES[text.charCodeAt(at)] ?? -1
}

/** base64url without padding (RFC 4648 section 5). */
export function base64UrlOf(bytes: Uint8Array): string {
  return base64urlnopad.encode(bytes)
}

/** The bytes of base64url without padding; throws `malformed-base64` on any other alphabet, padding or stray bits. */
export function bytesOfBase64Url(text: string): Uint8Array {
  return decodeWith(() => base64urlnopad.decode(text), "malformed-base64")
}

/** base64 with padding (RFC 4648 section 4), in one line. */
export function base64Of(bytes: Uint8Array): string {
  return base64.encode(bytes)
}

/** The bytes of padded base64 in one line; throws `malformed-base64` on anything else. */
export function bytesOfBase64(text: string): Uint8Array {
  return decodeWith(() => base64.decode(text), "malformed-base64")
}

function decodeWith(decode: () => Uint8Array, code: InputDefect): Uint8Array {
  try {
    return decode()
  } catch (cause) {
    throw new ProtocolError(code, cause instanceof Error ? cause.message : code, { cause })
  }
}

/** The bytes of a text of 7-bit ASCII; throws `wrong-length` where a character does not fit in 7 bits. */
export function asciiBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) {
    const character = text.charCodeAt(i)
    if (character > 0x7f) throw new ProtocolError("wrong-length", `character ${String(i)} is not ASCII`)
    bytes[i] = character
  }
  return bytes
}

/** The text of `bytes` where all are 7-bit ASCII, else `undefined`. */
export function asciiText(bytes: Uint8Array): string | undefined {
  return isAscii(bytes, 0, bytes.length) ? latin1Text(bytes) : undefined
}

/** Whether the bytes from `start` up to `end` are all 7-bit ASCII. */
export function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  let all = 0
  for (let i = start; i < end; i++) all |= bytes[i] ?? 0
  return all < 0x80
}

const AT_ONCE = 8

/** A character for each byte (ISO 8859-1). Eight at a time: a text that grows by single characters costs thrice as much. */
export function latin1Text(bytes: Uint8Array): string {
  const eights = bytes.length - (bytes.length % AT_ONCE)
  let text = ""
  for (let i = 0; i < eights; i += AT_ONCE) {
    text += String.fromCharCode(
      bytes[i] ?? 0,
      bytes[i + 1] ?? 0,
      bytes[i + 2] ?? 0,
      bytes[i + 3] ?? 0,
      bytes[i + 4] ?? 0,
      bytes[i + 5] ?? 0,
      bytes[i + 6] ?? 0,
      bytes[i + 7] ?? 0,
    )
  }
  for (let i = eights; i < bytes.length; i++) text += String.fromCharCode(bytes[i] ?? 0)
  return text
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let offset = 0
  for (const part of parts) {
    all.set(part, offset)
    offset += part.length
  }
  return all
}

/** Whether both hold the same bytes; the time it takes tells nothing but the lengths. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a === b) return true
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0)
  return difference === 0
}

/** Ascending by value, a prefix before what it begins: the order of a DER SET OF (X.690 section 11.6). */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}
