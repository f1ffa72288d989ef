import type { DeskLanguage, OutboxView } from "../../src-preload/desk-state.ts"
import type { Instant } from "../../src-protocol/instant.ts"
import type { Desk } from "../consult/desk.ts"
import { outOfOrder } from "../consult/dialogue.ts"
import { deskProblemOf, type DeskProblem } from "../desk-problem.ts"
import { isSameSigner, type OutboxContents } from "../outbox/outbox.ts"
import type { OutboxReport } from "../outbox/send-outbox.ts"
import type { InFlight } from "./in-flight.ts"
import { showProblem } from "./show-problem.ts"

/** What lies in the outbox, as it was when last looked at, and what became of what was in it. */
export class OutboxWatch {
  readonly #desk: Desk
  readonly #inFlight: InFlight
  readonly #onChange: () => void
  readonly #problems = new Map<string, DeskProblem>()
  #contents: OutboxContents = { entries: [], damaged: [] }

  constructor(desk: Desk, inFlight: InFlight, onChange: () => void) {
    this.#desk = desk
    this.#inFlight = inFlight
    this.#onChange = onChange
  }

  /** Looks again; an outbox that cannot be opened is shown as it was. */
  async look(): Promise<void> {
    this.#contents = await this.#desk.outbox.contents().catch(() => this.#contents)
    this.#onChange()
  }

  /** What was delivered is followed, what was refused is told, what was kept says why. */
  async take(reports: readonly OutboxReport[]): Promise<void> {
    for (const report of reports) {
      const { id, reference, writtenAt } = report.entry
      this.#problems.delete(id)
      if (report.is === "delivered")
        this.#inFlight.add({ reference, statusToken: report.accepted.statusToken })
      else if (report.is === "dropped") this.#inFlight.addRefused(writtenAt, deskProblemOf(report.problem))
      else this.#problems.set(id, deskProblemOf(report.problem))
    }
    await this.look()
  }

  /** Whether something of the one who is signed in waits here. */
  get hasOwn(): boolean {
    return this.#contents.entries.some(({ signer }) => this.#isOwn(signer))
  }

  /** Throws an entry away, of the one who is signed in alone. */
  async discard(id: string): Promise<void> {
    const entry = this.#contents.entries.find((candidate) => candidate.id === id)
    if (entry === undefined || !this.#isOwn(entry.signer))
      throw outOfOrder("this is no entry of who is signed in")
    await this.#desk.outbox.remove(id)
    this.#problems.delete(id)
    await this.look()
  }

  async removeExpired(now: Instant): Promise<void> {
    // Another try comes soon; nobody can do anything about it.
    const removed = await this.#desk.outbox.removeExpired(now).catch(() => 0)
    if (removed > 0) await this.look()
  }

  show(language: DeskLanguage, at: Instant): OutboxView {
    const { entries, damaged } = this.#contents
    return {
      kept: this.#desk.outbox.outlivesProgram ? "encrypted" : "memory",
      waiting: entries.map(({ id, writtenAt, signer }) => {
        const problem = this.#problems.get(id)
        return {
          id,
          writtenAt,
          isOwn: this.#isOwn(signer),
          ...(problem === undefined ? {} : { problem: showProblem(problem, language, at) }),
        }
      }),
      damaged: damaged.length,
    }
  }

  #isOwn(signer: Parameters<typeof isSameSigner>[0]): boolean {
    const { session } = this.#desk
    return session !== undefined && isSameSigner(session.answer.clinician, signer)
  }
}
