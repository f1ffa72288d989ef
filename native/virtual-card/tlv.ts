/** BER-TLV as SP 800-73-4 uses it: tags of one or two bytes (three for data objects, which are only ever values). */
export interface Tlv {
  readonly tag: number
  readonly value: Uint8Array
}

/** Encodes one data object with the shortest length (ISO/IEC 7816-4 §5.2.2). */
export function encodeTlv(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const value = Buffer.concat(parts)
  return new Uint8Array(Buffer.concat([tagBytes(tag), lengthBytes(value.length), value]))
}

function tagBytes(tag: number): Uint8Array {
  return tag > 0xff ? Uint8Array.of(tag >> 8, tag & 0xff) : Uint8Array.of(tag)
}

function lengthBytes(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length)
  if (length < 0x100) return Uint8Array.of(0x81, length)
  if (length < 0x10000) return Uint8Array.of(0x82, length >> 8, length & 0xff)
  throw new RangeError(`a data object of ${length} bytes is too long for a card`)
}

/** Reads data objects that stand one after another; throws RangeError where one does not end within the bytes. */
export function readTlvs(bytes: Uint8Array): readonly Tlv[] {
  const found: Tlv[] = []
  for (let at = 0; at < bytes.length;) {
    const tag = readTag(bytes, at)
    const length = readLength(bytes, tag.end)
    const end = length.end + length.length
    if (end > bytes.length) throw new RangeError(`a data object ends ${end - bytes.length} bytes too far`)
    found.push({ tag: tag.tag, value: bytes.subarray(length.end, end) })
    at = end
  }
  return found
}

function readTag(bytes: Uint8Array, at: number): { readonly tag: number; readonly end: number } {
  const first = byteAt(bytes, at)
  if ((first & 0x1f) !== 0x1f) return { tag: first, end: at + 1 }
  return { tag: (first << 8) | byteAt(bytes, at + 1), end: at + 2 }
}

function readLength(bytes: Uint8Array, at: number): { readonly length: number; readonly end: number } {
  const first = byteAt(bytes, at)
  if (first < 0x80) return { length: first, end: at + 1 }
  const count = first & 0x7f
  if (count === 0 || count > 2) throw new RangeError("a length is in one or two bytes")
  let length = 0
  for (let i = 1; i <= count; i += 1) length = (length << 8) | byteAt(bytes, at + i)
  return { length, end: at + 1 + count }
}

function byteAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at]
  if (byte === undefined) throw new RangeError("a data object ends too early")
  return byte
}
