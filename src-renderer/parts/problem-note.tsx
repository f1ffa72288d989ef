import type { ReactNode } from "react"
import type { ProblemView } from "../../src-preload/desk-state.ts"

/** A problem beside what it is about, and what to do now; its page is `views/problem-screen.tsx`. */
export function ProblemNote({
  problem,
  calm = false,
}: {
  readonly problem: ProblemView
  readonly calm?: boolean
}): ReactNode {
  return (
    <div className={calm ? "note is-warning" : "note is-bad"} role="alert">
      <strong>{problem.title}</strong>
      <p>{[problem.sentence, ...problem.steps].join(" ")}</p>
    </div>
  )
}
