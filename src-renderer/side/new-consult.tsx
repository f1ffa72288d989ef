import type { ReactNode } from "react"
import { useDesk } from "../app/desk-context.ts"
import { SecondaryButton } from "../parts/buttons.tsx"

/** On to the next patient, also while the last one's phone is still busy. */
export function NewConsult({ disabled }: { readonly disabled: boolean }): ReactNode {
  const { texts, door, act } = useDesk()
  return (
    <SecondaryButton
      disabled={disabled}
      onPress={() => {
        act(door.startNext())
      }}
    >
      {texts.side.newConsult}
      <kbd aria-hidden="true">{texts.keys.control} N</kbd>
    </SecondaryButton>
  )
}
