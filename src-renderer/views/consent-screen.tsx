import type { ReactNode } from "react"
import { useDesk } from "../app/desk-context.ts"
import { PrimaryButton, SecondaryButton } from "../parts/buttons.tsx"
import { Facts } from "../parts/facts.tsx"
import { holderText } from "../parts/holder-text.ts"
import { ProblemNote } from "../parts/problem-note.tsx"
import { Question } from "../parts/question.tsx"
import type { ConsultProps } from "./consult-props.ts"
import { DeclineRepresentation } from "./decline-representation.tsx"

/** The patient's consent, and who will sign. */
export function ConsentScreen({ consult }: ConsultProps<"reviewing">): ReactNode {
  const { texts, door, act } = useDesk()
  const { signer, represented, warning } = consult
  return (
    <Question title={texts.consent.title} lead={texts.consent.lead}>
      <ul className="panel tell">
        {texts.consent.tell.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {represented && <p className="note is-warning">{texts.consent.representative}</p>}
      {warning !== undefined && <ProblemNote problem={warning} calm />}
      <div className="actions">
        <PrimaryButton
          disabled={signer === undefined}
          onPress={() => {
            act(door.giveConsent())
          }}
        >
          {texts.consent.yes}
        </PrimaryButton>
        <SecondaryButton
          onPress={() => {
            act(door.startNext())
          }}
        >
          {texts.consent.no}
        </SecondaryButton>
        <DeclineRepresentation represented={represented} />
      </div>
      <div className="below">
        <Facts
          facts={[
            {
              name: texts.consent.signer,
              value: signer === undefined ? texts.consent.waitForCard : holderText(signer, texts),
            },
          ]}
        />
      </div>
    </Question>
  )
}
