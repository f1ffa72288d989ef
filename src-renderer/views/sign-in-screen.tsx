import { useState, type ReactNode } from "react"
import type { CardView } from "../../src-preload/desk-state.ts"
import { useDesk } from "../app/desk-context.ts"
import { PinForm } from "../parts/pin-form.tsx"
import { ProblemNote } from "../parts/problem-note.tsx"
import { Question } from "../parts/question.tsx"
import { CardChoice } from "./card-choice.tsx"
import type { ConsultProps } from "./consult-props.ts"

/** Signed out: whose card it is, and its PIN. With several cards the clinician chooses, never the program. */
export function SignInScreen({ consult }: ConsultProps<"signed-out">): ReactNode {
  const { state, texts } = useDesk()
  const { cards } = state
  const [chosenId, choose] = useState<string>()
  const chosen = cards.length === 1 ? cards[0] : cards.find(({ id }) => id === chosenId)
  const lead = cards.length === 0 ? texts.signIn.leadNoCard : texts.signIn.lead
  return (
    <Question
      title={texts.signIn.title}
      lead={lead}
      takesFocus={cards.length !== 1 || chosen === undefined || !isUsable(chosen)}
    >
      {consult.because !== undefined && <p className="note">{texts.signIn.because[consult.because]}</p>}
      {consult.problem !== undefined && <ProblemNote problem={consult.problem} />}
      {cards.length > 0 && <CardChoice cards={cards} chosen={chosen?.id} onChoose={choose} />}
      {chosen !== undefined && <CardPin key={chosen.id} card={chosen} isOnly={cards.length === 1} />}
    </Question>
  )
}

function CardPin({ card, isOnly }: { readonly card: CardView; readonly isOnly: boolean }): ReactNode {
  const { texts, door, act } = useDesk()
  if (card.problem !== undefined) return <ProblemNote problem={card.problem} />
  if (!isUsable(card)) return undefined
  return (
    <div className="panel">
      <PinForm
        pin={card.pin}
        label={texts.pin.label}
        takesFocus={isOnly}
        submit={texts.signIn.submit}
        submitOnPad={texts.signIn.onPad}
        onEntered={(entered) => {
          act(door.signIn({ card: card.id, ...entered }))
        }}
      />
    </div>
  )
}

function isUsable(card: CardView): boolean {
  return card.problem === undefined && card.holder !== undefined
}
