import type { ReactNode } from "react"
import type { SessionView } from "../../src-preload/desk-state.ts"
import { useDesk } from "../app/desk-context.ts"
import { timeText } from "../app/times.ts"

/** Who is signed in, with which card: always in sight, so that nobody signs with another person's card. */
export function Who(): ReactNode {
  const { state, texts } = useDesk()
  if (state.session !== undefined) return <SignedIn session={state.session} />
  return (
    <div className="who">
      <strong>{texts.side.nobody}</strong>
      {state.cards.length === 0 && <span>{texts.side.nobodyHint}</span>}
    </div>
  )
}

function SignedIn({ session }: { readonly session: SessionView }): ReactNode {
  const { state, texts } = useDesk()
  const { side } = texts
  const { holder } = session
  const place = holder.organisation === undefined ? "" : ` · ${holder.organisation}`
  const until = side.signedInUntil(timeText(session.expiresAt, state.language))
  return (
    <div className="who">
      <strong>{holder.name}</strong>
      <span>{`${holder.profession}${place}`}</span>
      <span className="numbers">{`${side.card(holder.cardNumber)} · ${until}`}</span>
      <span className="numbers">{side.authorised(session.authorisedSinceLastSignIn)}</span>
    </div>
  )
}
