import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { MAX_AUTHORISATION_BYTES } from "../../src-protocol/api.ts"
import { asciiBytes, asciiText, concatBytes } from "../../src-protocol/bytes.ts"
import { unwrapSmime, wrapSmime } from "../../src-protocol/smime.ts"
import { expectRefusal } from "./refusals.ts"
import { protocolVectors } from "./vectors.ts"

// The first two bytes give the digits "+/"; 100 bytes end in a group of one, with padding.
const DER = Uint8Array.from({ length: 100 }, (_, i) => i * 7)
  .with(0, 0xfb)
  .with(1, 0xff)
const MESSAGE = wrapSmime(DER)
const TEXT = asciiText(MESSAGE) ?? ""
const HEADER = TEXT.slice(0, TEXT.indexOf("\r\n\r\n") + 4)

test.each(protocolVectors.smime)(
  "the known message around $der.length bytes is written and read",
  (vector) => {
    const message = asciiBytes(vector.expect.text)
    expect(wrapSmime(vector.der)).toEqual(message)
    expect(unwrapSmime(message)).toEqual(vector.der)
  },
)

test("whatever is wrapped is unwrapped again", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (der) => {
      expect(unwrapSmime(wrapSmime(der))).toEqual(der)
    }),
  )
})

test("a message with any one byte changed is refused, or carries other bytes", () => {
  fc.assert(
    fc.property(fc.nat(MESSAGE.length - 1), fc.nat(255), (at, byte) => {
      fc.pre(byte !== MESSAGE[at])
      const outcome = unwrapOrRefuse(MESSAGE.with(at, byte))
      expect(outcome).not.toEqual(DER)
    }),
    { numRuns: 3_000 },
  )
})

test("the last digit of base64 has one form only", () => {
  // 100 bytes end in one byte of their own: two digits, the second with four bits that carry nothing.
  const accepted = Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/").filter(
    (digit) => unwrapOrRefuse(asciiBytes(TEXT.replace(/.==\r\n$/, `${digit}==\r\n`))) !== undefined,
  )
  expect(accepted.join("")).toBe("AQgw")
})

function unwrapOrRefuse(message: Uint8Array): Uint8Array | undefined {
  try {
    return unwrapSmime(message)
  } catch (error) {
    expect(error).toHaveProperty("code", "malformed-smime")
    return undefined
  }
}

describe("malformed-smime is", () => {
  const body = TEXT.slice(HEADER.length)
  test.each([
    ["an empty message", ""],
    ["a header alone", HEADER],
    ["an empty line for a body", HEADER + "\r\n"],
    ["a body alone", body],
    ["line feeds alone", TEXT.replaceAll("\r\n", "\n")],
    ["a last line without an end", TEXT.slice(0, -2)],
    ["an empty line at the end", TEXT + "\r\n"],
    ["something before the header", "X: y\r\n" + TEXT],
    ["something after the body", TEXT + "x"],
    ["a header in lower case", TEXT.replace("MIME-Version", "mime-version")],
    ["the headers in another order", TEXT.replace(/^(.*)\r\n(.*)\r\n/, "$2\r\n$1\r\n")],
    ["a header less", TEXT.replace(/Content-Disposition.*\r\n/, "")],
    ["another S/MIME type", TEXT.replace("signed-data", "enveloped-data")],
    ["a folded header", TEXT.replace("; name", ";\r\n name")],
    ["base64 in one line", HEADER + body.replaceAll("\r\n", "") + "\r\n"],
    ["base64 in lines of 76 columns", HEADER + body.replaceAll("\r\n", "").replace(/(.{1,76})/g, "$1\r\n")],
    ["base64 of the URL alphabet", HEADER + body.replaceAll("+", "-").replaceAll("/", "_")],
    ["base64 without padding", TEXT.replace("==\r\n", "\r\n")],
    ["base64 with padding too much", TEXT.replace("==\r\n", "====\r\n")],
    ["base64 with a space", HEADER + " " + body],
    ["base64 with a tab at a line's end", HEADER + body.replace("\r\n", "\t\r\n")],
  ])("%s", (_, text) => {
    expect(text).not.toBe(TEXT)
    expectRefusal(() => unwrapSmime(asciiBytes(text)), "malformed-smime")
  })

  test("a byte beyond ASCII", () => {
    expectRefusal(() => unwrapSmime(MESSAGE.with(MESSAGE.length - 10, 0xc3)), "malformed-smime")
  })

  test("nothing to be wrapped", () => {
    expectRefusal(() => wrapSmime(new Uint8Array(0)), "malformed-smime")
  })
})

describe("the size", () => {
  const columns = MAX_AUTHORISATION_BYTES - HEADER.length
  const largest = Math.floor(columns / 66) * 48

  test("of 16 KiB is written and read, and one line more is refused", () => {
    const message = wrapSmime(new Uint8Array(largest))
    expect(message.length).toBeLessThanOrEqual(MAX_AUTHORISATION_BYTES)
    expect(unwrapSmime(message)).toHaveLength(largest)
    expectRefusal(() => wrapSmime(new Uint8Array(largest + 48)), "malformed-smime")
  })

  test("above 16 KiB is refused whatever the message says", () => {
    const message = wrapSmime(new Uint8Array(largest))
    const line = asciiBytes("A".repeat(64) + "\r\n")
    expect(() => unwrapSmime(concatBytes(message, line, line))).toThrow(/at most 16384/)
    expect(() => unwrapSmime(new Uint8Array(1_000_000))).toThrow(/at most 16384/)
  })
})
