import { reasonWords, type Language } from "../../src-protocol/reason-words.ts"
import type { DeskProblem, DeskProblemCode } from "../desk-problem.ts"
import { dutchProblemWords } from "./dutch-problem-words.ts"
import { englishProblemWords } from "./english-problem-words.ts"

const problemWords: Readonly<Record<Language, Readonly<Record<DeskProblemCode, string>>>> = {
  nl: dutchProblemWords,
  en: englishProblemWords,
}

/** What the clinician reads: what is the matter and what to do now; with a reason of the closed list, that reason's words. */
export function wordsFor(problem: DeskProblem, language: Language): string {
  const words = problem.reason === undefined ? problemWords[language][problem.code] : undefined
  const sentence = words ?? wordsForReason(problem, language)
  return [sentence, triesWords(problem.triesLeft, language)].filter((part) => part !== "").join(" ")
}

function wordsForReason({ code, reason }: DeskProblem, language: Language): string {
  const cause = reason === undefined ? "" : reasonWords[language][reason].clinician
  // What the backend refused speaks for itself; of its own judgement the desk says that nothing was sent.
  return code === "JUDGED_UNFIT" ? `${problemWords[language][code]} ${cause}` : cause
}

function triesWords(triesLeft: number | undefined, language: Language): string {
  if (triesLeft === undefined || triesLeft === 0) return ""
  if (language === "nl")
    return triesLeft === 1 ? "U hebt nog één poging." : `U hebt nog ${String(triesLeft)} pogingen.`
  return triesLeft === 1 ? "You have one try left." : `You have ${String(triesLeft)} tries left.`
}
