import type { Instant } from "../../src-protocol/instant.ts"
import { PRODUCTION } from "../../src-protocol/uzi/environments.ts"
import type { TrustProfile } from "../../src-protocol/uzi/trust-profile.ts"
import { CardError, type CardProblem } from "./card-error.ts"
import { cardFitness } from "./card-fitness.ts"
import type { CardHost } from "./host/card-host.ts"
import type { Token } from "./host/host-messages.ts"
import { probeLinks, type ModuleFinding, type ProbeLink } from "./probe-links.ts"
import { readCard, type Card } from "./read-card.ts"
import { readerOfToken } from "./reader-of-token.ts"
import type { Readers } from "./readers.ts"

/** A card that the middleware shows. Which one is used the clinician says, never the program. */
export interface ProbedCard {
  readonly token: Token
  /** Absent where it could not be read. */
  readonly card?: Card
  readonly problem?: CardProblem
}

/** A card in a reader of which the middleware shows nothing. */
export interface UnreadCard {
  readonly reader: string
  readonly problem: CardProblem
  /** Programs that may be holding it; empty where nobody does, or the system does not tell. */
  readonly heldBy: readonly string[]
}

export interface Probe {
  readonly links: readonly ProbeLink[]
  readonly cards: readonly ProbedCard[]
  readonly unread: readonly UnreadCard[]
  readonly readers: Readers
}

export interface ProbeOptions {
  readonly host: CardHost
  readonly readers: Readers
  /** Absent where nobody has said whom to believe: then no card is foreign. */
  readonly trust: TrustProfile | undefined
  readonly at: Instant
}

/**
 * Looks along the whole line: service → reader → card → module → certificate. Asks for no PIN and never throws: what is
 * wrong is in the links and with the cards.
 */
export async function probe(options: ProbeOptions): Promise<Probe> {
  const { host, readers } = options
  const found = await findTokens(host)
  const cards: ProbedCard[] = []
  // One after the other: a module serves one question at a time.
  for (const token of found.tokens) cards.push(await probeCard(options, token))
  const unread = unreadCards(readers, found.tokens)
  const module = await moduleFinding(host, readers, found)
  return { links: probeLinks({ readers, module, cards, unread }), cards, unread, readers }
}

interface FoundTokens {
  readonly tokens: readonly Token[]
  readonly failure?: CardError
}

async function findTokens(host: CardHost): Promise<FoundTokens> {
  try {
    return { tokens: await host.listTokens() }
  } catch (error) {
    return { tokens: [], failure: asCardError(error) }
  }
}

async function moduleFinding(
  host: CardHost,
  { readers }: Readers,
  { tokens, failure }: FoundTokens,
): Promise<ModuleFinding> {
  if (failure !== undefined) return { problem: failure.code, detail: failure.message }
  const legible = readers.some(({ card }) => card?.state === "ready")
  if (tokens.length > 0 || !legible) return { detail: "it answers" }
  return await slotsFinding(host)
}

/** There is a card and no token: the module sees no reader at all, or does not know this kind of card. */
async function slotsFinding(host: CardHost): Promise<ModuleFinding> {
  try {
    const { slots, description } = await host.probe()
    if (slots === 0) return { problem: "MODULE_NO_SLOTS", detail: `${description} sees no reader` }
    return { problem: "CARD_UNREADABLE", detail: `${description} sees the reader and does not know the card` }
  } catch (error) {
    const { code, message } = asCardError(error)
    return { problem: code, detail: message }
  }
}

async function probeCard({ host, trust, at }: ProbeOptions, token: Token): Promise<ProbedCard> {
  try {
    const card = await readCard(host, token.serial, trust ?? NOBODY, at)
    const problem = cardFitness(card, trust?.environment, at)
    return { token, card, ...(problem === undefined ? {} : { problem }) }
  } catch (error) {
    return { token, problem: asCardError(error).code }
  }
}

const NOBODY: TrustProfile = {
  environment: PRODUCTION,
  anchors: [],
  issuingAuthorities: [],
  intermediates: [],
}

function unreadCards({ readers }: Readers, tokens: readonly Token[]): readonly UnreadCard[] {
  const names = readers.map(({ name, card }) => ({ name, occupied: card !== undefined }))
  const read = tokens.map(({ reader }) => readerOfToken({ description: reader, hardware: true }, names))
  return readers.flatMap(({ name, card }) =>
    card === undefined || read.includes(name)
      ? []
      : [{ reader: name, problem: PROBLEM_OF[card.state], heldBy: card.heldBy }],
  )
}

const PROBLEM_OF = { ready: "CARD_UNREADABLE", mute: "CARD_MUTE", held: "CARD_BUSY" } as const

function asCardError(error: unknown): CardError {
  if (error instanceof CardError) return error
  return new CardError("CARD_FAILED", error instanceof Error ? error.message : "unknown", { cause: error })
}
