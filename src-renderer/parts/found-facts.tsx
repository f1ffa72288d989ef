import type { ReactNode } from "react"
import { useDesk } from "../app/desk-context.ts"
import { durationText, momentText, timeText } from "../app/times.ts"
import { useNow } from "../app/use-now.ts"
import { Facts } from "./facts.tsx"

interface Props {
  readonly registeredAt: number
  readonly expiresAt: number
  readonly represented: boolean
}

/** When the disclosure was registered, how long it is valid, and for whom it is. */
export function FoundFacts({ registeredAt, expiresAt, represented }: Props): ReactNode {
  const { state, texts } = useDesk()
  const now = useNow(10_000)
  const { found } = texts
  const until = timeText(expiresAt, state.language)
  return (
    <Facts
      facts={[
        { name: found.registered, value: momentText(registeredAt, now, state.language, texts) },
        {
          name: found.validFor,
          value: found.validUntil(until, durationText(expiresAt - now, state.language)),
        },
        { name: found.forWhom, value: represented ? found.representative : found.patient },
      ]}
    />
  )
}
