import type { Page } from "@playwright/test"
import { answerCall, understandAs } from "./fake-door.ts"
import type { Picture } from "./gallery.ts"
import type { Language } from "./people.ts"

/** Brings an opened window to what the picture shows. */
export async function showPicture(
  page: Page,
  { typed, pressed, answers = {}, done }: Picture,
  language: Language,
): Promise<void> {
  for (const [name, answer] of Object.entries(answers)) await answerCall(page, name, answer)
  if (typed !== undefined) {
    await understandAs(page, typed.understood)
    await page.getByRole("combobox").first().fill(typed.text)
    await page.locator(".understood:not(:empty), .hint.is-bad, .hint").first().waitFor()
  }
  if (pressed !== undefined) {
    await page.getByRole("button", { name: pressed[language] }).click()
    await page.locator("[data-screen^=page-], .lesson").waitFor()
  }
  await done?.(page, language)
}
