import { useEffect, useRef, type ReactNode } from "react"

interface Props {
  readonly title: string
  readonly lead?: string | undefined
  /** False where a field takes the focus instead. */
  readonly takesFocus?: boolean
  readonly children?: ReactNode
}

/** One question a screen, as its heading; a screen that appears hands its heading the focus. */
export function Question({ title, lead, takesFocus = true, children }: Props): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (takesFocus) heading.current?.focus()
  }, [takesFocus])
  return (
    <div className="question">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {lead !== undefined && <p className="lead">{lead}</p>}
      {children}
    </div>
  )
}
