import { Boolean as Asn1Boolean, ObjectIdentifier } from "asn1js"
import { asciiBytes, compareBytes, concatBytes } from "../../src-protocol/bytes.ts"
import type { Instant } from "../../src-protocol/instant.ts"

/** Bytes that are one or more complete DER values (X.690); what the builders here take and give. */
export type Der = Uint8Array

const YEAR_2050 = Date.UTC(2050, 0, 1)

/** One value: tag, length in the shortest form, contents (X.690 §8.1, §10.1). */
export function tagged(tag: number, ...contents: readonly Der[]): Der {
  return wrapped(tag, concatBytes(...contents))
}

function wrapped(tag: number, content: Uint8Array): Der {
  return concatBytes(Uint8Array.of(tag, ...lengthOctets(content.length)), content)
}

function lengthOctets(length: number): readonly number[] {
  if (length < 0x80) return [length]
  const octets: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
  return [0x80 | octets.length, ...octets]
}

export function sequence(...parts: readonly Der[]): Der {
  return tagged(0x30, ...parts)
}

/** A SEQUENCE OF any length: a hundred thousand arguments to `sequence` would not fit on the stack. */
export function sequenceOf(parts: readonly Der[]): Der {
  return wrapped(0x30, Buffer.concat(parts))
}

/** A SET OF: its parts in ascending order (X.690 §11.6). */
export function setOf(...parts: readonly Der[]): Der {
  return tagged(0x31, ...[...parts].sort(compareBytes))
}

/** [number] EXPLICIT, or IMPLICIT over something constructed. */
export function context(number: number, ...parts: readonly Der[]): Der {
  return tagged(0xa0 | number, ...parts)
}

/** [number] IMPLICIT over a primitive. */
export function contextPrimitive(number: number, content: Uint8Array): Der {
  return tagged(0x80 | number, content)
}

export function objectIdentifier(value: string): Der {
  return new Uint8Array(new ObjectIdentifier({ value }).toBER(false))
}

export function booleanTrue(): Der {
  return new Uint8Array(new Asn1Boolean({ value: true }).toBER(false))
}

export function nullValue(): Der {
  return tagged(0x05)
}

/** An INTEGER of zero or more, from its big-endian magnitude: shortest form, never negative (X.690 §8.3). */
export function unsignedInteger(magnitude: Uint8Array): Der {
  const first = magnitude.findIndex((byte) => byte !== 0)
  const shortest = first < 0 ? Uint8Array.of(0) : magnitude.slice(first)
  const sign = (shortest[0] ?? 0) >= 0x80 ? Uint8Array.of(0) : Uint8Array.of()
  return tagged(0x02, sign, shortest)
}

export function integer(value: bigint | number): Der {
  const digits = value.toString(16)
  return unsignedInteger(Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, "hex"))
}

export function octetString(content: Uint8Array): Der {
  return tagged(0x04, content)
}

export function bitString(content: Uint8Array, unusedBits = 0): Der {
  return tagged(0x03, Uint8Array.of(unusedBits), content)
}

/** A BIT STRING of named bits, bit 0 first, without trailing zero bits (X.690 §11.2.2). */
export function namedBits(bits: readonly number[]): Der {
  if (bits.length === 0) return bitString(Uint8Array.of())
  const highest = Math.max(...bits)
  const content = new Uint8Array(Math.floor(highest / 8) + 1)
  for (const bit of bits) {
    const octet = Math.floor(bit / 8)
    content[octet] = (content[octet] ?? 0) | (0x80 >> (bit % 8))
  }
  return bitString(content, 7 - (highest % 8))
}

export function enumerated(value: number): Der {
  return tagged(0x0a, Uint8Array.of(value))
}

export function utf8String(text: string): Der {
  return tagged(0x0c, Buffer.from(text, "utf8"))
}

export function printableString(text: string): Der {
  return tagged(0x13, asciiBytes(text))
}

export function ia5String(text: string): Der {
  return tagged(0x16, asciiBytes(text))
}

/** A certificate's time: UTCTime up to 2049, GeneralizedTime from 2050 (RFC 5280 §4.1.2.5); whole seconds. */
export function time(instant: Instant): Der {
  return instant < YEAR_2050
    ? tagged(0x17, asciiBytes(timeDigits(instant).slice(2)))
    : generalizedTime(instant)
}

export function generalizedTime(instant: Instant): Der {
  return tagged(0x18, asciiBytes(timeDigits(instant)))
}

function timeDigits(instant: Instant): string {
  return new Date(instant).toISOString().replace(/[-:T]|\.\d+/g, "")
}
