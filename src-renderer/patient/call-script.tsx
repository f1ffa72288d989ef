import type { ReactNode } from "react"
import { useDesk } from "../app/desk-context.ts"
import type { ScriptText } from "../text/texts.ts"

/** What to say at this step, and the answers to what patients often ask. */
export function CallScript({ script }: { readonly script: ScriptText }): ReactNode {
  const { texts } = useDesk()
  return (
    <section aria-label={texts.patient.say}>
      <h2>{texts.patient.say}</h2>
      {script.say.map((sentence) => (
        <p key={sentence} className="say">
          “{sentence}”
        </p>
      ))}
      <h2>{texts.patient.asked}</h2>
      {script.questions.map(({ asked, answer }) => (
        <details key={asked}>
          <summary>{asked}</summary>
          <p>{answer}</p>
        </details>
      ))}
    </section>
  )
}
