import { describe, expect, test } from "vitest"
import { articleAt, PROFESSIONS, professionOf } from "../../src-protocol/uzi/professions.ts"
import { parseUziName, printUziName } from "../../src-protocol/uzi/uzi-name.ts"

const P = "2.16.528.1.1003.1.3.5.5."
const T = "2.16.528.1.1007.99."

describe("a UZI name", () => {
  test("is read into its seven parts, and printed the same again", () => {
    const text = `${T}217-1-900016528-Z-90000382-01.015-01054321`
    const name = parseUziName(text)
    expect(name).toEqual({
      authorityOid: `${T}217`,
      version: "1",
      uziNumber: "900016528",
      passType: "Z",
      subscriberNumber: "90000382",
      roleCode: "01.015",
      agbCode: "01054321",
    })
    expect(name === undefined ? "" : printUziName(name)).toBe(text)
  })

  test.each([
    ["a UZI number of eight digits", `${P}2-1-12345678-Z-90000111-30.015-00000000`],
    ["a UZI number of one digit, short fields", `${P}5-1-0-S-00001-00.000-0`],
    ["a version of four digits", `${P}2-1252-111111111-N-90000111-01.015-00000000`],
    ["a pass type that does not exist", `${P}2-1-123456782-K-90000111-01.015-00000000`],
    ["three numbers", "14-41-44"],
    ["a user principal name", "12345678@90000111"],
    ["seven numbers", "0-1-2-3-4-5-6"],
    ["six parts", `${P}2-1-900016528-Z-90000382-01.015`],
    ["eight parts", `${P}2-1-900016528-Z-90000382-01.015-00000000-1`],
    ["a pass type in lower case", `${P}2-1-900016528-z-90000382-01.015-00000000`],
    ["a role without its dot", `${P}2-1-900016528-Z-90000382-01015-00000000`],
    ["a role with a digit short", `${P}2-1-900016528-Z-90000382-1.015-00000000`],
    ["a space before", ` ${P}2-1-900016528-Z-90000382-01.015-00000000`],
    ["a line feed after", `${P}2-1-900016528-Z-90000382-01.015-00000000\n`],
    ["a NUL after", `${P}2-1-900016528-Z-90000382-01.015-00000000\0`],
    ["a full-width digit", `${P}2-1-90001652８-Z-90000382-01.015-00000000`],
    [
      "an object identifier with a leading zero in an arc",
      "2.016.528-1-900016528-Z-90000382-01.015-00000000",
    ],
    ["nothing", ""],
    ["ten thousand characters", "2".repeat(10_000)],
  ])("is not %s", (_, text) => {
    expect(parseUziName(text)).toBeUndefined()
  })
})

describe("a role code", () => {
  const TODAY = Date.UTC(2026, 10, 22)

  test("falls under article 3 for exactly eleven professions", () => {
    const prefixes = [...PROFESSIONS.keys()].filter((prefix) => articleAt(`${prefix}.000`, TODAY) === "3")
    expect(prefixes.sort()).toEqual(["01", "02", "03", "04", "16", "17", "25", "30", "31", "81", "82"])
  })

  test.each([
    "01.000",
    "01.015",
    "30.076",
    "17.075",
    "25.061",
    "02.054",
    "31.000",
    "81.000",
    "16.000",
    "04.000",
    "03.000",
    "82.000",
  ])("%s falls under article 3", (roleCode) => {
    expect(articleAt(roleCode, TODAY)).toBe("3")
  })

  test("of an unknown specialism counts by its profession", () => {
    expect(articleAt("01.999", TODAY)).toBe("3")
  })

  test.each(Array.from({ length: 16 }, (_, i) => `${String(83 + i)}.000`))(
    "%s falls under article 34",
    (roleCode) => {
      expect(articleAt(roleCode, TODAY)).toBe("34")
    },
  )

  test.each(["79.000", "80.000"])("%s falls under article 36a", (roleCode) => {
    expect(articleAt(roleCode, TODAY)).toBe("36a")
  })

  test.each(["99.000", "00.000", "05.000", "32.000"])("%s falls under none", (roleCode) => {
    expect(articleAt(roleCode, TODAY)).toBe("none")
  })

  test.each([
    ["82.000", Date.UTC(2020, 5, 30, 23, 59, 59), "36a"],
    ["82.000", Date.UTC(2020, 6, 1), "3"],
    ["31.000", Date.UTC(2019, 11, 31), "none"],
    ["31.000", Date.UTC(2020, 0, 1), "3"],
    ["81.000", Date.UTC(2018, 8, 9), "36a"],
  ])("%s is judged by the day: %d", (roleCode, at, article) => {
    expect(articleAt(roleCode, at)).toBe(article)
  })

  test("has a name in Dutch and English", () => {
    expect(professionOf("30.065")).toMatchObject({ dutch: "verpleegkundige", english: "nurse" })
    expect(professionOf("05.000")).toBeUndefined()
  })
})
