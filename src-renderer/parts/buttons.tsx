import type { ReactNode } from "react"
import { Button } from "react-aria-components"
import { useDesk } from "../app/desk-context.ts"

interface Props {
  readonly children: ReactNode
  readonly onPress?: () => void
  readonly disabled?: boolean
}

interface PrimaryProps extends Props {
  /** Belongs to the form around it, which Enter in a field sends as well. */
  readonly submits?: boolean
}

/** The one thing that Enter does on this screen. */
export function PrimaryButton({
  children,
  onPress,
  disabled = false,
  submits = false,
}: PrimaryProps): ReactNode {
  const { texts } = useDesk()
  return (
    <Button
      className="button is-primary"
      data-primary
      type={submits ? "submit" : "button"}
      isDisabled={disabled}
      {...(onPress === undefined ? {} : { onPress })}
    >
      {children}
      <kbd aria-hidden="true">{texts.keys.enter}</kbd>
    </Button>
  )
}

/** Anything else that can be done. */
export function SecondaryButton({ children, onPress, disabled = false }: Props): ReactNode {
  return (
    <Button
      className="button is-secondary"
      isDisabled={disabled}
      {...(onPress === undefined ? {} : { onPress })}
    >
      {children}
    </Button>
  )
}

/** Something small at the side. */
export function QuietButton({ children, onPress, disabled = false }: Props): ReactNode {
  return (
    <Button className="button is-quiet" isDisabled={disabled} {...(onPress === undefined ? {} : { onPress })}>
      {children}
    </Button>
  )
}
