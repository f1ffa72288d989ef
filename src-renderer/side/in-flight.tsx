import type { ReactNode } from "react"
import { Button } from "react-aria-components"
import type { ConsultInFlight } from "../../src-preload/desk-state.ts"
import { useDesk } from "../app/desk-context.ts"
import { timeText } from "../app/times.ts"

const DOTS: Readonly<Record<ConsultInFlight["status"], string>> = {
  waiting: "is-waiting",
  confirmed: "is-good",
  refused: "is-bad",
  withdrawn: "is-waiting",
  expired: "is-warning",
  returned: "is-warning",
}

/** The consults whose phone has still to answer, and those that ended since the clinician last looked. */
export function InFlight(): ReactNode {
  const { state, texts } = useDesk()
  return (
    <section
      className={state.inFlight.length === 0 ? "in-flight is-empty" : "in-flight"}
      aria-label={texts.side.inFlight}
    >
      <h2>{texts.side.inFlight}</h2>
      {state.inFlight.length === 0 && <p className="hint">{texts.side.noneInFlight}</p>}
      <ul>
        {state.inFlight.map((consult) => (
          <Row key={consult.id} consult={consult} />
        ))}
      </ul>
    </section>
  )
}

function Row({ consult }: { readonly consult: ConsultInFlight }): ReactNode {
  const { state, texts, door, act } = useDesk()
  const { id, status, at, isCurrent } = consult
  const words = texts.side.status[status]
  const time = timeText(at, state.language)
  return (
    <li className={isCurrent ? "is-current" : ""}>
      <Button
        className="consult-row"
        aria-current={isCurrent}
        onPress={() => {
          act(door.openConsult({ id }))
        }}
      >
        <span className={`dot ${DOTS[status]}`} aria-hidden="true" />
        <span>{words}</span>
        <span className="numbers">{isCurrent ? texts.side.current : time}</span>
      </Button>
      {status !== "waiting" && !isCurrent && (
        <Button
          className="dismiss"
          aria-label={`${texts.side.dismiss}: ${words}, ${time}`}
          onPress={() => {
            act(door.dismissConsult({ id }))
          }}
        >
          ×
        </Button>
      )}
    </li>
  )
}
