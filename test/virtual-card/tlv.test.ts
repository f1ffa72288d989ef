import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { encodeTlv, readTlvs } from "../../native/virtual-card/tlv.ts"

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex")
}

describe("a data object is written with the shortest length", () => {
  test.each([
    [0, "5300"],
    [127, "537f"],
    [128, "538180"],
    [255, "5381ff"],
    [256, "53820100"],
  ])("of %i bytes", (length, beginning) => {
    const written = hex(encodeTlv(0x53, new Uint8Array(length)))
    expect(written).toHaveLength(beginning.length + 2 * length)
    expect(written.startsWith(beginning)).toBe(true)
  })

  test("a tag of two bytes is written as two", () => {
    expect(hex(encodeTlv(0x5f2f, Uint8Array.of(0x40, 0)))).toBe("5f2f024000")
  })

  test("no card holds 65,536 bytes in one", () => {
    expect(() => encodeTlv(0x53, new Uint8Array(0x10000))).toThrow(RangeError)
  })
})

test("what is written is read again, one after another", () => {
  const tags = fc.constantFrom(0x4f, 0x53, 0x7c, 0x82, 0x5f2f)
  const objects = fc.array(fc.record({ tag: tags, value: fc.uint8Array({ maxLength: 300 }) }), {
    maxLength: 4,
  })
  fc.assert(
    fc.property(objects, (written) => {
      const bytes = Buffer.concat(written.map(({ tag, value }) => encodeTlv(tag, value)))
      expect(readTlvs(Uint8Array.from(bytes))).toEqual(written)
    }),
  )
})

test.each([
  ["ends in its tag", "5f"],
  ["ends before its length", "53"],
  ["ends in its length", "5382 01"],
  ["is shorter than its length", "5303 0102"],
  ["has an indefinite length", "5380 0000"],
  ["has a length of three bytes", "5383000001 00"],
])("a data object that %s is refused", (_, digits) => {
  expect(() => readTlvs(Buffer.from(digits.replaceAll(" ", ""), "hex"))).toThrow(RangeError)
})
