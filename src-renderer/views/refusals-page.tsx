import { useEffect, useState, type ReactNode } from "react"
import type { RefusedAttempt } from "../../src-preload/contract.ts"
import type { ProblemView } from "../../src-preload/desk-state.ts"
import { useDesk } from "../app/desk-context.ts"
import { momentText } from "../app/times.ts"
import { useNow } from "../app/use-now.ts"
import { PrimaryButton, QuietButton, SecondaryButton } from "../parts/buttons.tsx"
import { ProblemNote } from "../parts/problem-note.tsx"
import { Question } from "../parts/question.tsx"
import { EXCEPTIONS, type ExceptionNumber } from "../text/refusal-texts.ts"
import { CorrectBirthDate } from "./correct-birth-date.tsx"

/** The one exception that a wrong birth date in the dossier can be behind. */
const ABOUT_THE_BIRTH_DATE: ExceptionNumber = "Authorization interface Vertegenwoordiging 4"

/** Attempts at representation that were refused at the clinician's provider, and the way to correct a birth date. */
export function RefusalsPage(): ReactNode {
  const { state, openPage } = useDesk()
  const [dossier, setDossier] = useState<string>()
  const [said, setSaid] = useState<string>()
  const isOpen = state.session?.hasRepresentation === true
  useEffect(() => {
    // What was fetched for one clinician is not for whoever sits here next.
    if (!isOpen) openPage(undefined)
  }, [isOpen, openPage])
  if (!isOpen) return undefined
  if (dossier === undefined) return <Refusals said={said} onCorrect={setDossier} />
  return (
    <CorrectBirthDate
      dossier={dossier}
      onEnd={(sentence) => {
        setSaid(sentence)
        setDossier(undefined)
      }}
    />
  )
}

interface RefusalsProps {
  /** What was done just now. */
  readonly said: string | undefined
  /** With the reference of a dossier, or with none yet. */
  readonly onCorrect: (dossier: string) => void
}

function Refusals({ said, onCorrect }: RefusalsProps): ReactNode {
  const { texts, openPage } = useDesk()
  const { attempts, problem } = useRefusals(said)
  return (
    <Question title={texts.refusals.title} lead={texts.refusals.lead}>
      {said !== undefined && <p className="note is-good">{said}</p>}
      {problem !== undefined && <ProblemNote problem={problem} />}
      <div className="actions">
        <PrimaryButton
          onPress={() => {
            openPage(undefined)
          }}
        >
          {texts.problem.close}
        </PrimaryButton>
        <SecondaryButton
          onPress={() => {
            onCorrect("")
          }}
        >
          {texts.refusals.correct}
        </SecondaryButton>
      </div>
      {problem === undefined && <Attempts attempts={attempts} onCorrect={onCorrect} />}
    </Question>
  )
}

interface Fetched {
  readonly attempts?: readonly RefusedAttempt[]
  readonly problem?: ProblemView
}

/** Fetched each time the page is opened, and kept no longer than it is. */
function useRefusals(said: string | undefined): Fetched {
  const { door, texts, announce } = useDesk()
  const [fetched, setFetched] = useState<Fetched>({})
  useEffect(() => {
    void door.readRefusals().then((answered) => {
      setFetched(answered.ok ? { attempts: answered.answer } : { problem: answered.problem })
    })
  }, [door])
  const { attempts } = fetched
  useEffect(() => {
    if (attempts === undefined) return
    const { refusals } = texts
    const found = attempts.length === 0 ? refusals.empty : refusals.count(attempts.length)
    announce(said === undefined ? found : `${said} ${found}`)
  }, [attempts, said, texts, announce])
  return fetched
}

interface AttemptsProps extends Pick<RefusalsProps, "onCorrect"> {
  readonly attempts: readonly RefusedAttempt[] | undefined
}

function Attempts({ attempts, onCorrect }: AttemptsProps): ReactNode {
  const { texts } = useDesk()
  if (attempts === undefined) return <p className="hint">{texts.refusals.loading}</p>
  if (attempts.length === 0) return <p className="panel">{texts.refusals.empty}</p>
  return (
    <ul className="panel refusals">
      {attempts.map((attempt, index) => (
        // Two of one moment may be alike in everything.
        <Attempt key={`${attempt.refusedAt} ${index}`} attempt={attempt} onCorrect={onCorrect} />
      ))}
    </ul>
  )
}

interface AttemptProps extends Pick<RefusalsProps, "onCorrect"> {
  readonly attempt: RefusedAttempt
}

function Attempt({ attempt, onCorrect }: AttemptProps): ReactNode {
  const { state, texts } = useDesk()
  const now = useNow(60_000)
  const { refusals } = texts
  const { exception, refusedAt, dossier } = attempt
  const known = EXCEPTIONS.find((number) => number === exception)
  const which = dossier === undefined ? refusals.noDossier : refusals.dossier(dossier)
  return (
    <li>
      <p>{known === undefined ? refusals.otherException : refusals.exceptions[known]}</p>
      <p className="hint numbers">
        {[momentText(refusedAt, now, state.language, texts), which, exception].join(" · ")}
      </p>
      {dossier !== undefined && exception === ABOUT_THE_BIRTH_DATE && (
        <QuietButton
          onPress={() => {
            onCorrect(dossier)
          }}
        >
          {refusals.correctOf(dossier)}
        </QuietButton>
      )}
    </li>
  )
}
