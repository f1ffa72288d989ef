import type { ReactNode } from "react"
import { useDesk } from "../app/desk-context.ts"
import { SecondaryButton } from "./buttons.tsx"

interface Props {
  readonly onSure: () => void
  readonly children?: ReactNode
}

/** Before the last try, and before anything is typed: one more wrong PIN blocks the card. Enter alone does not go on. */
export function FinalTry({ onSure, children }: Props): ReactNode {
  const { texts } = useDesk()
  return (
    <div className="pin">
      <div className="note is-warning" role="alert">
        <strong>{texts.pin.lastTry.title}</strong>
        <p>{texts.pin.lastTry.lead}</p>
      </div>
      <div className="actions">
        <SecondaryButton onPress={onSure}>{texts.pin.lastTryYes}</SecondaryButton>
        {children}
      </div>
    </div>
  )
}
