import type { ReactNode } from "react"
import { useDesk } from "../app/desk-context.ts"

/** A picture of the patient's phone: what it says now, never what is secret on it. */
export function PhonePicture({ lines }: { readonly lines: readonly string[] }): ReactNode {
  const { texts } = useDesk()
  return (
    <section aria-label={texts.patient.sees}>
      <h2>{texts.patient.sees}</h2>
      <div className="phone">
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
      <p className="hint">{texts.patient.mayStop}</p>
    </section>
  )
}
