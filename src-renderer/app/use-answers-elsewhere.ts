import { useEffect, useRef } from "react"
import type { ConsultInFlight } from "../../src-preload/desk-state.ts"
import type { Texts } from "../text/texts.ts"

/** Says that the phone of an earlier patient has answered, while another patient's consult is on screen. */
export function useAnswersElsewhere(
  inFlight: readonly ConsultInFlight[],
  texts: Texts,
  announce: (sentence: string) => void,
): void {
  const before = useRef(inFlight)
  useEffect(() => {
    const waited = before.current.filter(isWaiting).map(({ id }) => id)
    before.current = inFlight
    const answered = inFlight.filter(
      (consult) => waited.includes(consult.id) && !isWaiting(consult) && !consult.isCurrent,
    )
    const sentences = answered.map((consult) => texts.announce.elsewhere(outcomeOf(consult, texts)))
    if (sentences.length > 0) announce(sentences.join(" "))
  }, [inFlight, texts, announce])
}

function isWaiting({ status, problem }: ConsultInFlight): boolean {
  return status === "waiting" && problem === undefined
}

function outcomeOf({ status, problem }: ConsultInFlight, texts: Texts): string {
  return status === "waiting" ? (problem?.title ?? "") : texts.done[status].title
}
