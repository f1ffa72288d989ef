import { useId, useRef, useState, type ReactNode, type SubmitEvent } from "react"
import { birthDateOf, type TypedDate } from "../app/birth-date.ts"
import { useDesk } from "../app/desk-context.ts"
import { PrimaryButton, SecondaryButton } from "../parts/buttons.tsx"
import { Question } from "../parts/question.tsx"
import type { Correction } from "./correct-birth-date.tsx"

type Typed = TypedDate & { readonly dossier: string }

interface Props {
  readonly typed: Typed
  readonly onTyped: (typed: Typed) => void
  readonly onNext: (correction: Correction) => void
  readonly onBack: () => void
}

/** As the backend has it. */
const DOSSIER = /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/
const PARTS = ["day", "month", "year"] as const

/** Which dossier, and which date. What cannot be right is said here, before anything is sent. */
export function BirthDateForm({ typed, onTyped, onNext, onBack }: Props): ReactNode {
  const { texts, announce } = useDesk()
  const { correction } = texts
  const [wrong, setWrong] = useState<"dossier" | "date">()
  const form = useRef<HTMLFormElement>(null)
  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const dossier = typed.dossier.trim()
    const birthDate = birthDateOf(typed, Date.now())
    if (DOSSIER.test(dossier) && birthDate !== undefined) {
      onNext({ dossier, birthDate })
      return
    }
    const isDossier = !DOSSIER.test(dossier)
    setWrong(isDossier ? "dossier" : "date")
    announce(isDossier ? correction.wrongDossier : correction.wrongDate)
    form.current?.querySelector<HTMLElement>(`[name=${isDossier ? "dossier" : "day"}]`)?.focus()
  }
  const change = (part: keyof Typed) => (text: string) => {
    setWrong(undefined)
    onTyped({ ...typed, [part]: text })
  }
  return (
    <Question title={correction.title} lead={correction.lead}>
      <form ref={form} className="panel correction" onSubmit={onSubmit} autoComplete="off">
        <Field
          {...{ name: "dossier", label: correction.dossier, value: typed.dossier, longest: 40 }}
          hint={wrong === "dossier" ? correction.wrongDossier : correction.dossierHint}
          isWrong={wrong === "dossier"}
          onText={change("dossier")}
        />
        <fieldset aria-describedby="birth-date-hint">
          <legend>{correction.birthDate}</legend>
          <div className="date">
            {PARTS.map((part) => (
              <Field
                key={part}
                {...{ name: part, label: correction[part], value: typed[part], isNumber: true }}
                longest={part === "year" ? 4 : 2}
                isWrong={wrong === "date"}
                onText={change(part)}
              />
            ))}
          </div>
          <p id="birth-date-hint" className={wrong === "date" ? "hint is-bad" : "hint"}>
            {wrong === "date" ? correction.wrongDate : correction.birthDateHint}
          </p>
        </fieldset>
        <div className="actions">
          <PrimaryButton submits>{correction.next}</PrimaryButton>
          <SecondaryButton onPress={onBack}>{correction.back}</SecondaryButton>
        </div>
      </form>
    </Question>
  )
}

interface FieldProps {
  readonly name: string
  readonly label: string
  readonly value: string
  readonly longest: number
  readonly isNumber?: boolean
  readonly isWrong: boolean
  readonly hint?: string
  readonly onText: (text: string) => void
}

function Field({
  name,
  label,
  value,
  longest,
  isNumber = false,
  isWrong,
  hint,
  onText,
}: FieldProps): ReactNode {
  const id = useId()
  return (
    <p className="field">
      <label htmlFor={id}>{label}</label>
      <input
        {...{ id, name, value, maxLength: longest, autoComplete: "off", spellCheck: false }}
        inputMode={isNumber ? "numeric" : "text"}
        size={isNumber ? longest + 1 : 20}
        aria-invalid={isWrong}
        {...(hint === undefined ? {} : { "aria-describedby": `${id}-hint` })}
        onChange={(event) => {
          onText(event.target.value)
        }}
      />
      {hint !== undefined && (
        <span className={isWrong ? "hint is-bad" : "hint"} id={`${id}-hint`}>
          {hint}
        </span>
      )}
    </p>
  )
}
