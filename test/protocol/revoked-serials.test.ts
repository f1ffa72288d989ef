import fc from "fast-check"
import { expect, test } from "vitest"
import { concatBytes, hexOf } from "../../src-protocol/bytes.ts"
import { RevokedSerials } from "../../src-protocol/revoked-serials.ts"

const SERIALS = fc.array(fc.uint8Array({ minLength: 1, maxLength: 20 }), { maxLength: 300 })

/** An index over serial numbers that stand one after the other; the nth was revoked at 1,000 less n. */
function indexOf(serials: readonly Uint8Array[]): RevokedSerials {
  const index = new RevokedSerials(concatBytes(...serials), serials.length)
  let start = 0
  for (const [i, serial] of serials.entries()) {
    index.add(start, serial.length, 1_000 - i)
    start += serial.length
  }
  return index
}

test("finds each serial number with its earliest date, as a Map by hex would", () => {
  fc.assert(
    fc.property(SERIALS, (serials) => {
      const expected = new Map(serials.map((serial, i) => [hexOf(serial), 1_000 - i]))
      const index = indexOf(serials)
      expect(index.size).toBe(expected.size)
      for (const [serial, revokedAt] of expected) expect(index.get(serial)).toBe(revokedAt)
    }),
  )
})

test("finds none that is not there, be it a prefix or a longer one", () => {
  fc.assert(
    fc.property(SERIALS, fc.uint8Array({ minLength: 1, maxLength: 20 }), (serials, stranger) => {
      const there = new Set(serials.map((serial) => hexOf(serial)))
      const index = indexOf(serials)
      for (const serial of [stranger, ...serials.map((one) => concatBytes(one, Uint8Array.of(0)))]) {
        expect(index.has(hexOf(serial))).toBe(there.has(hexOf(serial)))
      }
    }),
  )
})

test("an empty list revokes nobody", () => {
  expect(new RevokedSerials(new Uint8Array(), 0).get("01")).toBeUndefined()
})

test("refuses more than were announced", () => {
  const index = new RevokedSerials(Uint8Array.of(1, 2), 1)
  index.add(0, 1, 0)
  expect(() => {
    index.add(1, 1, 0)
  }).toThrow(RangeError)
})
