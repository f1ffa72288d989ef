import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { expect, test } from "vitest"
import { dutchDay, parseBirthDate } from "../../src-backend/representation/birth-date.ts"
import { birthDateOf, birthDateText } from "../../src-renderer/app/birth-date.ts"
import { EXCEPTIONS } from "../../src-renderer/text/refusal-texts.ts"

const NOW = Date.parse("2026-11-22T23:30:00Z")

test.each([
  ["1", "9", "1970", "19700901"],
  ["01", "09", " 1970 ", "19700901"],
  ["29", "2", "1972", "19720229"],
  ["", "5", "1972", "19720500"],
  ["", "", "1972", "19720000"],
  // Just after midnight in the Netherlands: a child that was born there today.
  ["23", "11", "2026", "20261123"],
])("day %j, month %j, year %j is %s", (day, month, year, birthDate) => {
  expect(birthDateOf({ day, month, year }, NOW)).toBe(birthDate)
})

test.each([
  ["30", "2", "1970"],
  ["29", "2", "1970"],
  ["31", "", "1970"],
  ["1", "13", "1970"],
  ["1", "9", "70"],
  ["1", "9", ""],
  ["", "", "0000"],
  ["1", "1", "1849"],
  ["24", "11", "2026"],
  ["-1", "9", "1970"],
  ["1e1", "9", "1970"],
  ["１", "9", "1970"],
])("day %j, month %j, year %j can be no birth date", (day, month, year) => {
  expect(birthDateOf({ day, month, year }, NOW)).toBeUndefined()
})

test("the window takes every date that the backend takes, and not one more", () => {
  for (const year of ["1849", "1850", "1900", "1972", "2000", "2026", "2027"]) {
    for (let month = 0; month <= 13; month++) {
      for (let day = 0; day <= 32; day++) {
        const [mm, dd] = [month, day].map((number) => String(number).padStart(2, "0"))
        const text = `${year}${mm ?? ""}${dd ?? ""}`
        const typed = { day: String(day), month: String(month), year }
        expect([text, birthDateOf(typed, NOW)]).toEqual([text, parseBirthDate(text, dutchDay(NOW))])
      }
    }
  }
})

test("a date is shown in words, as far as it is known", () => {
  expect(birthDateText("19700901", "nl")).toBe("1 september 1970")
  expect(birthDateText("19700901", "en")).toBe("1 September 1970")
  expect(birthDateText("19720500", "nl")).toBe("mei 1972")
  expect(birthDateText("19720000", "en")).toBe("1972")
})

test("the window has words for every exception of the authorization server", async () => {
  const file = join(import.meta.dirname, "../../src-backend/representation/exceptions.json")
  const table: unknown = JSON.parse(await readFile(file, "utf8"))
  const numbers = JSON.stringify(table).matchAll(/"number":"([A-Z][^"]*)"/g)
  expect([...new Set([...numbers].map(([, number]) => number))].sort()).toEqual([...EXCEPTIONS].sort())
})
