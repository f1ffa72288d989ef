import { useState, type KeyboardEvent, type ReactNode } from "react"
import type { ProblemView } from "../../src-preload/desk-state.ts"
import { birthDateText, type TypedDate } from "../app/birth-date.ts"
import { useDesk } from "../app/desk-context.ts"
import { timeText } from "../app/times.ts"
import { PrimaryButton, SecondaryButton } from "../parts/buttons.tsx"
import { Facts } from "../parts/facts.tsx"
import { ProblemNote } from "../parts/problem-note.tsx"
import { Question } from "../parts/question.tsx"
import { BirthDateForm } from "./birth-date-form.tsx"

export interface Correction {
  readonly dossier: string
  /** JJJJMMDD. */
  readonly birthDate: string
}

interface Props {
  readonly dossier: string
  /** With what was done, or with nothing. */
  readonly onEnd: (sentence?: string) => void
}

/** A birth date is typed, then shown once more in words, and only then corrected. What was typed is gone with the page. */
export function CorrectBirthDate({ dossier, onEnd }: Props): ReactNode {
  const [typed, setTyped] = useState<TypedDate & { readonly dossier: string }>({
    ...{ dossier, day: "", month: "", year: "" },
  })
  const [correction, setCorrection] = useState<Correction>()
  const back = () => {
    if (correction === undefined) onEnd()
    else setCorrection(undefined)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return
    // One step, not the whole page.
    event.preventDefault()
    back()
  }
  return (
    <div onKeyDown={onKeyDown}>
      {correction === undefined ? (
        <BirthDateForm typed={typed} onTyped={setTyped} onNext={setCorrection} onBack={back} />
      ) : (
        <Sure correction={correction} onBack={back} onDone={onEnd} />
      )}
    </div>
  )
}

interface SureProps {
  readonly correction: Correction
  readonly onBack: () => void
  readonly onDone: (sentence: string) => void
}

function Sure({ correction, onBack, onDone }: SureProps): ReactNode {
  const { texts } = useDesk()
  const { sure, kept, yes, back } = texts.correction
  const { isBusy, problem, correct } = useCorrect(correction, onDone)
  return (
    <Question title={sure.title} lead={sure.lead}>
      <div className="panel">
        <Facts facts={useFactsOf(correction)} />
        <p className="hint">{kept}</p>
      </div>
      {problem !== undefined && <ProblemNote problem={problem} />}
      <div className="actions">
        <PrimaryButton disabled={isBusy} onPress={correct}>
          {yes}
        </PrimaryButton>
        <SecondaryButton onPress={onBack}>{back}</SecondaryButton>
      </div>
    </Question>
  )
}

function useFactsOf({ dossier, birthDate }: Correction) {
  const { state, texts } = useDesk()
  const { correction } = texts
  const known = birthDateText(birthDate, state.language)
  const unknown = birthDate.endsWith("0000")
    ? ` (${correction.dayAndMonthUnknown})`
    : birthDate.endsWith("00")
      ? ` (${correction.dayUnknown})`
      : ""
  return [
    { name: correction.dossier, value: dossier },
    { name: correction.birthDate, value: `${known}${unknown}` },
  ]
}

function useCorrect(correction: Correction, onDone: (sentence: string) => void) {
  const { state, texts, door } = useDesk()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ProblemView>()
  const correct = () => {
    setBusy(true)
    setProblem(undefined)
    void door.correctBirthDate({ ...correction }).then((answered) => {
      setBusy(false)
      if (!answered.ok) setProblem(answered.problem)
      else onDone(texts.correction.done(correction.dossier, timeText(answered.answer, state.language)))
    })
  }
  return { isBusy, problem, correct }
}
