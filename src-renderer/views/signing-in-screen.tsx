import type { ReactNode } from "react"
import { useDesk } from "../app/desk-context.ts"
import { Countdown } from "../parts/countdown.tsx"
import { Question } from "../parts/question.tsx"
import { CardChoice } from "./card-choice.tsx"
import type { ConsultProps } from "./consult-props.ts"

/** The card is asked for its signature on the session, or the reader for the PIN. */
export function SigningInScreen({ consult }: ConsultProps<"signing-in">): ReactNode {
  const { texts } = useDesk()
  const { card, pinPadUntil } = consult
  const words = pinPadUntil === undefined ? texts.signIn.working : texts.pad
  return (
    <Question title={words.title} lead={words.lead} key={words.title}>
      <CardChoice cards={[card]} chosen={card.id} onChoose={() => undefined} />
      {pinPadUntil === undefined ? (
        <div className="busy" aria-hidden="true" />
      ) : (
        <Countdown until={pinPadUntil} />
      )}
    </Question>
  )
}
