import { useState, type ReactNode, type SubmitEvent } from "react"
import { useDesk } from "../app/desk-context.ts"
import { CodeField } from "../code-field/code-field.tsx"
import { codeMessage } from "../code-field/code-message.ts"
import { useUnderstanding } from "../code-field/use-understanding.ts"
import { PrimaryButton } from "../parts/buttons.tsx"
import { ProblemNote } from "../parts/problem-note.tsx"
import { Question } from "../parts/question.tsx"
import type { ConsultProps } from "./consult-props.ts"

/** The patient's code, and its look-up. */
export function CodeScreen({ consult }: ConsultProps<"ready" | "looking-up">): ReactNode {
  const { texts, door } = useDesk()
  const isBusy = consult.is === "looking-up"
  const [text, setText] = useState(consult.is === "ready" ? consult.typed : consult.code)
  const input = useUnderstanding(door, text)
  const lookUp = useLookUp()
  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!isBusy) lookUp(text)
  }
  return (
    <Question title={texts.code.title} lead={texts.code.lead} takesFocus={false}>
      <form onSubmit={onSubmit} autoComplete="off">
        <CodeField
          text={text}
          input={input}
          isBusy={isBusy}
          onText={setText}
          onScanned={() => {
            lookUp(text)
          }}
        >
          {consult.is === "ready" && consult.problem !== undefined && (
            <ProblemNote problem={consult.problem} />
          )}
        </CodeField>
        <div className="actions">
          <PrimaryButton submits disabled={isBusy}>
            {texts.code.submit}
          </PrimaryButton>
        </div>
      </form>
    </Question>
  )
}

/** A scanner's Enter comes before the answer about its last letter: so it is asked once more, and then looked up. */
function useLookUp(): (text: string) => void {
  const { texts, door, act, noteWay, announce } = useDesk()
  return (text) => {
    void door.understand({ text }).then((answered) => {
      const input = answered.ok ? answered.answer : undefined
      if (input !== undefined && input.is !== "code") announce(codeMessage(input, texts))
      else {
        if (input?.is === "code") noteWay(input.way)
        act(door.lookUp({ text }))
      }
    })
  }
}
