import { expect, test } from "vitest"
import { once } from "../../src-protocol/once.ts"

test("what is read once is read when it is first asked for, and never again", () => {
  let reads = 0
  const read = once((): number | undefined => {
    reads += 1
    return undefined
  })
  expect(reads).toBe(0)
  expect(read()).toBeUndefined()
  expect(read()).toBeUndefined()
  expect(reads).toBe(1)
})

test("what cannot be read throws each time it is asked for, and is read when it can be", () => {
  let isReadable = false
  const read = once(() => {
    if (!isReadable) throw new RangeError("not yet")
    return 7
  })
  expect(read).toThrow(RangeError)
  expect(read).toThrow(RangeError)
  isReadable = true
  expect(read()).toBe(7)
})
