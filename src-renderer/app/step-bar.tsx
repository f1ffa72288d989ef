import type { ReactNode } from "react"
import { STEP_NAMES, type StepName } from "../text/texts.ts"
import { useDesk } from "./desk-context.ts"

/** Where the consult is: four steps, always there, so that nothing jumps. */
export function StepBar({ current }: { readonly current: StepName | undefined }): ReactNode {
  const { texts } = useDesk()
  const at = current === undefined ? -1 : STEP_NAMES.indexOf(current)
  return (
    <ol className="steps" aria-label={texts.steps.label}>
      {STEP_NAMES.map((name, index) => (
        <li
          key={name}
          className={index < at ? "is-done" : index === at ? "is-now" : ""}
          aria-current={index === at ? "step" : undefined}
        >
          {texts.steps[name]}
        </li>
      ))}
    </ol>
  )
}
