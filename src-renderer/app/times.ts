import type { DeskLanguage } from "../../src-preload/desk-state.ts"
import type { Texts } from "../text/texts.ts"

const MINUTE = 60_000

/** "14:02", in the window's language and the computer's time zone. */
export function timeText(at: number, language: DeskLanguage): string {
  return new Intl.DateTimeFormat(locale(language), { hour: "2-digit", minute: "2-digit" }).format(at)
}

/** "14:02:31". */
export function exactTimeText(at: number, language: DeskLanguage): string {
  return new Intl.DateTimeFormat(locale(language), { timeStyle: "medium" }).format(at)
}

/** "31 maart 2028". */
export function dateText(at: number, language: DeskLanguage): string {
  return new Intl.DateTimeFormat(locale(language), { dateStyle: "long" }).format(at)
}

/** "vandaag 14:02", or with its date when that is another day. */
export function momentText(at: number, now: number, language: DeskLanguage, texts: Texts): string {
  if (dateText(at, language) === dateText(now, language)) return texts.found.today(timeText(at, language))
  return new Intl.DateTimeFormat(locale(language), { dateStyle: "medium", timeStyle: "short" }).format(at)
}

/** "3 uur 48 minuten"; never less than none. */
export function durationText(milliseconds: number, language: DeskLanguage): string {
  const minutes = Math.max(0, Math.floor(milliseconds / MINUTE))
  const hours = Math.floor(minutes / 60)
  const parts = [unitText(minutes % 60, "minute", language)]
  return (hours === 0 ? parts : [unitText(hours, "hour", language), ...parts]).join(" ")
}

function unitText(count: number, unit: "hour" | "minute", language: DeskLanguage): string {
  return new Intl.NumberFormat(locale(language), { style: "unit", unit, unitDisplay: "long" }).format(count)
}

/** British times for the English window: "14:02" and not "02:02 PM". */
function locale(language: DeskLanguage): string {
  return language === "en" ? "en-GB" : language
}
