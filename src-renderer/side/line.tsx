import type { ReactNode } from "react"
import { Button } from "react-aria-components"
import type { Link } from "../../src-preload/desk-state.ts"
import { useDesk } from "../app/desk-context.ts"

const MARKS: Readonly<Record<Link["status"], string>> = { ok: "✓", checking: "…", broken: "!", unknown: "·" }

/** The line from the card service to the backend; the link that is broken is red and explains itself. */
export function Line(): ReactNode {
  const { state, texts } = useDesk()
  return (
    <nav className="line" aria-label={texts.side.line}>
      <ul>
        {state.line.map((link) => (
          <li key={link.name}>
            <Chip link={link} />
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Chip({ link }: { readonly link: Link }): ReactNode {
  const { texts, openPage } = useDesk()
  const name = texts.side.links[link.name]
  return (
    <Button
      className={`chip is-${link.status}`}
      aria-label={`${name}: ${texts.side.linkStatus[link.status]}`}
      onPress={() => {
        openPage({ is: "link", name: link.name })
      }}
    >
      {name}
      <span aria-hidden="true">{MARKS[link.status]}</span>
    </Button>
  )
}
