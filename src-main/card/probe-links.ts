import type { CardProblem } from "./card-error.ts"
import type { ProbedCard, UnreadCard } from "./probe.ts"
import type { CardService, Readers } from "./readers.ts"

/** The line from the computer's service to the backend; the connection is the desk's own to look at. */
export const LINK_NAMES = ["service", "reader", "card", "module", "certificate", "connection"] as const
export type LinkName = (typeof LINK_NAMES)[number]

export interface ProbeLink {
  readonly link: LinkName
  /** `unknown` behind a broken link: nobody can see further. */
  readonly is: "ok" | "broken" | "unknown"
  /** Of a broken one. */
  readonly problem?: CardProblem
  /** Of a card that another program holds, where the system tells: programs that may be it. */
  readonly heldBy?: readonly string[]
  /** For the developer and the help desk; nothing of a person. */
  readonly detail: string
}

/** What is known of the module: a problem, or that it answers. */
export interface ModuleFinding {
  readonly problem?: CardProblem
  readonly detail: string
}

export interface Findings {
  readonly readers: Readers
  readonly module: ModuleFinding
  readonly cards: readonly ProbedCard[]
  readonly unread: readonly UnreadCard[]
}

/** The links from `service` to `certificate`, each ok, broken by a problem, or unknown. */
export function probeLinks(findings: Findings): readonly ProbeLink[] {
  const { module, cards } = findings
  // A token that is no card in a reader, as those of SoftHSM, needs neither service nor reader.
  if (cards.length > 0 && !findings.readers.readers.some(({ card }) => card !== undefined)) {
    const needless = "the token is in no reader"
    return [ok("service", needless), ok("reader", needless), ok("card", needless), ...behindCard(findings)]
  }
  const service = serviceLink(findings.readers.service)
  const reader = service.is === "ok" ? readerLink(findings.readers) : unknown("reader")
  const card = reader.is === "ok" ? cardLink(findings) : unknown("card")
  // The module can be looked at whatever becomes of the rest, and is the first thing that a help desk asks about.
  if (card.is !== "ok") return [service, reader, card, moduleLink(module), unknown("certificate")]
  return [service, reader, card, ...behindCard(findings)]
}

const SERVICE_PROBLEMS: Readonly<Record<Exclude<CardService, "starting" | "running">, CardProblem>> = {
  missing: "SERVICE_MISSING",
  stopped: "SERVICE_STOPPED",
  unresponsive: "SERVICE_UNRESPONSIVE",
}

function serviceLink(service: CardService): ProbeLink {
  if (service === "running") return ok("service", "it runs")
  if (service === "starting") return unknown("service")
  return broken("service", SERVICE_PROBLEMS[service], `the PC/SC service is ${service}`)
}

function readerLink({ readers }: Readers): ProbeLink {
  if (readers.length === 0) return broken("reader", "NO_READER", "the service knows no reader")
  return ok("reader", readers.map(({ name }) => name).join(", "))
}

function cardLink({ readers: { readers }, unread }: Findings): ProbeLink {
  const occupied = readers.filter(({ card }) => card !== undefined)
  if (occupied.length === 0) return broken("card", "NO_TOKEN", "no reader holds a card")
  if (occupied.some(({ card }) => card?.state === "ready")) return ok("card", `${String(occupied.length)} in`)
  const [first] = unread
  if (first === undefined) return ok("card", `${String(occupied.length)} in`)
  const link = broken("card", first.problem, `the card in ${first.reader} cannot be talked to`)
  return { ...link, ...(first.heldBy.length === 0 ? {} : { heldBy: first.heldBy }) }
}

function behindCard({ module, cards }: Findings): readonly ProbeLink[] {
  const link = moduleLink(module)
  return [link, link.is === "ok" ? certificateLink(cards) : unknown("certificate")]
}

function moduleLink({ problem, detail }: ModuleFinding): ProbeLink {
  return problem === undefined ? ok("module", detail) : broken("module", problem, detail)
}

function certificateLink(cards: readonly ProbedCard[]): ProbeLink {
  const fit = cards.filter(({ problem }) => problem === undefined).length
  if (fit > 0) return ok("certificate", `${String(fit)} of ${String(cards.length)} cards can sign`)
  const problem = cards.find((card) => card.problem !== undefined)?.problem
  return problem === undefined
    ? unknown("certificate")
    : broken("certificate", problem, "no card in a reader can sign")
}

function ok(link: LinkName, detail: string): ProbeLink {
  return { link, is: "ok", detail }
}

function broken(link: LinkName, problem: CardProblem, detail: string): ProbeLink {
  return { link, is: "broken", problem, detail }
}

function unknown(link: LinkName): ProbeLink {
  return { link, is: "unknown", detail: "not to be seen yet" }
}
