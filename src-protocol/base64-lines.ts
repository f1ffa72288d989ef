import { asciiBytes } from "./bytes.ts"

/*
 * base64 as a mail carries it (RFC 2045 section 6.8), from bytes to bytes. The library that serves everywhere else works on
 * arrays of numbers and takes three times as long, and a package is decoded and encoded again in each verdict.
 */

const ALPHABET = asciiBytes("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
const PADDING = 0x3d
const CR = 0x0d
const LF = 0x0a
const LINE_COLUMNS = 64
const LINE_BYTES = 48

const VALUES = new Uint8Array(256)
for (const [value, digit] of ALPHABET.entries()) VALUES[digit] = value

/** `bytes` in lines of 64 columns, each one ended with CRLF, the last too. */
export function encodeBase64Lines(bytes: Uint8Array): Uint8Array {
  const lines = Math.ceil(bytes.length / LINE_BYTES)
  const text = new Uint8Array(Math.ceil(bytes.length / 3) * 4 + lines * 2)
  let at = 0
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    text[at++] = ALPHABET[group >>> 18] ?? PADDING
    text[at++] = ALPHABET[(group >>> 12) & 0x3f] ?? PADDING
    text[at++] = left > 1 ? (ALPHABET[(group >>> 6) & 0x3f] ?? PADDING) : PADDING
    text[at++] = left > 2 ? (ALPHABET[group & 0x3f] ?? PADDING) : PADDING
    if (at % (LINE_COLUMNS + 2) === LINE_COLUMNS || left <= 3) {
      text[at++] = CR
      text[at++] = LF
    }
  }
  return text
}

/**
 * The bytes of such lines. It asks nothing: what is no digit counts as zero, whatever stands at the line ends is passed over.
 * The caller encodes the answer again and compares, and so finds out whether the text was the one form of these bytes.
 */
export function decodeBase64Lines(text: Uint8Array): Uint8Array {
  const groups = Math.floor((text.length - 2 * Math.ceil(text.length / (LINE_COLUMNS + 2))) / 4)
  const bytes = new Uint8Array(Math.max(0, groups * 3))
  for (let group = 0; group < groups; group++) {
    const at = group * 4 + 2 * Math.floor(group / (LINE_COLUMNS / 4))
    const a = valueAt(text, at)
    const b = valueAt(text, at + 1)
    const c = valueAt(text, at + 2)
    const d = valueAt(text, at + 3)
    bytes[group * 3] = (a << 2) | (b >>> 4)
    bytes[group * 3 + 1] = (b << 4) | (c >>> 2)
    bytes[group * 3 + 2] = (c << 6) | d
  }
  return bytes.slice(0, bytes.length - paddingOf(text))
}

function valueAt(text: Uint8Array, at: number): number {
  return VALUES[text[at] ?? 0] ?? 0
}

/** How many padding characters stand before the last line end. */
function paddingOf(text: Uint8Array): number {
  if (text[text.length - 3] !== PADDING) return 0
  return text[text.length - 4] === PADDING ? 2 : 1
}
