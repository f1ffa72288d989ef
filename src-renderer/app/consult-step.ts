import type { ConsultView, ProblemView } from "../../src-preload/desk-state.ts"
import type { ScriptStep, StepName } from "../text/texts.ts"

/** Which of the four steps a consult is at; none before it begins and where a problem stands in the way. */
export function stepOf(consult: ConsultView): StepName | undefined {
  switch (consult.is) {
    case "ready":
    case "looking-up":
      return "code"
    case "comparing":
    case "reviewing":
      return "words"
    case "entering-pin":
    case "signing":
    case "judging":
    case "posting":
      return "sign"
    case "following":
    case "done":
      return "answer"
    case "signed-out":
    case "signing-in":
    case "problem":
      return undefined
  }
}

/** What the patient sees, and what there is to say, in this state. */
export function scriptStepOf(consult: ConsultView): ScriptStep {
  switch (consult.is) {
    case "signed-out":
    case "signing-in":
      return "before"
    case "ready":
    case "looking-up":
      return "code"
    case "comparing":
      return "words"
    case "reviewing":
      return "consent"
    case "entering-pin":
    case "signing":
    case "judging":
    case "posting":
      return "signing"
    case "following":
      return "waiting"
    case "done":
      return consult.outcome === "confirmed" ? "done" : "stopped"
    case "problem":
      return consult.inOutbox ? "signing" : "stopped"
  }
}

/** Whether Ctrl+N leads on: the consult on screen is over, or goes on by itself. */
export function mayStartNext(consult: ConsultView): boolean {
  return consult.is === "following" || consult.is === "done" || consult.is === "problem"
}

/** A consult that is drawn in one place keeps this name: its screen and its focus stay. */
export function screenOf(consult: ConsultView): string {
  switch (consult.is) {
    case "looking-up":
      return "ready"
    case "judging":
    case "posting":
      return "signing"
    case "done":
      return `done-${consult.outcome}`
    case "problem":
      return `problem-${consult.problem.code}`
    case "signed-out":
    case "signing-in":
    case "ready":
    case "comparing":
    case "reviewing":
    case "entering-pin":
    case "signing":
    case "following":
      return consult.is
  }
}

/** The problem that the screen itself tells of, beside its field or as its page. */
export function problemOf(consult: ConsultView): ProblemView | undefined {
  return "problem" in consult ? consult.problem : undefined
}
