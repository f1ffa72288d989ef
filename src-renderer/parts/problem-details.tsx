import { useState, type ReactNode } from "react"
import type { ProblemView } from "../../src-preload/desk-state.ts"
import { useDesk } from "../app/desk-context.ts"
import { timeText } from "../app/times.ts"
import { QuietButton } from "./buttons.tsx"

/** What to do now, one thing a line, and a report for the help desk without anything of the patient. */
export function ProblemDetails({
  problem,
  saysWhy = false,
}: {
  readonly problem: ProblemView
  /** Where the heading of the screen is not the problem's own. */
  readonly saysWhy?: boolean
}): ReactNode {
  const { state, texts } = useDesk()
  const { title, sentence, steps, triesLeft, retryAt } = problem
  return (
    <div className="panel problem-details">
      {saysWhy && (
        <>
          <h2>{title}</h2>
          <p>{sentence}</p>
        </>
      )}
      <h2>{texts.problem.now}</h2>
      <ol>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {triesLeft !== undefined && <p>{texts.problem.triesLeft(triesLeft)}</p>}
      {retryAt !== undefined && <p>{texts.problem.retryAt(timeText(retryAt, state.language))}</p>}
      <CopyReport problem={problem} />
    </div>
  )
}

function CopyReport({ problem }: { readonly problem: ProblemView }): ReactNode {
  const { texts, door, announce } = useDesk()
  const [isCopied, setCopied] = useState(false)
  const copy = () => {
    void door.copyReport({ code: problem.code }).then((answered) => {
      setCopied(answered.ok)
      announce(answered.ok ? texts.problem.copied : answered.problem.sentence)
    })
  }
  return (
    <div className="report">
      <span className="numbers">{`${texts.problem.code}: ${problem.reason ?? problem.code}`}</span>
      <QuietButton onPress={copy}>{texts.problem.copy}</QuietButton>
      {isCopied && <span className="hint">{texts.problem.copied}</span>}
    </div>
  )
}
