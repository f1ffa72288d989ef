import fc from "fast-check"
import { expect, test } from "vitest"
import { editDistance } from "../../src-protocol/trustwords/edit-distance.ts"

const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 7 })

/** The textbook definition, slow and plain. */
function plainDistance(a: string, b: string): number {
  if (a === "" || b === "") return a.length + b.length
  const replaced = a.startsWith(b.charAt(0)) ? 0 : 1
  return Math.min(
    plainDistance(a.slice(1), b) + 1,
    plainDistance(a, b.slice(1)) + 1,
    plainDistance(a.slice(1), b.slice(1)) + replaced,
  )
}

test.each([
  ["kitten", "sitting", 3],
  ["act", "cat", 2],
  ["able", "able", 0],
  ["", "abc", 3],
])("from '%s' to '%s' there are %d letters to change", (a, b, distance) => {
  expect(editDistance(a, b, 3)).toBe(distance)
  expect(editDistance(b, a, 3)).toBe(distance)
})

test("the distance is that of the textbook, and undefined above the limit", () => {
  fc.assert(
    fc.property(word, word, fc.nat(4), (a, b, limit) => {
      const distance = plainDistance(a, b)
      expect(editDistance(a, b, limit)).toBe(distance > limit ? undefined : distance)
    }),
  )
})
