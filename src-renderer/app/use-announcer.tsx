import { useCallback, useEffect, useState, type ReactNode } from "react"

/**
 * One live region for the whole window, always there: one that appears together with its text is not read out. Each
 * sentence is an element of its own, so that one that is said a second time is read a second time.
 */
export function useAnnouncer(ofState: string): {
  readonly announce: (sentence: string) => void
  region: ReactNode
} {
  const [said, setSaid] = useState({ sentence: "", count: 0 })
  const announce = useCallback((sentence: string) => {
    setSaid(({ count }) => ({ sentence, count: count + 1 }))
  }, [])
  useEffect(() => {
    announce(ofState)
  }, [ofState, announce])
  return {
    announce,
    region: (
      <p className="for-ears" role="status" aria-live="polite" aria-atomic="true">
        <span key={said.count}>{said.sentence}</span>
      </p>
    ),
  }
}
