import { ProtocolError } from "./errors.ts"

/**
 * A strict, zero-copy reader of DER (ITU-T X.690, clauses 8 and 10): definite and minimal lengths, one-byte tags,
 * universal types constructed only where they must be. It never recurses: a caller goes down a level by its own hand,
 * so the depth is that of our code, not of the attacker's bytes. Every fault is a `malformed-der`.
 */
export interface DerNode {
  readonly tag: number
  /** The buffer that the node lies in; the node's own bytes are `start` to `end`. */
  readonly buffer: Uint8Array
  readonly start: number
  readonly contentStart: number
  readonly end: number
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const

const CONSTRUCTED = 0x20
const MAX_LENGTH_OCTETS = 4

/** The tag of a context-specific element [number], constructed unless said otherwise. */
export function contextTag(number: number, form: "constructed" | "primitive" = "constructed"): number {
  return 0x80 | (form === "constructed" ? CONSTRUCTED : 0) | number
}

export function malformedDer(what: string): ProtocolError {
  return new ProtocolError("malformed-der", what)
}

/** The one element that fills `bytes` wholly. */
export function readDer(bytes: Uint8Array, what = "the DER value"): DerNode {
  const node = readNode(bytes, 0, bytes.length, what)
  if (node.end !== bytes.length) throw malformedDer(`bytes follow ${what}`)
  return node
}

function readNode(buffer: Uint8Array, start: number, limit: number, what: string): DerNode {
  const tag = byteAt(buffer, start, limit, what)
  checkTag(tag, what)
  const first = byteAt(buffer, start + 1, limit, what)
  const lengthOctets = first < 0x80 ? 0 : first & 0x7f
  const contentStart = start + 2 + lengthOctets
  const length = first < 0x80 ? first : readLongLength(buffer, start + 2, lengthOctets, limit, what)
  const end = contentStart + length
  if (end > limit) throw malformedDer(`${what} is longer than what holds it`)
  return { tag, buffer, start, contentStart, end }
}

function readLongLength(buffer: Uint8Array, at: number, octets: number, limit: number, what: string): number {
  if (octets === 0) throw malformedDer(`${what} has an indefinite length`)
  if (octets > MAX_LENGTH_OCTETS) throw malformedDer(`${what} has an impossible length`)
  let length = 0
  for (let i = 0; i < octets; i++) length = length * 256 + byteAt(buffer, at + i, limit, what)
  if (length < 0x80 || length < 256 ** (octets - 1))
    throw malformedDer(`${what} has a length that is not minimal`)
  return length
}

function byteAt(buffer: Uint8Array, offset: number, limit: number, what: string): number {
  const byte = offset < limit ? buffer[offset] : undefined
  if (byte === undefined) throw malformedDer(`${what} ends too early`)
  return byte
}

function checkTag(tag: number, what: string): void {
  if ((tag & 0x1f) === 0x1f) throw malformedDer(`${what} has a tag of several bytes`)
  const universal = (tag & 0xc0) === 0
  const mustBeConstructed = tag === TAG.sequence || tag === TAG.set
  if (universal && (tag & CONSTRUCTED) !== 0 && !mustBeConstructed) {
    throw malformedDer(`${what} is a constructed string or another form that DER does not have`)
  }
  if (tag === (TAG.sequence & ~CONSTRUCTED) || tag === (TAG.set & ~CONSTRUCTED)) {
    throw malformedDer(`${what} is a SEQUENCE or SET that is not constructed`)
  }
}

/** The whole element, tag and length included, as a view. */
export function rawBytes(node: DerNode): Uint8Array {
  return node.buffer.subarray(node.start, node.end)
}

/** What the element holds, as a view. */
export function contentBytes(node: DerNode): Uint8Array {
  return node.buffer.subarray(node.contentStart, node.end)
}

/** The elements within a SEQUENCE, or what else is constructed under `tag`; at most `most` of them. */
export function childrenOf(
  node: DerNode,
  what: string,
  most = 64,
  tag: number = TAG.sequence,
): readonly DerNode[] {
  const children: DerNode[] = []
  eachChild(node, what, most, tag, (child) => children.push(child))
  return children
}

/** The same, one by one, without a list of them. */
export function eachChild(
  node: DerNode,
  what: string,
  most: number,
  tag: number,
  visit: (child: DerNode) => unknown,
): void {
  const fields = new DerFields(node, what, tag)
  for (let count = 0; !fields.atEnd(); count++) {
    if (count === most) throw malformedDer(`${what} has more than ${String(most)} elements`)
    visit(fields.any(what))
  }
}

/**
 * Reads the elements within a SEQUENCE, or what else is constructed under `tag`, in order; the caller says which it wants
 * and closes with `end`.
 */
export class DerFields {
  readonly #node: DerNode
  readonly #what: string
  #offset: number

  constructor(node: DerNode, what: string, tag: number = TAG.sequence) {
    if (node.tag !== tag || (tag & CONSTRUCTED) === 0) throw malformedDer(`${what} is of another type`)
    this.#node = node
    this.#what = what
    this.#offset = node.contentStart
  }

  atEnd(): boolean {
    return this.#offset === this.#node.end
  }

  /** The next element, of whatever tag. */
  any(name: string): DerNode {
    const node = readNode(this.#node.buffer, this.#offset, this.#node.end, name)
    this.#offset = node.end
    return node
  }

  /** The next element, which must have this tag. */
  next(tag: number, name: string): DerNode {
    if (this.#peekTag() !== tag) throw malformedDer(`${this.#what}: ${name} is missing or of another type`)
    return this.any(name)
  }

  /** The next element if it has this tag. */
  optional(tag: number, name: string): DerNode | undefined {
    return this.#peekTag() === tag ? this.any(name) : undefined
  }

  /** Nothing may follow. */
  end(): void {
    if (!this.atEnd()) throw malformedDer(`${this.#what} has a part too many`)
  }

  #peekTag(): number | undefined {
    return this.atEnd() ? undefined : this.#node.buffer[this.#offset]
  }
}
