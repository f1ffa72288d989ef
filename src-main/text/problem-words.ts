import { reasonWords, type Language } from "../../src-protocol/reason-words.ts"
import type { RefusalReason } from "../../src-protocol/reasons.ts"
import type { DeskProblem, DeskProblemCode } from "../desk-problem.ts"
import { backendProblems as englishBackend } from "./en/backend-problems.ts"
import { cardProblems as englishCard } from "./en/card-problems.ts"
import { deskProblems as englishDesk } from "./en/desk-problems.ts"
import { refusalTitles as englishTitles } from "./en/refusal-titles.ts"
import { backendProblems as dutchBackend } from "./nl/backend-problems.ts"
import { cardProblems as dutchCard } from "./nl/card-problems.ts"
import { deskProblems as dutchDesk } from "./nl/desk-problems.ts"
import { refusalTitles as dutchTitles } from "./nl/refusal-titles.ts"
import type { ProblemText } from "./problem-text.ts"

const problemTexts: Readonly<Record<Language, Readonly<Record<DeskProblemCode, ProblemText>>>> = {
  nl: { ...dutchCard, ...dutchBackend, ...dutchDesk },
  en: { ...englishCard, ...englishBackend, ...englishDesk },
}
const refusalTitles: Readonly<Record<Language, Readonly<Record<RefusalReason, string>>>> = {
  nl: dutchTitles,
  en: englishTitles,
}

/** A problem's page in words; with a reason of the closed list, that reason's. */
export function textOf(
  { code, reason, heldBy }: Pick<DeskProblem, "code" | "reason" | "heldBy">,
  language: Language,
): ProblemText {
  const own = problemTexts[language][code]
  if (reason === undefined) return { ...own, sentence: joined(own.sentence, holderWords(heldBy, language)) }
  const refusal = textOfReason(reason, language)
  // What others refused speaks for itself; of its own judgement the desk says that nothing was sent.
  if (code !== "JUDGED_UNFIT") return refusal
  return { ...refusal, sentence: `${own.sentence} ${refusal.sentence}` }
}

/** The page of a refusal. The protocol's words for clinicians are always "cause: what to do". */
export function textOfReason(reason: RefusalReason, language: Language): ProblemText {
  const { clinician } = reasonWords[language][reason]
  const [cause = clinician, ...rest] = clinician.split(": ")
  const step = rest.join(": ")
  return {
    title: refusalTitles[language][reason],
    sentence: `${cause}.`,
    steps: step === "" ? [] : [step.charAt(0).toUpperCase() + step.slice(1)],
  }
}

/** All of it in one line, for the command line; with a reason of the closed list, that reason's words. */
export function wordsFor(problem: DeskProblem, language: Language): string {
  return joined(wordsWithoutTries(problem, language), triesWords(problem.triesLeft, language))
}

function wordsWithoutTries({ code, reason, heldBy }: DeskProblem, language: Language): string {
  const { sentence, steps } = textOf({ code, ...(heldBy === undefined ? {} : { heldBy }) }, language)
  if (reason === undefined) return [sentence, ...steps].join(" ")
  const cause = reasonWords[language][reason].clinician
  return code === "JUDGED_UNFIT" ? `${sentence} ${cause}` : cause
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" ")
}

/** The system tells which programs use cards, and not which of them has this one. */
function holderWords(heldBy: readonly string[] | undefined, language: Language): string {
  if (heldBy === undefined || heldBy.length === 0) return ""
  const names = heldBy.join(", ")
  return language === "nl" ? `Misschien is dat: ${names}.` : `It may be: ${names}.`
}

function triesWords(triesLeft: number | undefined, language: Language): string {
  if (triesLeft === undefined || triesLeft === 0) return ""
  if (language === "nl")
    return triesLeft === 1 ? "U hebt nog één poging." : `U hebt nog ${String(triesLeft)} pogingen.`
  return triesLeft === 1 ? "You have one try left." : `You have ${String(triesLeft)} tries left.`
}
