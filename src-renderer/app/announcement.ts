import type { CardView, ConsultView, DeskState } from "../../src-preload/desk-state.ts"
import { STEP_NAMES, type Texts } from "../text/texts.ts"
import { stepOf } from "./consult-step.ts"

/** What a state says to who cannot see the screen; the heading, which has the focus, says the rest. */
export function announcementOf(
  { consult, cards }: Pick<DeskState, "consult" | "cards">,
  texts: Texts,
): string {
  switch (consult.is) {
    case "signed-out": {
      const because = consult.because === undefined ? [] : [texts.signIn.because[consult.because]]
      return [...because, cardsSentence(cards, texts)].join(" ")
    }
    case "signing-in":
      return consult.pinPadUntil === undefined ? texts.signIn.working.title : texts.pad.title
    case "looking-up":
      return texts.code.searching
    case "signing":
      return consult.pinPadUntil === undefined ? texts.working.signing : texts.pad.title
    case "judging":
    case "posting":
      return texts.working[consult.is]
    case "done": {
      const why = consult.problem === undefined ? [] : [consult.problem.title]
      return [texts.done[consult.outcome].title, ...why].join(". ")
    }
    case "problem":
      return consult.problem.sentence
    case "comparing":
      return `${texts.announce.found} ${stepSentence(consult, texts)}`
    case "ready":
    case "reviewing":
    case "entering-pin":
    case "following":
      return stepSentence(consult, texts)
  }
}

function stepSentence(consult: ConsultView, texts: Texts): string {
  const step = stepOf(consult)
  if (step === undefined) return ""
  return texts.announce.step(STEP_NAMES.indexOf(step) + 1, STEP_NAMES.length, texts.steps[step])
}

/** Whose card it is: the PIN field has the focus, so the name before it would be passed over. */
function cardsSentence(cards: readonly CardView[], texts: Texts): string {
  const [card, other] = cards
  if (card === undefined) return texts.signIn.leadNoCard
  if (other !== undefined) return texts.signIn.choose
  const { holder } = card
  return holder === undefined ? texts.signIn.reading : texts.announce.card(holder.name, holder.cardNumber)
}
