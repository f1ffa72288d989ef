import { expect, type Page } from "@playwright/test"
import { TEXTS, type Texts } from "../../../src-renderer/text/texts.ts"

/** What a clinician does in the window, in the words that are on it. */
export interface DeskSteps {
  readonly texts: Texts
  signIn(pin: string): Promise<void>
  /** Types what the patient says, and looks it up. */
  enterCode(text: string): Promise<void>
  /** Agrees to the words, which must be the patient's. */
  agreeWords(words: readonly string[]): Promise<void>
  giveConsent(): Promise<void>
  sign(pin: string): Promise<void>
  readonly expectTitle: (title: string) => Promise<void>
}

/** By mouse or by keyboard; either way through what a clinician can see. */
export function deskSteps(window: Page, language: "nl" | "en"): DeskSteps {
  const texts = TEXTS[language]
  const press = async (name: string): Promise<void> => {
    await window.getByRole("main").getByRole("button", { name }).click()
  }
  const expectTitle = async (title: string): Promise<void> => {
    await expect(window.getByRole("heading", { level: 1 })).toHaveText(title, { timeout: 20_000 })
  }
  return {
    texts,
    expectTitle,
    async signIn(pin) {
      await window.getByLabel(texts.pin.label).fill(pin)
      await press(texts.signIn.submit)
      await expectTitle(texts.code.title)
    },
    async enterCode(text) {
      await window.getByRole("combobox", { name: texts.code.field }).fill(text)
      await press(texts.code.submit)
      await expectTitle(texts.comparing.title)
    },
    async agreeWords(words) {
      // The phones of these tests speak Dutch; a desk that got digits shows the words in its own language at first.
      await window.getByLabel(texts.comparing.language).selectOption("nl")
      await expect(window.locator(".read-back b")).toHaveText([...words])
      await press(texts.comparing.yes)
      await expectTitle(texts.consent.title)
    },
    async giveConsent() {
      await press(texts.consent.yes)
      await expectTitle(texts.sign.title)
    },
    async sign(pin) {
      await window.getByLabel(texts.pin.forSigning).fill(pin)
      await press(texts.sign.submit)
      await expectTitle(texts.following.title)
    },
  }
}
