import { SECOND, type Instant } from "../../src-protocol/instant.ts"
import { ProtocolError } from "../../src-protocol/errors.ts"
import type { Code } from "../../src-protocol/code.ts"
import type { SignedOutReason } from "../../src-preload/desk-state.ts"
import { withPin } from "../card/pin.ts"
import { createDesk } from "../consult/consult.ts"
import type { Desk } from "../consult/desk.ts"
import { outOfOrder } from "../consult/dialogue.ts"
import { DeskError, deskProblemOf, ownProblem, type DeskProblem } from "../desk-problem.ts"
import { checkPinGiven, type PinGiven } from "./check-pin-given.ts"
import type { DeskSessionOptions } from "./desk-session-options.ts"
import { InFlight } from "./in-flight.ts"
import { LiveLine } from "./live-line.ts"
import { OutboxWatch } from "./outbox-watch.ts"
import { ReadBack } from "./read-back.ts"
import { RepresentationOffer } from "./representation-offer.ts"
import type { KnownCard } from "./show-card.ts"
import { understandCode } from "./understand.ts"

/** For a PIN that is typed on the reader; the card host is given as long. */
export const PIN_PAD_MILLISECONDS = 120 * SECOND

/** Codes of a look-up that failed whose cure is in the field itself: they stand beside it, and the text stays. */
const BESIDE_THE_FIELD: ReadonlySet<DeskProblem["code"]> = new Set<DeskProblem["code"]>([
  "CODE_MALFORMED",
  "not-found",
])

/**
 * The desk of one window: the dialogue of the journey, the consults that were handed in, the readers, the outbox. A method a
 * thing that the clinician does; each throws DeskError, and what it leads to is in the state. It knows no Electron.
 */
export class DeskSession {
  readonly options: DeskSessionOptions
  readonly desk: Desk
  readonly line: LiveLine
  readonly inFlight: InFlight
  readonly outbox: OutboxWatch
  readonly readBack: ReadBack
  readonly offer: RepresentationOffer
  readonly #listeners = new Set<() => void>()
  typed = ""
  beside: DeskProblem | undefined
  because: SignedOutReason | undefined
  openedId: string | undefined
  pinPadUntil: Instant | undefined
  triesLeft: number | undefined
  lastUsedAt: Instant
  #signingInWith: KnownCard | undefined
  #retry: (() => Promise<void>) | undefined
  #reviewed: Promise<unknown> = Promise.resolve()

  constructor(options: DeskSessionOptions) {
    const onChange = (): void => {
      this.changed()
    }
    this.options = options
    this.lastUsedAt = options.clock()
    this.desk = createDesk(options)
    this.desk.subscribe(onChange)
    this.inFlight = new InFlight({ desk: this.desk, clock: options.clock, newId: options.newId, onChange })
    this.outbox = new OutboxWatch(this.desk, this.inFlight, onChange)
    this.readBack = new ReadBack(this.desk, onChange)
    this.offer = new RepresentationOffer(this.desk, onChange)
    this.line = new LiveLine({
      ...options,
      reach: () => this.desk.reach(),
      onChange: () => {
        this.#checkCardIsThere()
        this.changed()
      },
      onCardRemoved: (isOf) => {
        if (this.card !== undefined && isOf(this.card.token)) void this.lock("card-removed")
      },
    })
  }

  /** Called with nothing whenever something that is shown may have changed; answers how to stop. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  changed(): void {
    // A package that was handed in moves to the list of those in flight within the same moment: nothing is shown in between.
    if (this.desk.state.is === "following" || this.desk.state.is === "done") return
    for (const listener of this.#listeners) listener()
  }

  /** The card of the session, or of the sign-in that is under way. */
  get card(): KnownCard | undefined {
    const { session } = this.desk
    if (session === undefined) return this.#signingInWith
    return this.line.card(session.card.token.serial) ?? { token: session.card.token }
  }

  signIn(serial: string, given: Omit<PinGiven, "triesLeft">): Promise<void> {
    return withPin(given.pin, async () => {
      this.#expectNotOpened("signed-out")
      const known = this.line.card(serial)
      this.beside = undefined
      try {
        if (known === undefined) throw new DeskError(deskProblemOf(outOfOrder("no such card was seen")))
        if (known.problem !== undefined) throw new DeskError(known.problem)
        const pin = checkPinGiven(known.token, { ...given, triesLeft: this.triesLeft })
        this.#signingInWith = known
        await this.#whileReaderWaits(pin, () => this.#signIn(serial, pin))
      } catch (error) {
        await this.#lookAtPin(error)
        this.#signInFailed(deskProblemOf(error))
        throw error
      } finally {
        this.#signingInWith = undefined
        await this.outbox.look()
        void this.line.look()
        this.changed()
      }
    })
  }

  async #signIn(serial: string, pin: Uint8Array | undefined): Promise<void> {
    const { outbox } = await this.desk.signIn(serial, pin)
    this.#heard(undefined)
    this.#forget()
    this.because = undefined
    await this.outbox.take(outbox)
  }

  #signInFailed(problem: DeskProblem): void {
    // Whoever locked the desk meanwhile knows why.
    if (this.desk.session !== undefined || (this.because !== undefined && problem.code === "OUT_OF_ORDER"))
      return
    this.#heard(problem)
    this.triesLeft = problem.triesLeft
    if (this.desk.state.is === "problem" && !problem.retriable) return
    this.desk.leave()
    this.beside = problem
  }

  /** Ends the session, for whatever reason; what is handed in is followed all the same. Also while a sign-in is under way. */
  async lock(because: SignedOutReason): Promise<void> {
    if (this.desk.session === undefined && this.desk.state.is !== "signing-in") return
    this.#forget()
    this.because = because
    const signedOut = this.desk.signOut()
    if (this.desk.state.is === "problem") this.desk.leave()
    this.changed()
    await signedOut
    await this.outbox.look()
  }

  async lookUp(text: string): Promise<void> {
    this.#expectNotOpened("ready")
    this.typed = text
    this.beside = undefined
    this.#retry = () => this.lookUp(text)
    try {
      const { code, language } = await this.#understood(text)
      this.readBack.begin(language, this.options.preferences.chosen.language)
      await this.desk.lookUp(code)
      this.#heard(undefined)
      await this.readBack.reckon()
      this.#review()
    } catch (error) {
      this.#stepFailed(deskProblemOf(error))
      throw error
    }
  }

  async #understood(text: string): Promise<{ readonly code: Code; readonly language?: string }> {
    try {
      return await understandCode(this.options.crypto, text, this.options.preferences.chosen.language)
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      throw new DeskError(deskProblemOf(error), { cause: error })
    }
  }

  /** The signer is judged while the words are compared. */
  #review(): void {
    this.#reviewed = this.desk.reviewSigner().catch((error: unknown) => {
      this.#stepFailed(deskProblemOf(error))
    })
  }

  /** Also after the words were agreed upon so fast that the signer is still being judged. */
  async giveConsent(): Promise<void> {
    this.#expectNotOpened("reviewing")
    await this.#reviewed
    this.desk.giveConsent()
  }

  /** Signs, judges, hands in; from then on the consult is one of those in flight. */
  sign(given: Omit<PinGiven, "triesLeft">): Promise<void> {
    return withPin(given.pin, async () => {
      this.#expectNotOpened("entering-pin")
      const { code } = this.#current("entering-pin")
      this.beside = undefined
      try {
        const { card } = this
        if (card === undefined) throw outOfOrder("nobody is signed in")
        const pin = checkPinGiven(card.token, { ...given, triesLeft: this.triesLeft })
        await this.#whileReaderWaits(pin, () => this.desk.sign(pin))
        this.triesLeft = undefined
        await this.#post(code.reference)
      } catch (error) {
        await this.#lookAtPin(error)
        this.#stepFailed(deskProblemOf(error))
        throw error
      } finally {
        await this.outbox.look()
        void this.line.look()
      }
    })
  }

  async #post(reference: string): Promise<void> {
    const { statusToken } = await this.desk.post()
    this.#heard(undefined)
    this.#forget()
    this.openedId = this.inFlight.add({ reference, statusToken })
    this.desk.leave()
  }

  #stepFailed(problem: DeskProblem): void {
    this.#heard(problem)
    this.triesLeft = problem.triesLeft
    const { state } = this.desk
    if (state.is === "entering-pin" && problem.code !== "OUT_OF_ORDER") this.beside = problem
    if (state.is === "ready" && problem.code === "CODE_MALFORMED") this.beside = problem
    if (state.is !== "problem") return
    if (problem.code === "not-signed-in" && !state.inOutbox) {
      this.#forget()
      this.because = "session-ended"
      this.desk.leave()
    } else if (BESIDE_THE_FIELD.has(problem.code)) {
      this.desk.leave()
      this.beside = problem
    }
    if (state.inOutbox) this.#retry = () => this.sendOutbox()
    this.changed()
  }

  /** Escape: one step back, and nothing that was typed is lost. */
  goBack(): void {
    this.beside = undefined
    if (this.openedId !== undefined) this.openedId = undefined
    else this.desk.back()
    this.changed()
  }

  /** On to the next patient; out of a consult that is not signed yet, too. */
  startNext(): void {
    this.beside = undefined
    const wasOpened = this.openedId !== undefined
    this.openedId = undefined
    if (!wasOpened) {
      this.typed = ""
      this.desk.leave()
      this.desk.cancel()
    }
    this.changed()
  }

  async retry(): Promise<void> {
    const { state } = this.desk
    const again = this.#retry
    if (state.is !== "problem" || !state.problem.retriable) throw outOfOrder("there is nothing to try again")
    this.desk.leave()
    if (this.desk.session !== undefined) await again?.()
  }

  async sendOutbox(): Promise<void> {
    try {
      await this.outbox.take(await this.desk.sendOutbox())
    } catch (error) {
      this.#heard(deskProblemOf(error))
      throw error
    } finally {
      await this.outbox.look()
    }
  }

  openConsult(id: string): void {
    if (this.inFlight.get(id) === undefined) throw outOfOrder("there is no such consult")
    this.openedId = id
    this.changed()
  }

  dismissConsult(id: string): void {
    this.inFlight.dismiss(id)
    if (this.inFlight.get(id) === undefined && this.openedId === id) this.openedId = undefined
    this.changed()
  }

  stop(): void {
    this.inFlight.stop()
    this.line.stop()
  }

  /** How many tries are left must be known before the next one. */
  async #lookAtPin(error: unknown): Promise<void> {
    if (deskProblemOf(error).code.startsWith("PIN_")) await this.line.look()
  }

  #heard(problem: DeskProblem | undefined): void {
    this.line.heard(problem)
  }

  async #whileReaderWaits<T>(pin: Uint8Array | undefined, use: () => Promise<T>): Promise<T> {
    this.pinPadUntil = pin === undefined ? this.options.clock() + PIN_PAD_MILLISECONDS : undefined
    try {
      return await use()
    } finally {
      this.pinPadUntil = undefined
    }
  }

  /** Nothing of the last patient, and nothing of the last person, stays when the desk goes on to another. */
  #forget(): void {
    this.typed = ""
    this.beside = undefined
    this.openedId = undefined
    this.triesLeft = undefined
    this.#retry = undefined
    this.readBack.forget()
  }

  #checkCardIsThere(): void {
    const { session } = this.desk
    if (session === undefined || !this.line.knowsCards) return
    if (this.line.card(session.card.token.serial) === undefined) void this.lock("card-removed")
  }

  #expectNotOpened(is: Desk["state"]["is"]): void {
    if (this.openedId !== undefined || this.desk.state.is !== is)
      throw outOfOrder(`this step has no place in ${this.desk.state.is}`)
  }

  #current<Is extends Desk["state"]["is"]>(is: Is): Extract<Desk["state"], { is: Is }> {
    const { state } = this.desk
    if (state.is !== is)
      throw new DeskError(ownProblem("OUT_OF_ORDER", `this step has no place in ${state.is}`))
    // Sound: just compared.
    return state as Extract<Desk["state"], { is: Is }>
  }
}
