import type { DeskLanguage } from "../../src-preload/desk-state.ts"

/** A birth date as it is typed. Day, or day and month, stay empty where nobody knows them. */
export interface TypedDate {
  readonly day: string
  readonly month: string
  readonly year: string
}

const UNKNOWN = "00"
const EARLIEST_YEAR = 1850

/**
 * What was typed as JJJJMMDD, 00 for what nobody knows; `undefined` for what can be no birth date at `now`. The backend
 * judges it again, by the same rule.
 */
export function birthDateOf(typed: TypedDate, now: number): string | undefined {
  const [day, month] = [twoDigits(typed.day), twoDigits(typed.month)]
  const year = typed.year.trim()
  if (day === undefined || month === undefined || !/^[0-9]{4}$/.test(year)) return undefined
  if (Number(year) < EARLIEST_YEAR || !isDay(Number(year), Number(month), Number(day))) return undefined
  const birthDate = `${year}${month}${day}`
  return birthDate <= todayOf(now) ? birthDate : undefined
}

function twoDigits(typed: string): string | undefined {
  const text = typed.trim()
  if (text === "") return UNKNOWN
  return /^[0-9]{1,2}$/.test(text) ? text.padStart(2, "0") : undefined
}

function isDay(year: number, month: number, day: number): boolean {
  if (month === 0) return day === 0
  return month <= 12 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}

function todayOf(now: number): string {
  const day = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Amsterdam" }).format(now)
  return day.replaceAll("-", "")
}

/** "1 september 1970", "september 1970", "1970": what is known of it. */
export function birthDateText(birthDate: string, language: DeskLanguage): string {
  const [year, month, day] = [birthDate.slice(0, 4), birthDate.slice(4, 6), birthDate.slice(6)]
  if (month === UNKNOWN) return year
  const at = Date.UTC(Number(year), Number(month) - 1, day === UNKNOWN ? 1 : Number(day))
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
    ...{ year: "numeric", month: "long", timeZone: "UTC" },
    ...(day === UNKNOWN ? {} : { day: "numeric" }),
  }).format(at)
}
