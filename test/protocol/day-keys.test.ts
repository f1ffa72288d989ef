import { expect, test } from "vitest"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { webCrypto } from "../../src-crypto/web-crypto.ts"
import { hexOf } from "../../src-protocol/bytes.ts"
import { dayKeyAfter, ephemeralIds, nextDayKey } from "../../src-protocol/day-keys.ts"
import { expectRejection } from "./refusals.ts"
import { dayKeyVectors } from "./vectors.ts"

test.each(dayKeyVectors)("the key and identifiers of day $days are the known ones", async (vector) => {
  for (const crypto of [nodeCrypto, webCrypto]) {
    const dayKey = await dayKeyAfter(crypto, vector.firstDayKey, vector.days)
    expect(hexOf(dayKey)).toBe(vector.expect.dayKey)
    const ids = await ephemeralIds(crypto, dayKey)
    for (const [place, id] of Object.entries(vector.expect.ephemeralIds))
      expect(hexOf(ids[Number(place)] ?? new Uint8Array(0))).toBe(id)
  }
})

test("a day has 96 identifiers of 16 bytes, no two the same", async () => {
  const ids = await ephemeralIds(nodeCrypto, new Uint8Array(32).fill(7))
  expect(ids).toHaveLength(96)
  expect(ids.every((id) => id.length === 16)).toBe(true)
  expect(new Set(ids.map(hexOf)).size).toBe(96)
})

test("zero days later the key is the same, and a copy", async () => {
  const dayKey = new Uint8Array(32).fill(7)
  const same = await dayKeyAfter(nodeCrypto, dayKey, 0)
  dayKey.fill(0)
  expect(same).toEqual(new Uint8Array(32).fill(7))
})

test("three days later is the next of the next of the next", async () => {
  const dayKey = new Uint8Array(32).fill(7)
  let stepped: Uint8Array = dayKey
  for (let day = 0; day < 3; day++) stepped = await nextDayKey(nodeCrypto, stepped)
  expect(await dayKeyAfter(nodeCrypto, dayKey, 3)).toEqual(stepped)
})

test.each([0, 16, 31, 33])("a day key of %d bytes is refused", async (length) => {
  const dayKey = new Uint8Array(length)
  await expectRejection(nextDayKey(nodeCrypto, dayKey), "wrong-length")
  await expectRejection(dayKeyAfter(nodeCrypto, dayKey, 0), "wrong-length")
  await expectRejection(ephemeralIds(nodeCrypto, dayKey), "wrong-length")
})

test.each([-1, 0.5, Number.NaN, Infinity])("a key %d days later does not exist", async (days) => {
  await expectRejection(dayKeyAfter(nodeCrypto, new Uint8Array(32), days), "wrong-length")
})
