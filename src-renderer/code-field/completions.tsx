import type { ReactNode } from "react"
import { useDesk } from "../app/desk-context.ts"
import type { Completion } from "./understanding.ts"

interface Props {
  readonly id: string
  readonly completions: readonly Completion[]
  readonly active: number | undefined
  readonly onTake: (completion: Completion) => void
}

/** The name of an option, to which the field points while it is the active one. */
export function completionId(list: string, index: number): string {
  return `${list}-${index}`
}

/** The words that the last letters can become. The focus stays in the field; the arrows move through the list. */
export function Completions({ id, completions, active, onTake }: Props): ReactNode {
  const { texts } = useDesk()
  return (
    <div className="completions">
      <span aria-hidden="true">{texts.code.completions}</span>
      <ul id={id} role="listbox" aria-label={texts.code.completions}>
        {completions.map((completion, index) => (
          <li
            key={`${completion.language} ${completion.word}`}
            id={completionId(id, index)}
            role="option"
            lang={completion.language}
            aria-selected={index === active}
            onMouseDown={(event) => {
              // The field keeps its focus.
              event.preventDefault()
              onTake(completion)
            }}
          >
            {completion.word}
          </li>
        ))}
      </ul>
    </div>
  )
}
