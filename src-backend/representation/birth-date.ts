import type { Instant } from "../../src-protocol/instant.ts"

/*
 * `MedMij_geboortedatum` (RFC0075, ext.vert.authint.200): eight digits JJJJMMDD. Dutch registers hold dates whose day, or
 * day and month, nobody knows, with 00 in their place; those are well-formed and are compared as they are.
 */

const FORM = /^([0-9]{4})([0-9]{2})([0-9]{2})$/
/** Nobody who was born earlier can be represented today. */
const EARLIEST_YEAR = 1850
/** In the form JJJJMMDD, sixteen years are this much. */
const ONE_YEAR = 10_000

/** A birth date as it came or as a dossier holds it, or `undefined` for what can be none on `today` (JJJJMMDD). */
export function parseBirthDate(text: string, today: string): string | undefined {
  const [, year = "", month = "", day = ""] = FORM.exec(text) ?? []
  if (year === "" || Number(year) < EARLIEST_YEAR) return undefined
  if (!isDay(Number(year), Number(month), Number(day))) return undefined
  // Of a date that is known in part, the earliest day that it can be: then 00 is less than any.
  return text <= today ? text : undefined
}

function isDay(year: number, month: number, day: number): boolean {
  if (month === 0) return day === 0
  return month <= 12 && day <= daysIn(year, month)
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** The years that somebody has lived at least, whichever day it was where it is known in part. */
export function ageOn(birthDate: string, today: string): number {
  return Math.floor((Number(today) - Number(latestDay(birthDate))) / ONE_YEAR)
}

function latestDay(birthDate: string): string {
  const [, year = "", month = "", day = ""] = FORM.exec(birthDate) ?? []
  if (month === "00") return `${year}1231`
  if (day === "00") return `${year}${month}${daysIn(Number(year), Number(month))}`
  return birthDate
}

const DUTCH_DAY = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Amsterdam" })

/** The day in the Netherlands, JJJJMMDD: a child that was born there today is not born in the future. */
export function dutchDay(at: Instant): string {
  return DUTCH_DAY.format(new Date(at)).replaceAll("-", "")
}
