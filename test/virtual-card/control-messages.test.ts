import { describe, expect, test } from "vitest"
import { parseCardImage } from "../../native/virtual-card/card-image.ts"
import { parseAnswer, parseRequest } from "../../native/virtual-card/control-messages.ts"
import { VirtualCard } from "../../native/virtual-card/virtual-card.ts"
import { P256_CHIP, RSA_CHIP } from "./support/chip.ts"

describe("a question to a reader is read field by field", () => {
  test.each([
    { do: "insert", slot: 1, card: P256_CHIP },
    { do: "remove", slot: 0 },
    { do: "status" },
    { do: "faults", slot: 0, faults: [{ when: { ins: 0x87 }, then: { is: "silence" } }] },
    { do: "log", slot: 0, clear: true },
    { do: "link", speed: "slow", delayMilliseconds: 20 },
    { do: "pcscd", action: "restart", readers: 0 },
    { do: "pcscd", action: "stop" },
    { do: "end" },
  ])("$do is taken as it was sent", (request) => {
    expect(parseRequest(JSON.parse(JSON.stringify({ id: 7, ...request })))).toEqual({ id: 7, request })
  })

  test.each([
    ["what is no object", "insert"],
    ["a list", []],
    ["one without a number", { do: "status" }],
    ["one that nobody knows", { id: 1, do: "explode" }],
    ["a slot that is no number", { id: 1, do: "remove", slot: "0" }],
    ["a slot below zero", { id: 1, do: "remove", slot: -1 }],
    ["a card without an id", { id: 1, do: "insert", slot: 0, card: { ...P256_CHIP, id: "" } }],
    ["faults that are no list", { id: 1, do: "faults", slot: 0, faults: {} }],
    ["a link of another speed", { id: 1, do: "link", speed: "warp", delayMilliseconds: 0 }],
    ["an action that there is not", { id: 1, do: "pcscd", action: "hug" }],
    ["a clearing that is neither true nor false", { id: 1, do: "log", slot: 0, clear: "yes" }],
  ])("%s is refused", (_, document) => {
    expect(() => parseRequest(document)).toThrow(TypeError)
  })
})

describe("an answer of a reader", () => {
  test("is a result or an error, with the number of its question", () => {
    expect(parseAnswer({ id: 3, result: { is: "done" } })).toEqual({ id: 3, result: { is: "done" } })
    expect(parseAnswer({ id: 3, error: "no such slot" })).toEqual({ id: 3, error: "no such slot" })
  })

  test.each([
    ["no number", { result: {} }],
    ["neither", { id: 3 }],
    ["an error that is no text", { id: 3, error: 1 }],
  ])("with %s is refused", (_, document) => {
    expect(() => parseAnswer(document)).toThrow(TypeError)
  })
})

describe("a card image", () => {
  test("is what JSON made of it", () => {
    const image = { ...RSA_CHIP, atr: "3b8000" }
    expect(parseCardImage(JSON.parse(JSON.stringify(image)))).toEqual(image)
  })

  test("may have a key without a certificate", () => {
    const keys = P256_CHIP.keys.map(({ place, privateKey, pinPolicy }) => ({ place, privateKey, pinPolicy }))
    expect(parseCardImage({ ...P256_CHIP, keys }).keys).toEqual(keys)
  })

  test.each([
    ["a short id", { id: "0011" }],
    ["a PIN of letters", { pin: "abcdef" }],
    ["a PIN of five digits", { pin: "12345" }],
    ["a PUK of nine digits", { puk: "123456789" }],
    ["an ATR of one byte", { atr: "3b" }],
    ["keys that are no list", { keys: undefined }],
    ["a key at another place", { keys: [{ ...P256_CHIP.keys[0], place: "9E" }] }],
    ["a key without a PIN policy", { keys: [{ ...P256_CHIP.keys[0], pinPolicy: "sometimes" }] }],
    ["a key that is no PEM", { keys: [{ ...P256_CHIP.keys[0], privateKey: "secret" }] }],
    ["a certificate that is no base64", { keys: [{ ...P256_CHIP.keys[0], certificate: "<der>" }] }],
  ])("with %s is refused", (_, fields) => {
    expect(() => parseCardImage({ ...P256_CHIP, ...fields })).toThrow(TypeError)
  })

  test("with a key that no such chip holds becomes no card", () => {
    const key = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB
-----END PRIVATE KEY-----`
    const keys = [{ place: "9A", privateKey: key, pinPolicy: "once" }] as const
    expect(() => new VirtualCard({ ...P256_CHIP, keys })).toThrow(RangeError)
  })
})
