import type { ReactNode } from "react"
import { useDesk } from "../app/desk-context.ts"
import { exactTimeText } from "../app/times.ts"
import { PrimaryButton } from "../parts/buttons.tsx"
import { ProblemDetails } from "../parts/problem-details.tsx"
import { Question } from "../parts/question.tsx"
import { Timeline, type Moment } from "../parts/timeline.tsx"
import type { ConsultProps } from "./consult-props.ts"

/** What came of it, in one sentence, and on to the next patient. */
export function DoneScreen({ consult }: ConsultProps<"done">): ReactNode {
  const { state, texts, door, act } = useDesk()
  const { outcome, problem, at } = consult
  const words = texts.done[outcome]
  const last: Moment = {
    text: words.step,
    is: outcome === "confirmed" ? "done" : "bad",
    time: exactTimeText(at, state.language),
  }
  const after: readonly Moment[] =
    outcome === "confirmed" ? [{ text: texts.following.publication, is: "waiting" }] : []
  return (
    <Question title={words.title} lead={words.lead}>
      {problem !== undefined && <ProblemDetails problem={problem} saysWhy />}
      <div className="actions">
        <PrimaryButton
          onPress={() => {
            act(door.startNext())
          }}
        >
          {texts.done.next}
        </PrimaryButton>
      </div>
      <div className="panel">
        <Timeline
          moments={[
            { text: texts.following.signed, is: "done" },
            { text: texts.following.accepted, is: "done" },
            last,
            ...after,
          ]}
        />
      </div>
    </Question>
  )
}
