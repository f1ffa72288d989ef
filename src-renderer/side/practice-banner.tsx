import type { ReactNode } from "react"
import { useDesk } from "../app/desk-context.ts"

/** Loud, and on every screen: nothing that is signed here is worth anything elsewhere. */
export function PracticeBanner(): ReactNode {
  const { state, texts } = useDesk()
  if (state.environment === "production") return undefined
  return (
    <header className="practice-banner">
      <strong>{texts.practiceBanner.what}</strong>
      <span>{texts.practiceBanner.cards}</span>
    </header>
  )
}
