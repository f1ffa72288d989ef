import type { ReactNode } from "react"

export interface Moment {
  readonly text: string
  readonly is: "done" | "now" | "waiting" | "bad"
  readonly time?: string
}

const MARKS: Readonly<Record<Moment["is"], string>> = { done: "✓", now: "", waiting: "", bad: "!" }

/** What has happened, what happens now and what is still to come, in order. */
export function Timeline({ moments }: { readonly moments: readonly Moment[] }): ReactNode {
  return (
    <ol className="timeline">
      {moments.map(({ text, is, time }) => (
        <li key={text} className={`is-${is}`} aria-current={is === "now" ? "step" : undefined}>
          <span className="mark" aria-hidden="true">
            {MARKS[is]}
          </span>
          <span>{text}</span>
          {time !== undefined && <span className="numbers time">{time}</span>}
        </li>
      ))}
    </ol>
  )
}
