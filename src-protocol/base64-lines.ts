import { asciiBytes } from "./bytes.ts"

/*
 * base64 as a mail carries it (RFC 2045 section 6.8), from bytes to bytes. The library that serves everywhere else works on
 * arrays of numbers and takes three times as long, and a package is decoded in each verdict.
 */

const ALPHABET = asciiBytes("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
const PADDING = 0x3d
const CR = 0x0d
const LF = 0x0a
const LINE_COLUMNS = 64
const LINE_BYTES = 48
const GROUPS_IN_LINE = 16

/** Above the value of every digit. */
const NO_DIGIT = 0x40
const VALUES = new Uint8Array(256).fill(NO_DIGIT)
for (const [value, digit] of ALPHABET.entries()) VALUES[digit] = value

/** The twelve bits of two digits, by both as they stand, the first in the low byte; negative where one is no digit. */
const PAIRS = new Int16Array(0x1_00_00).fill(-1)
for (const [high, first] of ALPHABET.entries())
  for (const [low, second] of ALPHABET.entries()) PAIRS[(second << 8) | first] = (high << 6) | low

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

/** The bytes of such lines, or `undefined` where the text is not exactly what `encodeBase64Lines` makes of them. */
export function decodeBase64Lines(text: Uint8Array): Uint8Array | undefined {
  const lines = Math.ceil(text.length / (LINE_COLUMNS + 2))
  const groups = (text.length - 2 * lines) / 4
  const areWhole = Number.isInteger(groups) && groups > 0 && Math.ceil((groups * 4) / LINE_COLUMNS) === lines
  if (!areWhole || !haveLineEnds(text, lines)) return undefined
  const padding = paddingOf(text)
  const bytes = new Uint8Array(groups * 3 - padding)
  const digits = new DataView(text.buffer, text.byteOffset, text.length)
  const wholeGroups = groups - 1
  let all = 0
  let at = 0
  let to = 0
  for (let group = 0; group < wholeGroups; group++) {
    const high = PAIRS[digits.getUint16(at, true)] ?? -1
    const low = PAIRS[digits.getUint16(at + 2, true)] ?? -1
    const three = (high << 12) | low
    all |= high | low
    bytes[to] = three >>> 16
    bytes[to + 1] = three >>> 8
    bytes[to + 2] = three
    to += 3
    at += (group & (GROUPS_IN_LINE - 1)) === GROUPS_IN_LINE - 1 ? 6 : 4
  }
  return all >= 0 && decodeLastGroup(text, at, 4 - padding, bytes, to) ? bytes : undefined
}

/** The one to three bytes of a group without its padding; false where its last digit has bits that no byte takes. */
function decodeLastGroup(
  text: Uint8Array,
  at: number,
  digits: number,
  to: Uint8Array,
  start: number,
): boolean {
  let group = 0
  for (let i = 0; i < 4; i++) {
    const value = i < digits ? (VALUES[text[at + i] ?? 0] ?? NO_DIGIT) : 0
    if (value === NO_DIGIT) return false
    group = (group << 6) | value
  }
  const count = digits - 1
  for (let i = 0; i < count; i++) to[start + i] = group >>> (16 - 8 * i)
  return ((group << (8 * count)) & 0xff_ff_ff) === 0
}

function haveLineEnds(text: Uint8Array, lines: number): boolean {
  for (let line = 1; line <= lines; line++) {
    const end = Math.min(line * (LINE_COLUMNS + 2), text.length)
    if (text[end - 2] !== CR || text[end - 1] !== LF) return false
  }
  return true
}

/** How many padding characters stand before the last line end. */
function paddingOf(text: Uint8Array): number {
  if (text[text.length - 3] !== PADDING) return 0
  return text[text.length - 4] === PADDING ? 2 : 1
}
