import type { ReactNode } from "react"
import { Button } from "react-aria-components"
import { scriptStepOf } from "../app/consult-step.ts"
import { useDesk } from "../app/desk-context.ts"
import { CallScript } from "./call-script.tsx"
import { PhonePicture } from "./phone-picture.tsx"

interface Props {
  readonly folded: boolean
  readonly onFold: (folded: boolean) => void
}

/** The right column: what the patient sees now, what to say, and what is often asked. Folds away. */
export function PatientPanel({ folded, onFold }: Props): ReactNode {
  const { state, texts } = useDesk()
  const script = texts.script[scriptStepOf(state.consult)]
  return (
    <aside className="patient" aria-label={texts.patient.label}>
      <Button
        className="button is-quiet fold"
        aria-expanded={!folded}
        {...(folded ? { "aria-label": texts.patient.unfold } : {})}
        onPress={() => {
          onFold(!folded)
        }}
      >
        <span aria-hidden="true" className="fold-mark" />
        {!folded && <span>{texts.patient.fold}</span>}
        {!folded && <kbd aria-hidden="true">F1</kbd>}
      </Button>
      {!folded && (
        <div className="patient-content">
          <CallScript script={script} />
          <PhonePicture lines={script.phone} />
        </div>
      )}
    </aside>
  )
}
