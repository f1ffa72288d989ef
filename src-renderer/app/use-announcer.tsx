import { useCallback, useEffect, useState, type ReactNode } from "react"

/** One live region for the whole window, always there: one that appears together with its text is not read out. */
export function useAnnouncer(ofState: string): {
  readonly announce: (sentence: string) => void
  region: ReactNode
} {
  const [sentence, setSentence] = useState("")
  useEffect(() => {
    setSentence(ofState)
  }, [ofState])
  const announce = useCallback((next: string) => {
    setSentence(next)
  }, [])
  return {
    announce,
    region: (
      <p className="for-ears" role="status" aria-live="polite" aria-atomic="true">
        {sentence}
      </p>
    ),
  }
}
