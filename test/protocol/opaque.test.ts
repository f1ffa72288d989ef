import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { concatBytes } from "../../src-protocol/bytes.ts"
import { decodeOpaque, encodeOpaque, hashOpaque, OPAQUE_BYTES } from "../../src-protocol/opaque.ts"
import { anyCode, anyDay, anyKey } from "./arbitraries.ts"
import { expectRefusal } from "./refusals.ts"
import { protocolVectors } from "./vectors.ts"

const OPAQUE = {
  salt: new Uint8Array(32).fill(1),
  code: { reference: "000000", confirmation: "0042" },
  day: 18_356,
  dayKey: new Uint8Array(32).fill(2),
}
const BYTES = encodeOpaque(OPAQUE)

test.each(protocolVectors.opaque)(
  "the known answer for day $day is encoded, decoded and hashed",
  async (vector) => {
    const { salt, code, day, dayKey } = vector
    expect(encodeOpaque({ salt, code, day, dayKey })).toEqual(vector.expect.bytes)
    expect(decodeOpaque(vector.expect.bytes)).toEqual({ salt, code, day, dayKey })
    expect(await hashOpaque(nodeCrypto, vector.expect.bytes)).toBe(vector.expect.hash)
  },
)

test("an opaque has 79 bytes, and its numbers are big-endian", () => {
  expect(BYTES).toHaveLength(79)
  expect(OPAQUE_BYTES).toBe(79)
  expect([...BYTES.subarray(43, 47)]).toEqual([0, 0, 0x47, 0xb4])
})

test("every opaque comes back as it was encoded", () => {
  fc.assert(
    fc.property(fc.record({ salt: anyKey, code: anyCode, day: anyDay, dayKey: anyKey }), (opaque) => {
      expect(decodeOpaque(encodeOpaque(opaque))).toEqual(opaque)
    }),
  )
})

test("79 bytes are either refused or encoded again to the same bytes", () => {
  const near = fc.tuple(fc.nat(78), fc.nat(255)).map(([at, byte]) => BYTES.with(at, byte))
  fc.assert(
    fc.property(near, (bytes) => {
      const isRead = bytes[0] === 1 && bytes.subarray(33, 43).every((byte) => byte >= 0x30 && byte <= 0x39)
      if (isRead) expect(encodeOpaque(decodeOpaque(bytes))).toEqual(bytes)
      else expectRefusal(() => decodeOpaque(bytes), "malformed-opaque")
    }),
    { numRuns: 500 },
  )
})

test("the parts are copies: wiping the bytes leaves them", () => {
  const bytes = concatBytes(Uint8Array.of(9), BYTES).subarray(1)
  const opaque = decodeOpaque(bytes)
  bytes.fill(0)
  expect(opaque).toEqual(OPAQUE)
})

describe("malformed-opaque is", () => {
  test.each([
    ["empty", new Uint8Array(0)],
    ["one byte short", BYTES.slice(0, -1)],
    ["one byte long", concatBytes(BYTES, Uint8Array.of(0))],
    ["version 0", BYTES.with(0, 0)],
    ["version 2", BYTES.with(0, 2)],
    ["a code with a letter", BYTES.with(33, 0x61)],
    ["a code with a minus", BYTES.with(42, 0x2d)],
    ["a code beyond ASCII", BYTES.with(38, 0xb2)],
  ])("what is %s", (_, bytes) => {
    expectRefusal(() => decodeOpaque(bytes), "malformed-opaque")
  })

  test.each([
    ["a short salt", { ...OPAQUE, salt: new Uint8Array(31) }],
    ["a long day key", { ...OPAQUE, dayKey: new Uint8Array(33) }],
    ["a day before 1970", { ...OPAQUE, day: -1 }],
    ["a day beyond 32 bits", { ...OPAQUE, day: 2 ** 32 }],
    ["half a day", { ...OPAQUE, day: 0.5 }],
    ["a code of nine digits", { ...OPAQUE, code: { reference: "00000", confirmation: "0042" } }],
  ])("to be encoded with %s", (_, opaque) => {
    expectRefusal(() => encodeOpaque(opaque), "malformed-opaque")
  })
})
