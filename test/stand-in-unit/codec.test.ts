import fc from "fast-check"
import { isDeepStrictEqual } from "node:util"
import { describe, expect, test } from "vitest"
import { makeCodec } from "../../native/electron-on-chromium/world/codec.ts"

const codec = makeCodec({
  encode: (bytes) => Buffer.from(bytes).toString("base64"),
  decode: (text) => new Uint8Array(Buffer.from(text, "base64")),
})

function sentAndReceived(value: unknown): unknown {
  return codec.decode(codec.encode(value))
}

const leaf = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.double(),
  fc.integer(),
  fc.bigInt(),
  fc.boolean(),
  fc.constantFrom(undefined, null, -0, "__proto__"),
  fc.date({ noInvalidDate: false }),
  fc.uint8Array(),
  fc.float64Array(),
  fc.bigInt64Array(),
  fc.uint8Array().map((bytes) => bytes.slice().buffer),
  fc.uint8Array().map((bytes) => new DataView(bytes.slice().buffer)),
  fc.constantFrom(/a\/b/gi, Object(1), Object("text"), Object(false), Object(2n)),
  fc.string().map((message) => new RangeError(message, { cause: message })),
)
const keys = fc.oneof(fc.string(), fc.constantFrom("$", "__proto__", "constructor", "length"))
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie("value")),
    fc.sparseArray(tie("value")),
    fc.dictionary(keys, tie("value")),
    fc.array(fc.tuple(tie("value"), tie("value"))).map((entries) => new Map(entries)),
    fc.array(tie("value")).map((members) => new Set(members)),
  ),
}))

test("what arrives is what structuredClone would have made of it", () => {
  fc.assert(
    fc.property(value, (sent) => isDeepStrictEqual(sentAndReceived(sent), structuredClone(sent))),
    { numRuns: 150 },
  )
})

describe("by name", () => {
  const cycle: { self?: object; list: unknown[] } = { list: [] }
  cycle.self = cycle
  cycle.list.push(cycle, cycle.list)
  const shared = { one: 1 }

  test.each([
    ["a cycle", cycle],
    ["an object twice", [shared, shared, new Map([[shared, shared]])]],
    ["an array with a hole and a name", Object.assign([1, , 3], { extra: true })],
    ["an array with a name but no hole", Object.assign([1], { extra: true })],
    ["an error within its own cause", Object.assign(new Error("outer"), { cause: new TypeError("inner") })],
    ["a view on the middle of its buffer", new Uint16Array(new Uint16Array([1, 2, 3]).buffer.slice(2))],
    ["an object with a key that is the prototype's name", JSON.parse('{"__proto__":{"a":1}}')],
  ])("%s", (_, sent) => {
    expect(isDeepStrictEqual(sentAndReceived(sent), structuredClone(sent))).toBe(true)
  })

  test("an object that came twice is one object again", () => {
    // Two objects, as they are sent.
    const [first, second] = sentAndReceived([shared, shared]) as [object, object]
    expect(first).toBe(second)
  })

  test("of a small Buffer only its own bytes travel, not the pool around it", () => {
    const text = codec.encode(Buffer.from("abc"))
    expect(text.length).toBeLessThan(40)
    expect(codec.decode(text)).toEqual(new Uint8Array([97, 98, 99]))
  })
})

test.each([
  ["a function", () => 1],
  ["a function within", { deep: [() => 1] }],
  ["a symbol", Symbol("a")],
  ["a promise", Promise.resolve(1)],
  ["a weak map", new WeakMap()],
  ["a blob, which no text can hold", new Blob(["a"])],
])("%s is refused as Electron refuses it", (_, sent) => {
  expect(() => codec.encode(sent)).toThrow("An object could not be cloned.")
})

test.each([
  ["no JSON", "{"],
  ["an object where a list is wanted", '{"a":1}'],
  ["an unknown kind", '["?"]'],
  ["a view that is a function", '["t","Function",""]'],
  ["a list without a kind", "[]"],
  ["a key without its value", '["o","key"]'],
  ["a number as a key", '["o",1,2]'],
])("%s is not read", (_, text) => {
  expect(() => codec.decode(text)).toThrow()
})

test("nothing that is read changes the prototype of what it becomes", () => {
  const read = codec.decode('["o","__proto__",["o","polluted",true]]')
  expect(Object.getPrototypeOf(read)).toBe(Object.prototype)
  expect(Reflect.get({}, "polluted")).toBeUndefined()
})
