import type { Instant } from "../../src-protocol/instant.ts"
import type { DeskLanguage, Link, LinkName } from "../../src-preload/desk-state.ts"
import { TRANSPORT_PROBLEMS } from "../backend/backend-error.ts"
import { CardError, type CardProblem } from "../card/card-error.ts"
import type { Token } from "../card/host/host-messages.ts"
import type { CardWatcher } from "../card/card-watcher.ts"
import type { Probe, ProbedCard, ProbeOptions } from "../card/probe.ts"
import type { ProbeLink } from "../card/probe-links.ts"
import { readerOfToken } from "../card/reader-of-token.ts"
import type { ReaderCard, Readers } from "../card/readers.ts"
import type { DeskOptions } from "../consult/desk.ts"
import { deskProblemOf, type DeskProblem } from "../desk-problem.ts"
import { otherEnvironment } from "./card-environment.ts"
import { holderOf, type KnownCard } from "./show-card.ts"
import { showProblem } from "./show-problem.ts"

export interface LiveLineOptions extends Pick<DeskOptions, "cardHost" | "crypto" | "trust" | "clock"> {
  readonly readers: Pick<CardWatcher, "now" | "subscribe">
  /** Looks along the line from service to certificate; never throws. */
  readonly probe: (options: ProbeOptions) => Promise<Probe>
  /** Asks the backend whether it is there; throws what keeps it from answering. */
  readonly reach: () => Promise<void>
  readonly onChange: () => void
  /** A card left its reader: said at once, before anybody has looked which one it was. */
  readonly onCardRemoved: (isOf: (token: Token) => boolean) => void
}

type Found = Pick<ProbeLink, "link" | "is"> & { readonly problem?: DeskProblem }

const CARD_LINKS: readonly LinkName[] = ["service", "reader", "card", "module", "certificate"]

/** The line from card service to backend, and the cards in the readers: looked at anew whenever a reader tells of something. */
export class LiveLine {
  readonly #options: LiveLineOptions
  readonly #unsubscribe: () => void
  #links: readonly Found[] = CARD_LINKS.map((link) => ({ link, is: "unknown" }))
  #cards: readonly KnownCard[] = []
  #connection: Found | undefined
  #looking: Promise<void> | undefined
  #again = false
  #stopped = false
  #sawHeldCard = false
  readonly #reading = new Set<string>()

  constructor(options: LiveLineOptions) {
    this.#options = options
    this.#unsubscribe = options.readers.subscribe((event) => {
      if (event.is === "card-removed" || event.is === "reader-removed") this.#removed(event.reader)
      if (event.is === "card-inserted") this.#inserted(event.reader)
      if (event.is === "card-changed") this.#changed(event.card)
      void this.look()
      options.onChange()
    })
  }

  /** Reading a card takes seconds: meanwhile the window shows that there is one, and no longer that there is none. */
  #inserted(reader: string): void {
    this.#reading.add(reader)
    this.#links = this.#links.map((found) =>
      found.link === "card" || found.link === "certificate" ? { link: found.link, is: "unknown" } : found,
    )
  }

  /**
   * A module may wait long for a card that another program holds: that is said before. A program that nobody can name may be
   * our own module, at work.
   */
  #changed({ state, heldBy }: ReaderCard): void {
    if (state !== "held" || heldBy.length === 0) return
    this.#links = this.#links.map((found) =>
      found.link === "card"
        ? { link: "card", is: "broken", problem: cardProblem("CARD_BUSY", heldBy) }
        : found,
    )
  }

  /** A module that gives its slots names of its own is told by the look that follows. */
  #removed(reader: string): void {
    const { readers, onCardRemoved } = this.#options
    this.#reading.delete(reader)
    const others = readers.now.readers.map(({ name, card }) => ({ name, occupied: card !== undefined }))
    const before = [{ name: reader, occupied: true }, ...others.filter(({ name }) => name !== reader)]
    const isOf = (token: Token): boolean =>
      readerOfToken({ description: token.reader, hardware: false }, before) === reader
    // At once: nobody is to type a PIN beside the name of a card that is gone.
    this.#cards = this.#cards.filter(({ token }) => !isOf(token))
    onCardRemoved(isOf)
  }

  get cards(): readonly KnownCard[] {
    return this.#cards
  }

  /** The readers whose card was put in and is still being read. */
  get reading(): readonly string[] {
    const known = new Set(this.#cards.map(({ token }) => token.reader))
    return [...this.#reading].filter((reader) => !known.has(reader))
  }

  /** The card that was looked at last under this serial number. */
  card(serial: string): KnownCard | undefined {
    return this.#cards.find(({ token }) => token.serial === serial)
  }

  /** Whether all cards could be looked at, so that one which is not among them is really gone. */
  get knowsCards(): boolean {
    // A held card is not seen by the module; nor had it been at the last look, when it was given back since.
    if (this.#sawHeldCard || isHeld(this.#options.readers.now)) return false
    return this.#links.every(({ link, is }) => !["service", "module"].includes(link) || is === "ok")
  }

  /** Whether something of the card was found amiss that may pass without any reader telling of it. */
  get isPassing(): boolean {
    const ofModule = this.#links.find(({ link }) => link === "module")?.problem
    return (
      this.#looking === undefined &&
      (ofModule?.retriable === true ||
        this.#cards.some(({ token, problem }) => problem?.retriable === true || token.pinState === "locked"))
    )
  }

  show(language: DeskLanguage, at: Instant): readonly Link[] {
    const looking: Found = { link: "connection", is: "unknown" }
    return [...this.#links, this.#connection ?? looking].map(({ link, is, problem }) => ({
      name: link,
      status: is === "unknown" && (this.#looking !== undefined || link === "connection") ? "checking" : is,
      ...(problem === undefined ? {} : { problem: showProblem(problem, language, at) }),
    }))
  }

  /** Looks at readers and cards; asked again while it looks, it looks once more. One look at a time. */
  look(): Promise<void> {
    this.#again = true
    this.#looking ??= this.#lookWhileAsked().finally(() => {
      this.#looking = undefined
      this.#options.onChange()
    })
    return this.#looking
  }

  async #lookWhileAsked(): Promise<void> {
    const { cardHost: host, readers, trust, clock, probe } = this.#options
    while (this.#again && !this.#stopped) {
      this.#again = false
      try {
        const begun = new Set(this.#reading)
        await this.#take(await probe({ host, readers: readers.now, trust, at: clock() }))
        for (const reader of begun) this.#reading.delete(reader)
      } catch (error) {
        // The probe tells what is broken; that it throws is nobody's plan, and must not end the desk.
        const broken = { is: "broken", problem: deskProblemOf(error) } as const
        this.#links = CARD_LINKS.map((link) => ({
          link,
          ...(link === "module" ? broken : { is: "unknown" }),
        }))
      }
    }
  }

  /** Asks the backend whether it is there. */
  async lookAtConnection(): Promise<void> {
    try {
      await this.#options.reach()
      this.heard(undefined)
    } catch (error) {
      this.heard(deskProblemOf(error))
    }
  }

  /** What a call to the backend came to tells how the connection is: any word of its own, also a refusal, is a good sign. */
  heard(problem: DeskProblem | undefined): void {
    const transport: readonly string[] = [...TRANSPORT_PROBLEMS, "unavailable"]
    const isBroken = problem !== undefined && transport.includes(problem.code)
    const before = this.#connection
    this.#connection = {
      link: "connection",
      is: isBroken ? "broken" : "ok",
      ...(isBroken ? { problem } : {}),
    }
    if (before?.is !== this.#connection.is) this.#options.onChange()
  }

  get isConnectionBroken(): boolean {
    return this.#connection?.is === "broken"
  }

  stop(): void {
    this.#stopped = true
    this.#unsubscribe()
  }

  async #take({ links, cards, readers }: Probe): Promise<void> {
    this.#sawHeldCard = isHeld(readers)
    const known = await Promise.all(cards.map((card) => this.#know(card)))
    this.#cards = known
    // Only with one card there is no doubt which of them the line is about.
    const stranger = known.length === 1 ? known[0]?.problem : undefined
    this.#links = links
      .filter(({ link }) => link !== "connection")
      .map(({ link, is, problem, heldBy }) => ({
        link,
        is,
        ...(problem === undefined ? {} : { problem: cardProblem(problem, heldBy) }),
      }))
      .map((found) =>
        found.link === "certificate" && found.is === "ok" && stranger !== undefined
          ? { link: found.link, is: "broken", problem: stranger }
          : found,
      )
  }

  async #know({ token, card, problem }: ProbedCard): Promise<KnownCard> {
    const { crypto, trust } = this.#options
    const other = card === undefined ? undefined : otherEnvironment(card, trust.environment)
    const found = other ?? (problem === undefined ? undefined : cardProblem(problem))
    const holder = card === undefined ? undefined : await holderOf(crypto, card)
    return {
      token,
      ...(holder === undefined ? {} : { holder }),
      ...(found === undefined ? {} : { problem: found }),
    }
  }
}

function isHeld({ readers }: Readers): boolean {
  return readers.some(({ card }) => card?.state === "held")
}

function cardProblem(code: CardProblem, heldBy?: readonly string[]): DeskProblem {
  const problem = deskProblemOf(new CardError(code, "seen while looking at readers and cards"))
  return heldBy === undefined ? problem : { ...problem, heldBy }
}
