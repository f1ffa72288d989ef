import { dutchReasonWords } from "./reason-words-dutch.ts"
import { englishReasonWords } from "./reason-words-english.ts"
import type { RefusalReason } from "./reasons.ts"

/** The languages in which the parties speak to people. */
export const LANGUAGES = ["nl", "en"] as const
export type Language = (typeof LANGUAGES)[number]

/** One sentence each: what is the matter, and what to do now. */
export interface ReasonWords {
  readonly clinician: string
  readonly patient: string
}

/** A reason without words in one of the languages does not compile. */
export const reasonWords: Readonly<Record<Language, Readonly<Record<RefusalReason, ReasonWords>>>> = {
  nl: dutchReasonWords,
  en: englishReasonWords,
}
