import type { ReactNode } from "react"
import { mayStartNext } from "../app/consult-step.ts"
import { useDesk } from "../app/desk-context.ts"
import { QuietButton } from "../parts/buttons.tsx"
import { InFlight } from "./in-flight.tsx"
import { Line } from "./line.tsx"
import { NewConsult } from "./new-consult.tsx"
import { Who } from "./who.tsx"

/** The left column: who signs, whether everything works, and what is still under way. */
export function SidePanel({ onPractise }: { readonly onPractise: () => void }): ReactNode {
  const { state, texts, openPage, door, act } = useDesk()
  const waiting = state.outbox.waiting.length
  return (
    <aside className="side" aria-label={texts.side.label}>
      <Who />
      <Line />
      <InFlight />
      <div className="side-end">
        {(waiting > 0 || state.outbox.damaged > 0) && (
          <QuietButton
            onPress={() => {
              openPage({ is: "outbox" })
            }}
          >
            <span className="dot is-warning" aria-hidden="true" />
            {texts.side.outbox(waiting)}
          </QuietButton>
        )}
        {state.session?.hasRepresentation === true && (
          <QuietButton
            onPress={() => {
              openPage({ is: "refusals" })
            }}
          >
            {texts.refusals.open}
          </QuietButton>
        )}
        {state.environment === "test" && (
          <QuietButton onPress={onPractise}>{texts.side.practise}</QuietButton>
        )}
        <div className="side-row">
          <QuietButton
            onPress={() => {
              openPage({ is: "settings" })
            }}
          >
            {texts.side.settings}
          </QuietButton>
          <QuietButton
            disabled={state.session === undefined}
            onPress={() => {
              act(door.signOut())
            }}
          >
            {texts.side.lock}
            <kbd aria-hidden="true">{texts.keys.control} L</kbd>
          </QuietButton>
        </div>
        <NewConsult disabled={!mayStartNext(state.consult)} />
      </div>
    </aside>
  )
}
