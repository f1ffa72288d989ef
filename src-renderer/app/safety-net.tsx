import { Component, type ReactNode } from "react"
import { TEXTS } from "../text/texts.ts"

interface Props {
  readonly children: ReactNode
}

/** What is left to say when the window itself is broken: in both languages, for nobody knows which. */
export class SafetyNet extends Component<Props, { readonly broken: boolean }> {
  override readonly state = { broken: false }

  static getDerivedStateFromError(): { readonly broken: boolean } {
    return { broken: true }
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children
    return (
      <main className="lost" role="alert">
        {[TEXTS.nl, TEXTS.en].map(({ lost }) => (
          <section key={lost.title}>
            <h1>{lost.title}</h1>
            <p>{lost.lead}</p>
          </section>
        ))}
      </main>
    )
  }
}
