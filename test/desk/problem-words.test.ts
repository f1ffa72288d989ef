import { describe, expect, test } from "vitest"
import { BackendError, TRANSPORT_PROBLEMS } from "../../src-main/backend/backend-error.ts"
import { CARD_PROBLEMS, CardError } from "../../src-main/card/card-error.ts"
import { DeskError, deskProblemOf, OWN_PROBLEMS, ownProblem } from "../../src-main/desk-problem.ts"
import { OutboxError } from "../../src-main/outbox/outbox-error.ts"
import { textOf, wordsFor } from "../../src-main/text/problem-words.ts"
import { parseCode } from "../../src-protocol/code.ts"
import { PROBLEM_CODES } from "../../src-protocol/problems.ts"
import { LANGUAGES, reasonWords } from "../../src-protocol/reason-words.ts"
import { REFUSAL_REASONS } from "../../src-protocol/reasons.ts"

describe("what the clinician reads", () => {
  test("is a whole sentence in each language, another one for each, without codes or jargon", () => {
    const codes = [...CARD_PROBLEMS, ...PROBLEM_CODES, ...OWN_PROBLEMS]
    for (const language of LANGUAGES) {
      for (const code of codes) {
        const words = wordsFor({ code, retriable: false, detail: "" }, language)
        expect(words).toMatch(/^\p{Lu}.*[.]$/u)
        expect(words).not.toMatch(/CKR_|HTTP|null|undefined|PKCS|\b[A-Z]+_[A-Z]+\b/)
      }
      expect(
        new Set(codes.map((code) => wordsFor({ code, retriable: false, detail: "" }, language))).size,
      ).toBe(codes.length)
    }
  })

  test("says the reason where there is one, and that nothing was sent where the desk itself refused", () => {
    for (const language of LANGUAGES) {
      for (const reason of REFUSAL_REASONS) {
        const { clinician } = reasonWords[language][reason]
        expect(wordsFor({ code: "refused", reason, retriable: false, detail: "" }, language)).toBe(clinician)
        const own = wordsFor(ownProblem("JUDGED_UNFIT", "", { reason }), language)
        expect(own).toContain(clinician)
        expect(own).toMatch(/niet verzonden|not sent/)
      }
    }
  })

  test("is on its page a title without a full stop, a sentence, and steps that are whole sentences", () => {
    for (const language of LANGUAGES) {
      const pages = [
        ...[...CARD_PROBLEMS, ...PROBLEM_CODES, ...TRANSPORT_PROBLEMS, ...OWN_PROBLEMS].map((code) =>
          textOf({ code }, language),
        ),
        ...REFUSAL_REASONS.map((reason) => textOf({ code: "refused", reason }, language)),
      ]
      for (const { title, sentence, steps } of pages) {
        expect(title).toMatch(/^\p{Lu}.{5,60}[^.:!]$/u)
        expect(sentence).toMatch(/^\p{Lu}.*[.]$/u)
        expect(sentence, "says more than its title").not.toBe(`${title}.`)
        expect(steps.length).toBeGreaterThan(0)
        for (const step of steps) expect(step).toMatch(/^\p{Lu}.*[.]$/u)
        expect([title, sentence, ...steps].join(" ")).not.toMatch(
          /CKR_|HTTP|null|undefined|PKCS|\b[A-Z]+_[A-Z]+\b/,
        )
      }
    }
  })

  test("says on the page of its own refusal that nothing was sent", () => {
    for (const language of LANGUAGES) {
      const { sentence } = textOf({ code: "JUDGED_UNFIT", reason: "certificate-expired" }, language)
      expect(sentence).toMatch(/niet verzonden|not sent/)
      expect(sentence).toMatch(/verlopen|expired/)
    }
  })

  test("says how many tries of the PIN are left, where the card knows", () => {
    const wrong = { code: "PIN_WRONG", retriable: true, detail: "" } as const
    expect(wordsFor({ ...wrong, triesLeft: 1 }, "nl")).toContain("nog één poging")
    expect(wordsFor({ ...wrong, triesLeft: 2 }, "en")).toContain("2 tries left")
    expect(wordsFor(wrong, "en")).not.toContain("left")
  })
})

describe("every layer's error becomes one problem", () => {
  test("of the card", () => {
    const error = new CardError("PIN_WRONG", "C_Login: CKR_PIN_INCORRECT", { triesLeft: 1 })
    expect(deskProblemOf(error)).toEqual({
      code: "PIN_WRONG",
      retriable: true,
      triesLeft: 1,
      detail: error.message,
    })
  })

  test("of the backend", () => {
    const error = new BackendError("revocation-unknown", "m", {
      reason: "revocation-unknown",
      retryAfterSeconds: 60,
    })
    expect(deskProblemOf(error)).toEqual({
      code: "revocation-unknown",
      reason: "revocation-unknown",
      retriable: true,
      retryAfterSeconds: 60,
      detail: "m",
    })
  })

  test("of the outbox, of a mistyped code, of the desk itself", () => {
    expect(deskProblemOf(new OutboxError("OUTBOX_UNWRITABLE", "m"))).toMatchObject({
      code: "OUTBOX_UNWRITABLE",
    })
    expect(deskProblemOf(new DeskError(ownProblem("OUT_OF_ORDER", "m")))).toMatchObject({
      code: "OUT_OF_ORDER",
    })
    expect(() => parseCode("123 456 78")).toThrow()
    try {
      parseCode("123 456 78")
    } catch (error) {
      const { code, detail, retriable } = deskProblemOf(error)
      expect({ code, retriable }).toEqual({ code: "CODE_MALFORMED", retriable: true })
      expect(detail).not.toContain("123")
    }
  })

  test("and of what nobody foresaw", () => {
    expect(deskProblemOf(new TypeError("x"))).toMatchObject({ code: "UNEXPECTED", retriable: false })
    expect(deskProblemOf("x")).toMatchObject({ code: "UNEXPECTED" })
  })
})
