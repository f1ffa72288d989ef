import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { asciiBytes, asciiText, concatBytes } from "../../src-protocol/bytes.ts"
import { decodeStatement, encodeStatement } from "../../src-protocol/statement.ts"
import { anyCode, anyHash } from "./arbitraries.ts"
import { expectRefusal } from "./refusals.ts"
import { protocolVectors } from "./vectors.ts"

const STATEMENT = { hash: "0a".repeat(32), code: { reference: "012345", confirmation: "0089" } }
const BYTES = encodeStatement(STATEMENT)
const TEXT = asciiText(BYTES) ?? ""

test.each(protocolVectors.statement)("the known statement for $hash is written and read", (vector) => {
  const bytes = asciiBytes(vector.expect.text)
  expect(encodeStatement({ hash: vector.hash, code: vector.code })).toEqual(bytes)
  expect(decodeStatement(bytes)).toEqual({ hash: vector.hash, code: vector.code })
})

test("every statement comes back as it was written", () => {
  fc.assert(
    fc.property(anyHash, anyCode, (hash, code) => {
      expect(decodeStatement(encodeStatement({ hash, code }))).toEqual({ hash, code })
    }),
  )
})

test("a statement with any one byte changed is refused, or is the exact form of another one", () => {
  fc.assert(
    fc.property(fc.nat(BYTES.length - 1), fc.nat(255), (at, byte) => {
      const changed = BYTES.with(at, byte)
      expect(readOrRefuse(changed) ?? changed).toEqual(changed)
    }),
    { numRuns: 2_000 },
  )
})

test("no bit of the lines before the hash can be changed", () => {
  for (let at = 0; at < TEXT.indexOf("0a0a"); at++)
    for (let bit = 0; bit < 8; bit++)
      expectRefusal(
        () => decodeStatement(BYTES.with(at, (BYTES[at] ?? 0) ^ (1 << bit))),
        "malformed-statement",
      )
})

/** The statement as it would be written anew. */
function readOrRefuse(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return encodeStatement(decodeStatement(bytes))
  } catch (error) {
    expect(error).toHaveProperty("code", "malformed-statement")
    return undefined
  }
}

describe("malformed-statement is a statement", () => {
  test.each([
    ["that is empty", ""],
    ["with an upper-case hash", TEXT.replaceAll("0a", "0A")],
    ["with a line end left out", TEXT.slice(0, -2)],
    ["with a line end too many", TEXT + "\r\n"],
    ["with line feeds alone", TEXT.replaceAll("\r\n", "\n")],
    ["with something before it", " " + TEXT],
    ["with a header more", TEXT.replace("\r\n\r\n", "\r\nX-More: yes\r\n\r\n")],
    ["with its headers changed about", TEXT.replace(/^(.*)\r\n(.*)\r\n/, "$2\r\n$1\r\n")],
    ["in another character set", TEXT.replace("us-ascii", "utf-8")],
    ["of another version", TEXT.replace("authorisation 1", "authorisation 2")],
    ["with two spaces", TEXT.replace("hash: ", "hash:  ")],
    ["without the hyphen", TEXT.replace("012345-0089", "01234500089")],
    ["with the hyphen elsewhere", TEXT.replace("012345-0089", "0123450-089")],
    ["with a hash too short", TEXT.replace("hash: 0a", "hash: ")],
    ["with a letter in the hash", TEXT.replace("hash: 0a", "hash: 0g")],
    ["with hash and code changed about", TEXT.replace(/(hash: .*\r\n)(code: .*\r\n)/, "$2$1")],
  ])("%s", (_, text) => {
    expectRefusal(() => decodeStatement(asciiBytes(text)), "malformed-statement")
  })

  test("with a byte beyond ASCII", () => {
    expectRefusal(() => decodeStatement(BYTES.with(3, 0xc3)), "malformed-statement")
  })

  test("with a byte after it", () => {
    expectRefusal(() => decodeStatement(concatBytes(BYTES, Uint8Array.of(0))), "malformed-statement")
  })

  test.each(["", "0A".repeat(32), "0a".repeat(31), "0a".repeat(33), "0a".repeat(31) + "\r\n"])(
    "to be written with the hash '%s'",
    (hash) => {
      expectRefusal(() => encodeStatement({ ...STATEMENT, hash }), "malformed-statement")
    },
  )
})

test("a statement is not written with a code that is none", () => {
  const code = { reference: "12345", confirmation: "67890" }
  expectRefusal(() => encodeStatement({ ...STATEMENT, code }), "malformed-code")
})
