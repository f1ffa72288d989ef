import fc from "fast-check"
import { describe, expect, test } from "vitest"
import {
  asciiBytes,
  asciiText,
  base64Of,
  base64UrlOf,
  bytesOfBase64,
  bytesOfBase64Url,
  bytesOfHex,
  compareBytes,
  equalBytes,
  hexOf,
} from "../../src-protocol/bytes.ts"
import { readPem, readPemOrDer, writePem } from "../../src-protocol/pem.ts"
import { expectRefusal } from "./refusals.ts"

const BYTES = fc.uint8Array({ maxLength: 200 })

describe("bytes", () => {
  test("come back from each of their texts", () => {
    fc.assert(
      fc.property(BYTES, (bytes) => {
        expect(bytesOfHex(hexOf(bytes))).toEqual(bytes)
        expect(bytesOfBase64(base64Of(bytes))).toEqual(bytes)
        expect(bytesOfBase64Url(base64UrlOf(bytes))).toEqual(bytes)
      }),
    )
  })

  test.each([
    ["upper-case hex", () => bytesOfHex("AB"), "malformed-hex"],
    ["half a byte", () => bytesOfHex("abc"), "malformed-hex"],
    ["base64url with padding", () => bytesOfBase64Url("YQ=="), "malformed-base64"],
    ["base64url of the other alphabet", () => bytesOfBase64Url("a+/b"), "malformed-base64"],
    ["base64url with stray bits", () => bytesOfBase64Url("YR"), "malformed-base64"],
    ["base64 without padding", () => bytesOfBase64("YQ"), "malformed-base64"],
    ["text beyond ASCII", () => asciiBytes("é"), "wrong-length"],
  ] as const)("are not read from %s", (_, read, code) => {
    expectRefusal(read, code)
  })

  test("beyond ASCII are no text", () => {
    expect(asciiText(Uint8Array.of(0x80))).toBeUndefined()
  })

  test("are compared by value and by order, a prefix first", () => {
    fc.assert(
      fc.property(BYTES, BYTES, (a, b) => {
        expect(Math.sign(compareBytes(a, b))).toBe(Math.sign(Buffer.compare(a, b)))
        expect(equalBytes(a, b)).toBe(Buffer.from(a).equals(b))
      }),
    )
  })
})

describe("a PEM file", () => {
  test("holds what was written, several blocks and other labels beside them", () => {
    fc.assert(
      fc.property(BYTES, BYTES, (a, b) => {
        const text = `# comment\n${writePem("CERTIFICATE", a)}${writePem("X509 CRL", b)}\r\n${writePem("CERTIFICATE", b)}`
        expect(readPem("CERTIFICATE", text)).toEqual([a, b])
        expect(readPem("X509 CRL", text)).toEqual([b])
      }),
    )
  })

  test("may as well be one DER value", () => {
    const der = Uint8Array.of(0x30, 0)
    expect(readPemOrDer("CERTIFICATE", der)).toEqual([der])
  })

  test.each([
    ["has no block of that label", "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n"],
    ["has a block without an end", "-----BEGIN CERTIFICATE-----\nMAA=\n"],
    ["has a block that is no base64", "-----BEGIN CERTIFICATE-----\nM?A=\n-----END CERTIFICATE-----\n"],
    ["is empty", ""],
    ["is binary", "\u0001\u0002"],
  ])("is refused where it %s", (_, text) => {
    expectRefusal(() => readPemOrDer("CERTIFICATE", asciiBytes(text)), "malformed-pem")
  })
})
