import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { codeDigits, codeOfNumber, drawCode, parseCode, printCode } from "../../src-protocol/code.ts"
import { anyCode } from "./arbitraries.ts"
import { expectRefusal } from "./refusals.ts"

const CODE = { reference: "123456", confirmation: "7890" }

/** A generator that gives these numbers, each in the six bytes that a draw takes. */
function scripted(...numbers: readonly number[]) {
  const left = [...numbers]
  return {
    randomBytes(length: number) {
      const number = left.shift()
      if (number === undefined) throw new Error("no more was to be drawn")
      return Uint8Array.from({ length }, (_, i) => Math.floor(number / 256 ** (length - 1 - i)) % 256)
    },
  }
}

describe("a code that is drawn", () => {
  test("has six and four digits", () => {
    for (let i = 0; i < 200; i++) {
      const code = drawCode(nodeCrypto)
      expect(code.reference).toMatch(/^[0-9]{6}$/)
      expect(code.confirmation).toMatch(/^[0-9]{4}$/)
    }
  })

  test("keeps its leading zeros", () => {
    expect(drawCode(scripted(42))).toEqual({ reference: "000000", confirmation: "0042" })
  })

  test("is drawn again where a remainder would favour small codes", () => {
    const firstUnfair = 2 ** 48 - (2 ** 48 % 10 ** 10)
    expect(drawCode(scripted(firstUnfair, 2 ** 48 - 1, 7))).toEqual({
      reference: "000000",
      confirmation: "0007",
    })
    expect(drawCode(scripted(firstUnfair - 1))).toEqual({ reference: "999999", confirmation: "9999" })
  })

  test("has each first digit about equally often", () => {
    const counts = new Map<string, number>()
    for (let i = 0; i < 5_000; i++) {
      const digit = drawCode(nodeCrypto).reference.charAt(0)
      counts.set(digit, (counts.get(digit) ?? 0) + 1)
    }
    expect(counts.size).toBe(10)
    // 500 expected, standard deviation 21: nine of them do not happen by chance.
    for (const count of counts.values()) expect(Math.abs(count - 500)).toBeLessThan(190)
  })
})

describe("a code that is typed or pasted", () => {
  test.each([
    "1234567890",
    "123456-7890",
    " 123456 – 7890\n",
    "12 34 56 78 90",
    "123.456.7890",
    "123 456\t78\u00a090",
    "Mijn code is 123456-7890.",
    "code:1234567890",
    "123456-7890 (geldig tot 14:30 uur)",
    "Vrijgave, 12 april: code 123456-7890",
    "zes cijfers 123456, dan 7890",
  ])("'%s' is read", (text) => {
    expect(parseCode(text)).toEqual(CODE)
  })

  test.each([
    ["", "10 missing"],
    ["geen code", "10 missing"],
    ["123456-789", "has 9: 1 missing"],
    ["123456-78901", "has 11: 1 too many"],
    ["123456-7890-123456-7890", "has 20: 10 too many"],
    ["123456789O1", "a letter between"],
    ["123456-7890 of 098765-4321", "more than one code"],
    ["１２３４５６７８９０", "10 missing"],
  ])("'%s' is refused and told why", (text, why) => {
    expectRefusal(() => parseCode(text), "malformed-code")
    expect(() => parseCode(text)).toThrow(why)
  })

  test("whatever is printed is read again", () => {
    fc.assert(
      fc.property(anyCode, (code) => {
        expect(parseCode(printCode(code))).toEqual(code)
        expect(parseCode(codeDigits(code))).toEqual(code)
        expect(codeOfNumber(Number(codeDigits(code)))).toEqual(code)
      }),
    )
  })

  test("any text at all gives a code of ten digits of its own, or a refusal", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from("0123456789 -.a\n")), maxLength: 30 }),
        (text) => {
          const digits = text.replace(/[^0-9]/g, "")
          try {
            expect(digits).toContain(codeDigits(parseCode(text)))
          } catch (error) {
            expect(error).toHaveProperty("code", "malformed-code")
          }
        },
      ),
    )
  })
})

describe("a code that is printed", () => {
  test("stands as six digits, a hyphen and four digits", () => {
    expect(printCode(CODE)).toBe("123456-7890")
    expect(codeDigits(CODE)).toBe("1234567890")
  })

  test.each([
    { reference: "12345", confirmation: "7890" },
    { reference: "1234567", confirmation: "890" },
    { reference: "123456", confirmation: "789a" },
    { reference: "123456", confirmation: "7890\n" },
    { reference: "", confirmation: "" },
  ])("is refused where it is $reference and $confirmation", (code) => {
    expectRefusal(() => printCode(code), "malformed-code")
    expectRefusal(() => codeDigits(code), "malformed-code")
  })

  test.each([-1, 10 ** 10, 1.5, Number.NaN])("is refused for the number %d", (number) => {
    expectRefusal(() => codeOfNumber(number), "malformed-code")
  })
})
