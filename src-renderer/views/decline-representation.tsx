import type { ReactNode } from "react"
import { useDesk } from "../app/desk-context.ts"
import { SecondaryButton } from "../parts/buttons.tsx"

/** The clinician's own no, where somebody is represented: whatever was checked, nobody has to sign. */
export function DeclineRepresentation({ represented }: { readonly represented: boolean }): ReactNode {
  const { texts, door, act } = useDesk()
  if (!represented) return undefined
  return (
    <SecondaryButton
      onPress={() => {
        act(door.declineRepresentation())
      }}
    >
      {texts.found.decline}
    </SecondaryButton>
  )
}
