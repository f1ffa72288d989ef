import type { StateEvent } from "../../src-protocol/api.ts"
import { HOUR, type Instant } from "../../src-protocol/instant.ts"
import type { RefusalReason } from "../../src-protocol/reasons.ts"
import type { OutcomeName } from "../../src-preload/desk-state.ts"
import type { Desk } from "../consult/desk.ts"
import { deskProblemOf, type DeskProblem } from "../desk-problem.ts"

/** A consult whose package was handed in: what the phone makes of it. */
export interface Followed {
  readonly id: string
  readonly since: Instant
  readonly status: "waiting" | OutcomeName
  readonly at: Instant
  /** Why, where the phone refused. */
  readonly reason?: RefusalReason
  /** Why nothing more will be heard of it. */
  readonly problem?: DeskProblem
}

export interface HandedIn {
  readonly reference: string
  readonly statusToken: string
}

interface InFlightOptions {
  readonly desk: Pick<Desk, "watch">
  readonly clock: () => Instant
  readonly newId: () => string
  readonly onChange: () => void
}

/** What ended stays on the list for so long, unless it is taken off it. */
const LONGEST_SHOWN = 12 * HOUR
/** Of those that went well, no more than the newest: a list that nobody reads to its end only grows. */
const MOST_CONFIRMED_SHOWN = 30

/** Every consult that was handed in, followed by its own status token: whoever is signed in, and whatever is on screen. */
export class InFlight {
  readonly #options: InFlightOptions
  readonly #consults = new Map<string, { followed: Followed; readonly stop: AbortController }>()

  constructor(options: InFlightOptions) {
    this.#options = options
  }

  /** Newest first. */
  get all(): readonly Followed[] {
    return [...this.#consults.values()].map(({ followed }) => followed).reverse()
  }

  /** Whether a phone's answer is still waited for. */
  get isWaiting(): boolean {
    return [...this.#consults.values()].some(({ followed }) => isWaiting(followed))
  }

  get(id: string): Followed | undefined {
    return this.#consults.get(id)?.followed
  }

  /** Follows it from now on; answers its id. */
  add(handedIn: HandedIn): string {
    const { newId, clock, onChange } = this.#options
    const [id, since, stop] = [newId(), clock(), new AbortController()]
    this.#consults.set(id, { followed: { id, since, status: "waiting", at: since }, stop })
    this.#forgetConfirmed()
    void this.#follow(id, handedIn, stop.signal)
    onChange()
    return id
  }

  /** One that the backend refused when it was sent later: told like any other that ended. */
  addRefused(since: Instant, problem: DeskProblem): void {
    const { newId, clock, onChange } = this.#options
    const followed: Followed = { id: newId(), since, status: "refused", at: clock(), problem }
    this.#consults.set(followed.id, { followed, stop: new AbortController() })
    onChange()
  }

  /** Takes one off the list that has ended; one that has not stays. */
  dismiss(id: string): void {
    const consult = this.#consults.get(id)
    if (consult === undefined || isWaiting(consult.followed)) return
    this.#consults.delete(id)
    this.#options.onChange()
  }

  forgetOld(): void {
    const oldest = this.#options.clock() - LONGEST_SHOWN
    for (const { followed } of [...this.#consults.values()])
      if (followed.at < oldest) this.dismiss(followed.id)
  }

  #forgetConfirmed(): void {
    const confirmed = [...this.#consults.values()].filter(({ followed }) => followed.status === "confirmed")
    for (const { followed } of confirmed.slice(0, -MOST_CONFIRMED_SHOWN)) this.#consults.delete(followed.id)
  }

  stop(): void {
    for (const { stop } of this.#consults.values()) stop.abort()
  }

  async #follow(id: string, handedIn: HandedIn, signal: AbortSignal): Promise<void> {
    try {
      for await (const event of this.#options.desk.watch(handedIn, signal)) this.#hear(id, event)
    } catch (error) {
      this.#change(id, { problem: deskProblemOf(error) })
    }
  }

  #hear(id: string, { state, reason }: StateEvent): void {
    if (state === "authorised") return
    const status = state === "registered" ? "returned" : state
    this.#change(id, { status, ...(reason === undefined ? {} : { reason }) })
  }

  #change(id: string, change: Partial<Followed>): void {
    const consult = this.#consults.get(id)
    if (consult === undefined) return
    consult.followed = { ...consult.followed, ...change, at: this.#options.clock() }
    this.#options.onChange()
  }
}

function isWaiting({ status, problem }: Followed): boolean {
  return status === "waiting" && problem === undefined
}
