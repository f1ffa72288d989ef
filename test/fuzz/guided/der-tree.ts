import { concatBytes } from "../../../src-protocol/bytes.ts"

/** An element of DER that can be changed: what holds it is written anew, with lengths that fit. */
export interface DerTree {
  tag: number
  /** Before the children: the count of unused bits of a BIT STRING that holds DER. */
  prefix: Uint8Array
  /** `undefined` where it is primitive and holds no DER either. */
  children: DerTree[] | undefined
  content: Uint8Array
  length: "minimal" | "too-long" | "indefinite" | "wrong"
}

const DEEPEST = 24
const NOTHING = new Uint8Array(0)

/** The elements that fill `bytes` wholly; `undefined` where they do not. More forgiving than the product's reader. */
export function readDerTree(bytes: Uint8Array, depth = 0): DerTree[] | undefined {
  const elements: DerTree[] = []
  let at = 0
  while (at < bytes.length) {
    const header = readHeader(bytes, at)
    if (header === undefined || header.end > bytes.length || depth > DEEPEST) return undefined
    elements.push(elementOf(header.tag, bytes.slice(header.contentStart, header.end), depth))
    at = header.end
  }
  return elements
}

function readHeader(
  bytes: Uint8Array,
  at: number,
): { tag: number; contentStart: number; end: number } | undefined {
  const [tag, first] = bytes.subarray(at, at + 2)
  if (tag === undefined || first === undefined) return undefined
  if (first < 0x80) return { tag, contentStart: at + 2, end: at + 2 + first }
  const octets = first & 0x7f
  if (octets === 0 || octets > 3) return undefined
  const length = bytes.subarray(at + 2, at + 2 + octets).reduce((value, byte) => value * 256 + byte, 0)
  return { tag, contentStart: at + 2 + octets, end: at + 2 + octets + length }
}

function elementOf(tag: number, content: Uint8Array, depth: number): DerTree {
  // Extensions are DER in an OCTET STRING, RSA keys are DER in a BIT STRING.
  const prefix = tag === 0x03 ? content.slice(0, 1) : NOTHING
  const mayHold = (tag & 0x20) !== 0 || ((tag === 0x03 || tag === 0x04) && content[prefix.length] === 0x30)
  const children = mayHold ? readDerTree(content.subarray(prefix.length), depth + 1) : undefined
  return { tag, prefix: children === undefined ? NOTHING : prefix, children, content, length: "minimal" }
}

export function writeDerTree(elements: readonly DerTree[]): Uint8Array {
  return concatBytes(...elements.map((element) => writeElement(element)))
}

function writeElement(element: DerTree): Uint8Array {
  const { tag, prefix, children, content } = element
  const inner = children === undefined ? content : concatBytes(prefix, writeDerTree(children))
  return concatBytes(Uint8Array.of(tag), ...withLength(inner, element.length))
}

function withLength(inner: Uint8Array, form: DerTree["length"]): readonly Uint8Array[] {
  if (form === "indefinite") return [Uint8Array.of(0x80), inner, Uint8Array.of(0, 0)]
  const length = form === "wrong" ? inner.length + 1 : inner.length
  const octets = [length >>> 24, (length >>> 16) & 0xff, (length >>> 8) & 0xff, length & 0xff]
  const shortest = octets.slice(Math.min(3, octets.findIndex((octet) => octet !== 0) >>> 0))
  if (form === "too-long") return [Uint8Array.of(0x80 | (shortest.length + 1), 0, ...shortest), inner]
  if (length < 0x80) return [Uint8Array.of(length), inner]
  return [Uint8Array.of(0x80 | shortest.length, ...shortest), inner]
}
