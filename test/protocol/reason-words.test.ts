import { describe, expect, test } from "vitest"
import { LANGUAGES, reasonWords, type Language } from "../../src-protocol/reason-words.ts"
import { PASSING_REASONS, REFUSAL_REASONS } from "../../src-protocol/reasons.ts"

const CASES = LANGUAGES.flatMap((language) =>
  REFUSAL_REASONS.map((reason) => ({ language, reason, words: reasonWords[language][reason] })),
)

/** What must not be said to a patient: words of the trade, and words that frighten. */
const NOT_FOR_PATIENTS: Readonly<Record<Language, RegExp>> = {
  nl: /certifica|hash|s\/mime|cms|algoritm|sleutel|intrekk|ongeldig|fraude|verdacht|gevaar|aanval|gestolen|nep|mislukt/i,
  en: /certifica|hash|s\/mime|cms|algorithm|\bkey|revo[ck]|invalid|fraud|suspic|danger|attack|stolen|fake|failed/i,
}
/** What says that nothing is lost and the app goes on. */
const BY_ITSELF: Readonly<Record<Language, RegExp>> = { nl: /vanzelf/, en: /by itself/ }

describe.each(CASES)("$reason in $language", ({ language, reason, words }) => {
  test.each(["clinician", "patient"] as const)(
    "is one sentence for a %s, with cause and next step",
    (reader) => {
      expect(words[reader]).toMatch(/^\p{Lu}[^.!?\n]+(:|;|,)[^.!?\n]+\.$/u)
      expect(words[reader].length).toBeLessThanOrEqual(150)
    },
  )

  test("is said to a patient without jargon and without alarm", () => {
    expect(words.patient).not.toMatch(NOT_FOR_PATIENTS[language])
    expect(words.patient).not.toContain(reason)
  })
})

describe.each(LANGUAGES)("in %s", (language) => {
  test("a clinician reads another sentence for each reason", () => {
    const sentences = REFUSAL_REASONS.map((reason) => reasonWords[language][reason].clinician)
    expect(new Set(sentences).size).toBe(REFUSAL_REASONS.length)
  })

  test("a patient is told of a reason that passes, and of no other, that the app goes on by itself", () => {
    for (const reason of REFUSAL_REASONS)
      expect(BY_ITSELF[language].test(reasonWords[language][reason].patient)).toBe(
        PASSING_REASONS.has(reason),
      )
  })
})

test("no Dutch sentence was left in English", () => {
  for (const reason of REFUSAL_REASONS)
    for (const reader of ["clinician", "patient"] as const)
      expect(reasonWords.nl[reason][reader]).not.toBe(reasonWords.en[reason][reader])
})
