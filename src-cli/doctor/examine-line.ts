import type { CardProblem } from "../../src-main/card/card-error.ts"
import type { Probe } from "../../src-main/card/probe.ts"
import type { LinkName, ProbeLink } from "../../src-main/card/probe-links.ts"
import type { Readers } from "../../src-main/card/readers.ts"
import { wordsFor } from "../../src-main/text/problem-words.ts"
import { note, right, wrong, type Finding } from "./finding.ts"

/** The links of those names, as the desk's own line shows them; what is behind a broken one is left out. */
export function examineLine(
  links: readonly ProbeLink[],
  names: readonly LinkName[],
  only?: ProbeLink["is"],
): readonly Finding[] {
  return links
    .filter(({ link, is }) => names.includes(link) && is !== "unknown" && (only ?? is) === is)
    .map(({ link, problem, detail }) => (problem === undefined ? right(link, detail) : broken(link, problem)))
}

/** Cards that the module shows nothing of. */
export function examineUnread({ unread }: Pick<Probe, "unread">): readonly Finding[] {
  return unread.map(({ reader, problem, heldBy }) =>
    wrong(`card in ${reader}`, problem, words(problem, heldBy)),
  )
}

/** What the service tells, where no module was named: worth knowing, and not wrong on a machine without cards. */
export function examineReaders({ service, readers }: Readers): readonly Finding[] {
  if (service !== "running") return [note("card service", `it is ${service}`, "it is needed for a real card")]
  if (readers.length === 0) return [note("reader", "none is connected")]
  return readers.map(({ name, card }) => {
    const holds = card === undefined ? "empty" : `holds a card (${card.known}, ${card.state})`
    return right("reader", `${name}: ${holds}`)
  })
}

function broken(what: string, problem: CardProblem): Finding {
  return wrong(what, problem, words(problem))
}

function words(code: CardProblem, heldBy: readonly string[] = []): string {
  return wordsFor({ code, retriable: false, detail: "", heldBy }, "en")
}
