import type { ReactNode } from "react"
import { useDesk } from "../app/desk-context.ts"
import { Countdown } from "../parts/countdown.tsx"
import { Question } from "../parts/question.tsx"
import { Timeline, type Moment } from "../parts/timeline.tsx"
import type { ConsultProps } from "./consult-props.ts"
import { StatementPanel } from "./statement-panel.tsx"

const WORK = ["signing", "judging", "posting"] as const

/** The card signs, the desk judges its own package, and sends it: three calm steps, nothing to do. */
export function WorkingScreen({ consult }: ConsultProps<"signing" | "judging" | "posting">): ReactNode {
  const { texts } = useDesk()
  const { statement, pinPadUntil } = consult
  const isOnPad = consult.is === "signing" && pinPadUntil !== undefined
  const words = isOnPad ? texts.pad : texts.working
  const at = WORK.indexOf(consult.is)
  const moments = WORK.map((name, index): Moment => {
    return { text: texts.working[name], is: index < at ? "done" : index === at ? "now" : "waiting" }
  })
  return (
    <Question title={words.title} lead={words.lead} key={words.title}>
      <StatementPanel statement={statement} />
      <div className="panel">
        {isOnPad && <Countdown until={pinPadUntil} />}
        <Timeline moments={moments} />
      </div>
    </Question>
  )
}
