import type { ReactNode } from "react"
import { useDesk } from "../app/desk-context.ts"
import { PrimaryButton, SecondaryButton } from "../parts/buttons.tsx"
import { FoundFacts } from "../parts/found-facts.tsx"
import { ProblemNote } from "../parts/problem-note.tsx"
import { Question } from "../parts/question.tsx"
import type { ConsultProps } from "./consult-props.ts"
import { DeclineRepresentation } from "./decline-representation.tsx"
import { ReadBackLanguage } from "./read-back-language.tsx"

/** The two words, bigger than anything else, and the question that makes the patient say them. */
export function ComparingScreen({ consult }: ConsultProps<"comparing">): ReactNode {
  const { texts, door, act } = useDesk()
  const { readBack, warning, signer, represented } = consult
  const lead = represented ? texts.comparing.leadRepresented : texts.comparing.lead
  return (
    <Question title={texts.comparing.title} lead={lead}>
      <div className="panel">
        <p className="read-back" lang={readBack.language} dir="auto">
          {readBack.words.map((word) => (
            <b key={word}>{word}</b>
          ))}
        </p>
        {readBack.own !== undefined && (
          <p className="own-words">
            {texts.comparing.own}: <b>{readBack.own.join(" · ")}</b>
          </p>
        )}
        <p className="say">
          <span>{texts.comparing.ask}: </span>
          <q lang={readBack.language} dir="auto">
            {readBack.question}
          </q>
        </p>
      </div>
      <div className="actions">
        <PrimaryButton
          onPress={() => {
            act(door.agreeWords())
          }}
        >
          {texts.comparing.yes}
        </PrimaryButton>
        <SecondaryButton
          onPress={() => {
            act(door.denyWords())
          }}
        >
          {texts.comparing.no}
        </SecondaryButton>
        <DeclineRepresentation represented={represented} />
      </div>
      {warning !== undefined && <ProblemNote problem={warning} calm />}
      <div className="below">
        <FoundFacts {...consult} />
        <ReadBackLanguage current={readBack.language} />
        <p className="hint">{signer === undefined ? texts.comparing.checkingCard : ""}</p>
      </div>
    </Question>
  )
}
