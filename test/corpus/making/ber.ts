import { concatBytes } from "../../../src-protocol/bytes.ts"
import { readDer } from "../../../src-protocol/read-der.ts"
import { octetString, tagged, type Der } from "../../../src-testkit/pki/der.ts"

/** Encodings that BER allows and DER does not (X.690 clauses 8.1.3, 8.7.3 and 10). */

function parts(der: Der): { tag: number; content: Uint8Array } {
  const { tag, contentStart, end } = readDer(der)
  return { tag, content: der.subarray(contentStart, end) }
}

/** What a constructed element holds. */
export function contentOf(der: Der): Uint8Array {
  return parts(der).content
}

/** The element with an indefinite length and an end-of-contents. */
export function indefinite(der: Der): Uint8Array {
  const { tag, content } = parts(der)
  return concatBytes(Uint8Array.of(tag, 0x80), content, Uint8Array.of(0, 0))
}

/** The element with one octet of length more than it needs. */
export function longLength(der: Der): Uint8Array {
  const { tag, content } = parts(der)
  const length = [content.length >> 16, (content.length >> 8) & 0xff, content.length & 0xff]
  const needed = content.length < 0x80 ? 1 : content.length < 0x100 ? 2 : 3
  return concatBytes(Uint8Array.of(tag, 0x80 | needed, ...length.slice(3 - needed)), content)
}

/** A primitive string as a constructed one of two pieces. */
export function constructed(der: Der): Uint8Array {
  const { tag, content } = parts(der)
  const half = content.length >> 1
  return tagged(tag | 0x20, octetString(content.subarray(0, half)), octetString(content.subarray(half)))
}

/** The element under another tag. */
export function retagged(tag: number, der: Der): Uint8Array {
  return concatBytes(Uint8Array.of(tag), der.subarray(1))
}

/** The element with bytes after what it held. */
export function withMore(der: Der, ...more: readonly Uint8Array[]): Uint8Array {
  const { tag, content } = parts(der)
  return tagged(tag, content, ...more)
}

/** The elements within a constructed element. */
export function elementsOf(der: Der): readonly Der[] {
  const found: Der[] = []
  for (let rest = contentOf(der); rest.length > 0;) {
    const length = lengthOfFirst(rest)
    found.push(rest.subarray(0, length))
    rest = rest.subarray(length)
  }
  return found
}

function lengthOfFirst(bytes: Uint8Array): number {
  const first = bytes[1] ?? 0
  if (first < 0x80) return 2 + first
  const octets = bytes.subarray(2, 2 + (first & 0x7f))
  return 2 + octets.length + octets.reduce((length, octet) => length * 256 + octet, 0)
}
