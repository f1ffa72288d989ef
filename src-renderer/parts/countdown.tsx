import { useEffect, type ReactNode } from "react"
import { ProgressBar } from "react-aria-components"
import { useDesk } from "../app/desk-context.ts"
import { useNow } from "../app/use-now.ts"

const SECOND = 1_000
/** As long as a reader waits for a PIN, most often. */
const WHOLE_SECONDS = 30
/** Said aloud only then: a voice that counts each second is in the way of typing. */
const SPOKEN_AT_SECONDS = 10

/** How long the reader still waits for the PIN. */
export function Countdown({ until }: { readonly until: number }): ReactNode {
  const { texts, announce } = useDesk()
  const now = useNow(SECOND)
  const seconds = Math.max(0, Math.ceil((until - now) / SECOND))
  const words = texts.pad.secondsLeft(seconds)
  useEffect(() => {
    if (seconds === SPOKEN_AT_SECONDS) announce(words)
  }, [seconds, words, announce])
  return (
    <ProgressBar
      className="countdown"
      aria-label={texts.pad.title}
      value={Math.min(seconds, WHOLE_SECONDS)}
      maxValue={WHOLE_SECONDS}
      valueLabel={words}
    >
      <progress aria-hidden="true" max={WHOLE_SECONDS} value={Math.min(seconds, WHOLE_SECONDS)} />
      <span className="numbers">{words}</span>
    </ProgressBar>
  )
}
