import { expect, test } from "vitest"
import { KeyCache } from "../../src-crypto/key-cache.ts"

function countingCache(limit: number) {
  const read: string[] = []
  const cache = new KeyCache<string>(limit)
  const get = (name: string) =>
    cache.get(name, () => {
      read.push(name)
      return `key of ${name}`
    })
  return { read, get }
}

test("a key is read once and then taken from the cache", () => {
  const { read, get } = countingCache(2)
  expect([get("a"), get("a")]).toEqual(["key of a", "key of a"])
  expect(read).toEqual(["a"])
})

test("the key that was not used for longest makes room", () => {
  const { read, get } = countingCache(2)
  for (const name of ["a", "b", "a", "c", "a", "b"]) get(name)
  expect(read).toEqual(["a", "b", "c", "b"])
})

test("what reading throws is passed on, and nothing is kept", () => {
  const cache = new KeyCache<string>(2)
  const fail = () => {
    throw new Error("unreadable")
  }
  expect(() => cache.get("a", fail)).toThrow("unreadable")
  expect(cache.get("a", () => "readable")).toBe("readable")
})
