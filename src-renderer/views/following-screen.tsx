import type { ReactNode } from "react"
import { useDesk } from "../app/desk-context.ts"
import { exactTimeText } from "../app/times.ts"
import { PrimaryButton } from "../parts/buttons.tsx"
import { Question } from "../parts/question.tsx"
import { Timeline } from "../parts/timeline.tsx"
import type { ConsultProps } from "./consult-props.ts"

/** Posted: the phone is at work, and the clinician may leave. */
export function FollowingScreen({ consult }: ConsultProps<"following">): ReactNode {
  const { state, texts, door, act } = useDesk()
  const words = texts.following
  const time = exactTimeText(consult.since, state.language)
  return (
    <Question title={words.title} lead={words.lead}>
      <div className="panel">
        <Timeline
          moments={[
            { text: words.signed, is: "done", time },
            { text: words.accepted, is: "done", time },
            { text: words.phone, is: "now" },
            { text: words.publication, is: "waiting" },
          ]}
        />
      </div>
      <div className="actions">
        <PrimaryButton
          onPress={() => {
            act(door.startNext())
          }}
        >
          {words.next}
        </PrimaryButton>
      </div>
    </Question>
  )
}
