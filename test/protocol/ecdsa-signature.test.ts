import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { bytesOfHex, hexOf } from "../../src-protocol/bytes.ts"
import type { Curve } from "../../src-protocol/crypto-port.ts"
import { ecdsaFromDer, ecdsaToDer } from "../../src-protocol/ecdsa-signature.ts"
import { ecdsaSigners } from "../crypto/signers.ts"
import { expectRefusal } from "./refusals.ts"

const CURVES = [
  { curve: "P-256", bytes: 32, topMask: 0xff },
  { curve: "P-384", bytes: 48, topMask: 0xff },
  { curve: "P-521", bytes: 66, topMask: 0x01 },
] as const

function numbers(bytes: number, topMask: number) {
  const scalar = fc
    .tuple(fc.uint8Array({ minLength: bytes, maxLength: bytes }), fc.nat(bytes - 1))
    .map(([random, zeros]) =>
      random.map((byte, i) => (i < zeros ? 0 : i === 0 ? byte & topMask : byte)).with(-1, 5),
    )
  return fc.tuple(scalar, scalar).map(([r, s]) => Uint8Array.from([...r, ...s]))
}

describe.each(CURVES)("on $curve", ({ curve, bytes, topMask }) => {
  test("every r and s comes back from DER", () => {
    fc.assert(
      fc.property(numbers(bytes, topMask), (rs) => {
        expect(ecdsaFromDer(ecdsaToDer(rs), curve)).toEqual(rs)
      }),
    )
  })

  test("what OpenSSL signs is read, and written again byte for byte", () => {
    const signer = ecdsaSigners().find(
      ({ algorithm }) => algorithm.scheme === "ecdsa" && algorithm.curve === curve,
    )
    for (let i = 0; i < 20; i++) {
      const der = signer?.sign(Uint8Array.of(i)) ?? new Uint8Array(0)
      expect(ecdsaToDer(ecdsaFromDer(der, curve))).toEqual(der)
    }
  })

  test("bytes that are read at all are written again as they were", () => {
    const der = ecdsaToDer(new Uint8Array(bytes * 2).fill(1))
    fc.assert(
      fc.property(fc.nat(der.length - 1), fc.nat(255), (at, byte) => {
        const changed = der.with(at, byte)
        try {
          expect(ecdsaToDer(ecdsaFromDer(changed, curve))).toEqual(changed)
        } catch (error) {
          expect(error).toHaveProperty("code", "bad-signature")
        }
      }),
      { numRuns: 1_000 },
    )
  })

  test("the largest numbers fit, and their DER is as long as it gets", () => {
    const largest = new Uint8Array(bytes).fill(0xff).with(0, topMask)
    const rs = Uint8Array.from([...largest, ...largest])
    expect(ecdsaFromDer(ecdsaToDer(rs), curve)).toEqual(rs)
  })

  test("zero is refused in either place", () => {
    const one = new Uint8Array(bytes).with(-1, 1)
    const zero = new Uint8Array(bytes)
    expectRefusal(() => ecdsaToDer(Uint8Array.from([...one, ...zero])), "bad-signature")
    expectRefusal(() => ecdsaToDer(Uint8Array.from([...zero, ...one])), "bad-signature")
  })
})

test("the DER of small numbers is written as X.690 wants it", () => {
  const rs = new Uint8Array(64).with(31, 0x7f).with(63, 0x80)
  expect(hexOf(ecdsaToDer(rs))).toBe("300702017f02020080")
})

test("the DER of P-521 takes the long form of the length only from 128 bytes on", () => {
  const short = new Uint8Array(132).with(65, 1).with(131, 1)
  expect(hexOf(ecdsaToDer(short))).toBe("3006020101020101")
  const long = new Uint8Array(132).fill(1)
  expect(hexOf(ecdsaToDer(long).subarray(0, 4))).toBe("30818802")
})

describe("bad-signature is DER", () => {
  const CASES: readonly (readonly [string, string, Curve])[] = [
    ["that is empty", "", "P-256"],
    ["with a header alone", "30", "P-256"],
    ["with no numbers", "3000", "P-256"],
    ["with one number", "3003020101", "P-256"],
    ["with three numbers", "3009020101020101020101", "P-256"],
    ["with bytes after it", "300602010102010100", "P-256"],
    ["with bytes after the numbers", "300702010102010100", "P-256"],
    ["that says it is longer", "3007020101020101", "P-256"],
    ["that is no SEQUENCE", "3106020101020101", "P-256"],
    ["with no INTEGER first", "3006030101020101", "P-256"],
    ["with no INTEGER second", "3006020101040101", "P-256"],
    ["with a length that is not the shortest", "308106020101020101", "P-256"],
    ["with a length in three bytes", "30820006020101020101", "P-256"],
    ["with a length left open", "30800201010201010000", "P-256"],
    ["with a zero", "3006020100020101", "P-256"],
    ["with a negative number", "3006020181020101", "P-256"],
    ["with a number of no bytes", "30050200020101", "P-256"],
    ["with a zero byte too many", "300702020001020101", "P-256"],
    ["with a number that runs past the end", "3006020101020201", "P-256"],
    ["with a number of 257 bits", `3026022101${"00".repeat(32)}020101`, "P-256"],
    ["with a number of 33 bytes after the sign", `3027022200ff${"00".repeat(32)}020101`, "P-256"],
    ["with a number of 522 bits", `3047024202${"00".repeat(65)}020101`, "P-521"],
    ["of P-384 for P-256", hexOf(ecdsaToDer(new Uint8Array(96).fill(1))), "P-256"],
  ]
  test.each(CASES)("%s", (_, der, curve) => {
    expectRefusal(() => ecdsaFromDer(bytesOfHex(der), curve), "bad-signature")
  })
})

test.each([0, 63, 65, 128, 131, 133])("%d bytes are no r and s", (length) => {
  expectRefusal(() => ecdsaToDer(new Uint8Array(length).fill(1)), "bad-signature")
})

test("a number of 522 bits is not written for P-521", () => {
  expectRefusal(() => ecdsaToDer(new Uint8Array(132).fill(1).with(0, 2)), "bad-signature")
  expectRefusal(() => ecdsaToDer(new Uint8Array(132).fill(1).with(66, 2)), "bad-signature")
})
