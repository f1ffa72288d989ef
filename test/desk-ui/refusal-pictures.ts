import type { Page } from "@playwright/test"
import { TEXTS } from "../../src-renderer/text/texts.ts"
import { EXCEPTIONS } from "../../src-renderer/text/refusal-texts.ts"
import { desk, type Picture } from "./gallery.ts"
import { minutesFromNow, session, type Language } from "./people.ts"

const REFUSALS = EXCEPTIONS.slice(2).map((exception, index) => ({
  exception,
  refusedAt: minutesFromNow(-7 - 400 * index),
  ...(index % 2 === 0 ? { dossier: `D-${String(17 + index)}` } : {}),
}))
const opened = {
  state: (language) =>
    desk(
      language,
      { is: "ready", typed: "" },
      { session: { ...session(language), hasRepresentation: true } },
    ),
  pressed: { nl: TEXTS.nl.refusals.open, en: TEXTS.en.refusals.open },
} as const satisfies Picture

async function toForm(page: Page, language: Language): Promise<void> {
  const { refusals, correction } = TEXTS[language]
  await page.getByRole("button", { name: refusals.correct, exact: true }).click()
  await page.getByLabel(correction.dossier).fill("D-17")
  await page.getByLabel(correction.year).fill("1970")
}

async function toSure(page: Page, language: Language): Promise<void> {
  const { correction } = TEXTS[language]
  await toForm(page, language)
  await page.getByLabel(correction.month).fill("9")
  await page.getByLabel(correction.day).fill("1")
  await page.keyboard.press("Enter")
  await page.getByRole("heading", { level: 1, name: correction.sure.title }).waitFor()
}

/** The provider's side of representation. */
export const REFUSAL_PICTURES: Readonly<Record<string, Picture>> = {
  "page-refusals": { ...opened, answers: { readRefusals: REFUSALS } },
  "page-refusals-empty": { ...opened, answers: { readRefusals: [] } },
  "page-correction": { ...opened, answers: { readRefusals: [] }, done: toForm },
  "page-correction-wrong": {
    ...opened,
    answers: { readRefusals: [] },
    done: async (page, language) => {
      await toForm(page, language)
      await page.getByLabel(TEXTS[language].correction.day).fill("31")
      await page.keyboard.press("Enter")
    },
  },
  "page-correction-sure": { ...opened, answers: { readRefusals: [] }, done: toSure },
  "page-correction-done": {
    ...opened,
    answers: { readRefusals: REFUSALS.slice(0, 2), correctBirthDate: minutesFromNow(0) },
    done: async (page, language) => {
      await toSure(page, language)
      await page.keyboard.press("Enter")
      await page.locator(".note.is-good").waitFor()
    },
  },
}
