import { ownProblem, type DeskProblem } from "../../src-main/desk-problem.ts"
import { showProblem, showRefusal } from "../../src-main/desk-window/show-problem.ts"
import type { ProblemView } from "../../src-preload/desk-state.ts"
import { NOW, type Language } from "./people.ts"

/** Problems in the product's own words, so that the pictures show whether these fit. */
const told = (found: Partial<DeskProblem> & Pick<DeskProblem, "code">, language: Language): ProblemView =>
  showProblem({ retriable: true, detail: "", ...found }, language, NOW)

export const pinWrong = (language: Language): ProblemView =>
  told({ code: "PIN_WRONG", triesLeft: 2 }, language)
export const noReader = (language: Language): ProblemView => told({ code: "NO_READER" }, language)
export const clock = (language: Language): ProblemView =>
  showProblem(ownProblem("CLOCK_DIFFERS", ""), language, NOW)
export const away = (language: Language, more: Partial<DeskProblem> = {}): ProblemView =>
  told({ code: "unreachable", ...more }, language)
export const refused = (language: Language): ProblemView => showRefusal("certificate-revoked", language)
export const notFound = (language: Language): ProblemView => told({ code: "not-found" }, language)
