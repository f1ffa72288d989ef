import type { ReactNode } from "react"
import { useDesk } from "../app/desk-context.ts"
import { PrimaryButton, SecondaryButton } from "../parts/buttons.tsx"
import { ProblemDetails } from "../parts/problem-details.tsx"
import { Question } from "../parts/question.tsx"
import type { ConsultProps } from "./consult-props.ts"

/** A problem has one page: what it is, what to do now, and the way on. */
export function ProblemScreen({ consult }: ConsultProps<"problem">): ReactNode {
  const { texts } = useDesk()
  const { problem, inOutbox } = consult
  return (
    <Question title={problem.title} lead={problem.sentence}>
      {inOutbox && <p className="note is-good">{texts.problem.inOutbox}</p>}
      <ProblemDetails problem={problem} />
      <div className="actions">{problem.retriable ? <RetryFirst /> : <BackOnly />}</div>
    </Question>
  )
}

function RetryFirst(): ReactNode {
  const { texts, door, act } = useDesk()
  return (
    <>
      <PrimaryButton
        onPress={() => {
          act(door.retry())
        }}
      >
        {texts.problem.retry}
      </PrimaryButton>
      <SecondaryButton
        onPress={() => {
          act(door.goBack())
        }}
      >
        <BackWords />
      </SecondaryButton>
    </>
  )
}

function BackOnly(): ReactNode {
  const { door, act } = useDesk()
  return (
    <PrimaryButton
      onPress={() => {
        act(door.goBack())
      }}
    >
      <BackWords />
    </PrimaryButton>
  )
}

function BackWords(): ReactNode {
  const { state, texts } = useDesk()
  return state.session === undefined ? texts.problem.toSignIn : texts.problem.back
}
