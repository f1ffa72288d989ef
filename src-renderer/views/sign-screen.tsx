import type { ReactNode } from "react"
import type { PinView } from "../../src-preload/desk-state.ts"
import { useDesk } from "../app/desk-context.ts"
import { SecondaryButton } from "../parts/buttons.tsx"
import { PinForm } from "../parts/pin-form.tsx"
import { ProblemNote } from "../parts/problem-note.tsx"
import { Question } from "../parts/question.tsx"
import type { ConsultProps } from "./consult-props.ts"
import { StatementPanel } from "./statement-panel.tsx"

/** What will be signed, literally, and the one PIN. */
export function SignScreen({ consult }: ConsultProps<"entering-pin">): ReactNode {
  const { texts, door, act } = useDesk()
  const { statement, pin, problem, warning } = consult
  const isPinTyped = !pin.pinPad && pin.state !== "locked"
  return (
    <Question title={texts.sign.title} lead={texts.sign.lead} takesFocus={!isPinTyped}>
      <StatementPanel statement={statement} />
      {warning !== undefined && <ProblemNote problem={warning} calm />}
      {problem !== undefined && <ProblemNote problem={problem} />}
      <div className="panel">
        <PinForm
          key={formOf(pin)}
          pin={pin}
          label={texts.pin.forSigning}
          submit={texts.sign.submit}
          submitOnPad={texts.pin.padStart}
          onEntered={(entered) => {
            act(door.sign(entered))
          }}
        >
          <SecondaryButton
            onPress={() => {
              act(door.startNext())
            }}
          >
            {texts.sign.stop}
          </SecondaryButton>
        </PinForm>
      </div>
    </Question>
  )
}

/** After a wrong PIN the field stays the same one: what is being typed must not be lost when the card's tries become known. */
function formOf({ state }: PinView): string {
  return state === "low" ? "ok" : state
}
