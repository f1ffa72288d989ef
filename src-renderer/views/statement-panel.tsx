import type { ReactNode } from "react"
import type { StatementView } from "../../src-preload/desk-state.ts"
import { useDesk } from "../app/desk-context.ts"
import { holderText } from "../parts/holder-text.ts"

/** The bytes that will be signed, as the text that they are, and by whom. */
export function StatementPanel({ statement }: { readonly statement: StatementView }): ReactNode {
  const { texts } = useDesk()
  return (
    <div className="panel statement">
      <h2>{texts.sign.statement}</h2>
      <pre lang="en">{statement.text}</pre>
      <h2>{texts.sign.signer}</h2>
      <p>{holderText(statement.signer, texts)}</p>
    </div>
  )
}
