import { expect, test } from "vitest"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { drawBelow } from "../../src-protocol/random-number.ts"
import { expectRefusal } from "./refusals.ts"

test.each([1, 2, 15, 256, 257, 10 ** 10, 2 ** 48])("numbers below %d are whole and below it", (bound) => {
  for (let i = 0; i < 300; i++) {
    const number = drawBelow(nodeCrypto, bound)
    expect(Number.isInteger(number) && number >= 0 && number < bound).toBe(true)
  }
})

test("every number below 15 is drawn", () => {
  const drawn = new Set(Array.from({ length: 2_000 }, () => drawBelow(nodeCrypto, 15)))
  expect(drawn.size).toBe(15)
})

test("a draw above the largest multiple is thrown away", () => {
  const draws = [0xffff, 16 * 4_095 + 14]
  const crypto = {
    randomBytes: () => {
      const number = draws.shift() ?? 0
      return Uint8Array.of(number >> 8, number & 0xff)
    },
  }
  // 65,536 is 15 times 4,369 and 1: only the very last number is unfair.
  expect(drawBelow(crypto, 15)).toBe((16 * 4_095 + 14) % 15)
  expect(draws).toEqual([])
})

test.each([0, -1, 1.5, 2 ** 48 + 1, Number.NaN])("there is no number to be drawn below %d", (bound) => {
  expectRefusal(() => drawBelow(nodeCrypto, bound), "wrong-length")
})
