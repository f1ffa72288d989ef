import { base64, base64urlnopad, hex } from "@scure/base"
import { ProtocolError, type InputDefect } from "./errors.ts"

const HEX_DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"))

/** The lower-case hexadecimal digits of `bytes`. */
export function hexOf(bytes: Uint8Array): string {
  let text = ""
  for (const byte of bytes) text += HEX_DIGITS[byte] ?? ""
  return text
}

/** The bytes of lower-case hexadecimal digits; throws `malformed-hex` on anything else. */
export function bytesOfHex(text: string): Uint8Array {
  if (text !== text.toLowerCase())
    throw new ProtocolError("malformed-hex", "hexadecimal digits must be lower-case")
  return decodeWith(() => hex.decode(text), "malformed-hex")
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
  let text = ""
  for (const byte of bytes) {
    if (byte > 0x7f) return undefined
    text += String.fromCharCode(byte)
  }
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
