import { MINUTE, SECOND, type Instant } from "../../src-protocol/instant.ts"
import type { ConsultState } from "../consult/next-state.ts"
import type { DeskSession } from "./desk-session.ts"

/** What is done again and again, and how often. */
const CONNECTION_EVERY = 15 * SECOND
/** A module that hung, a card that failed or was unblocked elsewhere: nobody tells when that is over. */
const CARDS_EVERY = 3 * SECOND
const OUTBOX_EVERY = MINUTE
const TIDY_EVERY = 10 * MINUTE

/** While a card works, nobody types: the desk is in use all the same. */
const AT_WORK: ReadonlySet<ConsultState["is"]> = new Set<ConsultState["is"]>([
  "signing-in",
  "signing",
  "judging",
  "posting",
])

/** What the passing of time brings about at a desk; to be asked every second. */
export class TimeKeeper {
  readonly #desk: DeskSession
  #connectionAt: Instant
  #cardsAt: Instant
  #outboxAt: Instant
  #tidiedAt: Instant | undefined

  constructor(desk: DeskSession) {
    this.#desk = desk
    this.#connectionAt = this.#cardsAt = this.#outboxAt = desk.options.clock()
  }

  async tick(): Promise<void> {
    const { line, outbox, inFlight, options, desk } = this.#desk
    const now = options.clock()
    await this.#lockIfDue(now)
    // Who waits for a phone asks the backend nothing that would show that it is away.
    if ((line.isConnectionBroken || inFlight.isWaiting) && now - this.#connectionAt >= CONNECTION_EVERY) {
      this.#connectionAt = now
      await line.lookAtConnection()
    }
    if (line.isPassing && !AT_WORK.has(desk.state.is) && now - this.#cardsAt >= CARDS_EVERY) {
      this.#cardsAt = now
      // Not waited for: what hangs must not keep the time from being kept.
      void line.look()
    }
    if (desk.session !== undefined && outbox.hasOwn && now - this.#outboxAt >= OUTBOX_EVERY) {
      this.#outboxAt = now
      // What it came to is in the state.
      await this.#desk.sendOutbox().catch(() => undefined)
    }
    if (this.#tidiedAt === undefined || now - this.#tidiedAt >= TIDY_EVERY) {
      this.#tidiedAt = now
      inFlight.forgetOld()
      await outbox.removeExpired(now)
    }
  }

  async #lockIfDue(now: Instant): Promise<void> {
    const { desk, options, lastUsedAt } = this.#desk
    const { session, state } = desk
    if (session === undefined) return
    if (now >= Date.parse(session.answer.expiresAt)) await this.#desk.lock("session-ended")
    // A key that was pressed for another program is a person at the computer; a call of the window is one at the desk.
    const idle = Math.min(options.idleSeconds() * SECOND, now - lastUsedAt)
    if (!AT_WORK.has(state.is) && idle >= options.preferences.chosen.idleMinutes * MINUTE)
      await this.#desk.lock("idle")
  }
}
