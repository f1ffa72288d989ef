import { expect, test } from "vitest"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { checkPuzzle, requiredZeroBits, solvePuzzle } from "../../src-protocol/puzzle.ts"
import { protocolVectors } from "./vectors.ts"

const HASH = "5e".repeat(32)

test.each(protocolVectors.puzzle)(
  "the known puzzle of $leadingZeroBits bits has its known answer",
  async (vector) => {
    const { reference, hash, leadingZeroBits } = vector
    const answer = await solvePuzzle(nodeCrypto, reference, hash, leadingZeroBits)
    expect(answer).toBe(vector.expect.answer)
    expect(await checkPuzzle(nodeCrypto, reference, hash, answer, leadingZeroBits)).toBe(true)
  },
)

test("an answer holds for its own reference, its own hash and its own difficulty", async () => {
  const answer = await solvePuzzle(nodeCrypto, "123456", HASH, 12)
  const check = (reference: string, hash: string, bits: number) =>
    checkPuzzle(nodeCrypto, reference, hash, answer, bits)
  expect(await check("123456", HASH, 12)).toBe(true)
  expect(await check("123456", HASH, 1)).toBe(true)
  expect(await check("123457", HASH, 12)).toBe(false)
  expect(await check("123456", "5f" + HASH.slice(2), 12)).toBe(false)
  expect(await check("123456", HASH, 40)).toBe(false)
})

test.each(["", "-1", "1.5", "0x1f", " 1", "1\n", "12345678901234567", "١"])(
  "'%s' is no answer",
  async (answer) => {
    // With nothing asked any answer of digits would do, so only its form can be what is refused.
    expect(await checkPuzzle(nodeCrypto, "123456", HASH, answer, 0)).toBe(false)
    expect(await checkPuzzle(nodeCrypto, "123456", HASH, "1", 0)).toBe(true)
  },
)

test.each([
  [0, 0],
  [49_999, 0],
  [50_000, 12],
  [99_999, 12],
  [100_000, 14],
  [200_000, 18],
  [249_999, 18],
  [250_000, 20],
  [1_000_000, 20],
])("with %d live references %d zero bits are asked", (live, bits) => {
  expect(requiredZeroBits(live)).toBe(bits)
})
