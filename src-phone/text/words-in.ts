import { REFUSAL_REASONS, type RefusalReason } from "../../src-protocol/reasons.ts"
import { reasonWords, type Language } from "../../src-protocol/reason-words.ts"
import type { Trouble } from "../phone-error.ts"
import { englishPhoneWords } from "./en.ts"
import { dutchPhoneWords } from "./nl.ts"
import type { PhoneWords } from "./phone-words.ts"

const WORDS: Readonly<Record<Language, PhoneWords>> = { nl: dutchPhoneWords, en: englishPhoneWords }

export function phoneWordsIn(language: Language): PhoneWords {
  return WORDS[language]
}

const REASONS: ReadonlySet<string> = new Set(REFUSAL_REASONS)

function isReason(trouble: Trouble): trouble is RefusalReason {
  return REASONS.has(trouble)
}

/** One plain sentence for the patient: what is the matter, and what to do. */
export function troubleSentence(trouble: Trouble, language: Language): string {
  return isReason(trouble) ? reasonWords[language][trouble].patient : WORDS[language].errors[trouble]
}
