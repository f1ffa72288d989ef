import type { SessionAnswer, StateEvent } from "../../src-protocol/api.ts"
import type { Revocation } from "../../src-protocol/check-revocation.ts"
import type { CertificateUse } from "../../src-protocol/check-uzi-certificate.ts"
import type { Code } from "../../src-protocol/code.ts"
import { readBackWords } from "../../src-protocol/read-back.ts"
import type { Signer } from "../../src-protocol/signed-data.ts"
import type { SignerIdentity } from "../../src-protocol/signer-identity.ts"
import type { WordList } from "../../src-protocol/trustwords/word-list.ts"
import { BackendClient, type Accepted } from "../backend/backend-client.ts"
import { checkOrigin } from "../backend/check-origin.ts"
import { CrlFetcher } from "../backend/fetch-crls.ts"
import { signIn } from "../backend/session/sign-in.ts"
import { cardSigner } from "../card/card-signer.ts"
import type { KeyRestriction, Token } from "../card/host/host-messages.ts"
import { withPin } from "../card/pin.ts"
import { readCard, type Card } from "../card/read-card.ts"
import { DeskError, ownProblem, type DeskProblem } from "../desk-problem.ts"
import { shelfFor } from "../outbox/outbox-shelf.ts"
import { Outbox } from "../outbox/outbox.ts"
import { sendOutbox, type OutboxReport } from "../outbox/send-outbox.ts"
import { clockWarning } from "./check-clock.ts"
import type { CurrentSession, Desk, DeskOptions, SignedIn, SignedPackage } from "./desk.ts"
import { asDeskError, Dialogue, outOfOrder } from "./dialogue.ts"
import { endSessionAt, handIn, senderOf, type ToHandIn } from "./hand-in.ts"
import type { ConsultState, Patient } from "./next-state.ts"
import { reasonOf } from "./reason-of.ts"
import { Representation } from "./representation.ts"
import { reviewSigner, signatureChain } from "./review-signer.ts"
import { judgeOwnPackage, signStatement, type JudgingFacts } from "./sign-statement.ts"
import { warmUpOnce } from "./warm-up.ts"

/** The desk; throws RangeError for a backend address that must not be used. */
export function createDesk(options: DeskOptions): Desk {
  return new Consult(options)
}

/** What lives as long as one clinician's card is in the reader. */
interface Session {
  readonly card: Card
  readonly answer: SessionAnswer
}

/** Drives the dialogue: asks `nextState` where it leads, and does what each state needs done. It decides nothing itself. */
class Consult implements Desk {
  readonly #options: DeskOptions
  readonly #client: BackendClient
  readonly #crls: CrlFetcher
  readonly outbox: Outbox
  readonly representation: Representation
  readonly #dialogue = new Dialogue()
  #session: Session | undefined
  #restrictions: readonly KeyRestriction[] = []
  #revocation: Revocation | undefined
  #clockDifferenceMilliseconds = 0
  readonly #warmUp = warmUpOnce()
  #toHandIn: ToHandIn | undefined
  #statusToken: string | undefined

  constructor(options: DeskOptions) {
    const { trust, clock, timeoutMilliseconds } = options
    const limits = timeoutMilliseconds === undefined ? {} : { timeoutMilliseconds }
    this.#options = options
    this.#client = new BackendClient({
      origin: checkOrigin(options.origin, trust.environment),
      clock,
      ...limits,
    })
    this.#crls = new CrlFetcher(this.#client, clock)
    this.outbox = new Outbox(shelfFor(options.outboxDirectory, options.outboxVault))
    this.representation = new Representation(this.#client, this.#dialogue, (step) =>
      this.#inSession(({ answer }) => step(answer.sessionToken)),
    )
  }

  get state(): ConsultState {
    return this.#dialogue.state
  }

  get session(): CurrentSession | undefined {
    return this.#session
  }

  subscribe(listener: (state: ConsultState) => void): () => void {
    return this.#dialogue.subscribe(listener)
  }

  listCards(): Promise<readonly Token[]> {
    return asDeskError(() => this.#options.cardHost.listTokens())
  }

  readCard(tokenSerial: string): Promise<Card> {
    const { cardHost, trust, clock } = this.#options
    return asDeskError(() => readCard(cardHost, tokenSerial, trust, clock()))
  }

  signIn(tokenSerial: string, pin: Uint8Array | undefined): Promise<SignedIn> {
    return withPin(pin, async () => {
      this.#dialogue.expect("signed-out")
      this.#dialogue.turn({ is: "sign-in-started" })
      const session = await this.#dialogue.effect(async (ifCurrent) => {
        const card = await this.readCard(tokenSerial)
        const signer = this.#signer(card, "authentication", pin)
        const answer = await signIn(this.#client, this.#options.crypto, signer)
        ifCurrent()
        this.#session = { card, answer }
        this.#dialogue.dispatch({ is: "signed-in", clinician: answer.clinician })
        return answer
      })
      return await asDeskError(() => this.#welcome(session))
    })
  }

  lookUp(code: Code): Promise<Patient> {
    return this.#inSession(async ({ answer }) => {
      this.#dialogue.expect("ready")
      this.#dialogue.turn({ is: "code-entered", code })
      return await this.#dialogue.effect(async (ifCurrent) => {
        const found = await this.#client.find(answer.sessionToken, code.reference)
        ifCurrent()
        const { disclosure } = found
        if (disclosure.state !== "registered") {
          throw new DeskError(ownProblem("ALREADY_HANDLED", `the disclosure is ${disclosure.state}`))
        }
        this.#clockDifferenceMilliseconds = found.clockDifferenceMilliseconds ?? 0
        const warning = clockWarning(found.clockDifferenceMilliseconds)
        this.#dialogue.dispatch({ is: "found", disclosure, ...(warning === undefined ? {} : { warning }) })
        return this.#dialogue.expect("comparing")
      })
    })
  }

  readBackWords(list: WordList): Promise<readonly [string, string]> {
    return asDeskError(async () => {
      const { disclosure, code } = this.#dialogue.expect("comparing")
      return await readBackWords(this.#options.crypto, disclosure.hash, code, list)
    })
  }

  reviewSigner(): Promise<SignerIdentity> {
    return this.#inSession(async ({ card }) => {
      const { clinician } = this.#dialogue.expect("comparing", "reviewing")
      return await this.#dialogue.effect(async (ifCurrent) => {
        const revocation = await this.#crls.revocationFor(signatureChain(card))
        const signer = await reviewSigner(card, clinician, this.#facts(revocation))
        ifCurrent()
        this.#revocation = revocation
        this.#dialogue.dispatch({ is: "signer-accepted", signer })
        void this.#warmUp(signatureChain(card), this.#facts(revocation))
        return signer
      })
    })
  }

  confirm({ readBack, consent }: { readonly readBack: boolean; readonly consent: boolean }): void {
    const { is, signer } = this.#dialogue.expect("comparing", "reviewing")
    if (is === "comparing" && !readBack) throw new DeskError(this.#wordsDiffer())
    if (signer === undefined) throw outOfOrder("the signer was not reviewed yet")
    this.#dialogue.dispatch({ is: "words-agree" })
    if (!consent)
      throw new DeskError(ownProblem("CONSENT_MISSING", "consent was not confirmed", { retriable: true }))
    this.#dialogue.dispatch({ is: "consent-given" })
  }

  agreeWords(): void {
    this.#dialogue.expect("comparing")
    this.#dialogue.dispatch({ is: "words-agree" })
  }

  denyWords(): void {
    this.#dialogue.expect("comparing")
    this.#wordsDiffer()
  }

  giveConsent(): void {
    const { signer } = this.#dialogue.expect("reviewing")
    if (signer === undefined) throw outOfOrder("the signer was not reviewed yet")
    this.#dialogue.dispatch({ is: "consent-given" })
  }

  #wordsDiffer(): DeskProblem {
    const problem = ownProblem("READ_BACK_DIFFERS", "the patient's words are not those of the desk")
    this.#dialogue.dispatch({ is: "words-differ", problem })
    return problem
  }

  sign(pin: Uint8Array | undefined): Promise<SignedPackage> {
    return withPin(pin, () =>
      this.#inSession(async ({ card, answer }) => {
        const toSign = this.#dialogue.expect("entering-pin")
        this.#dialogue.dispatch({ is: "pin-entered" })
        return await this.#dialogue.effect(async (ifCurrent) => {
          const { crypto, clock } = this.#options
          const signer = this.#signer(card, "signature", pin)
          const authorisation = await signStatement(crypto, toSign, signer, clock())
          ifCurrent()
          this.#dialogue.dispatch({ is: "signed" })
          const revocation = this.#revocation ?? (await this.#crls.revocationFor(signer.certificateChain))
          const verdict = await judgeOwnPackage(authorisation, toSign, {
            ...this.#facts(revocation),
            clockDifferenceMilliseconds: this.#clockDifferenceMilliseconds,
          })
          ifCurrent()
          const signed = { authorisation, verdict }
          this.#toHandIn = { signed, session: answer }
          this.#dialogue.dispatch({ is: "judged-fit", signedAt: verdict.signedAt })
          return signed
        })
      }),
    )
  }

  post(): Promise<Accepted> {
    return this.#ended(async () => {
      this.#dialogue.expect("posting")
      const toHandIn = this.#toHandIn
      if (toHandIn === undefined) throw outOfOrder("the package is on its way already")
      this.#toHandIn = undefined
      try {
        const { clock } = this.#options
        const accepted = await handIn(this.#dialogue, this.outbox, this.#client, toHandIn, clock())
        this.#statusToken = accepted.statusToken
        return accepted
      } finally {
        await this.#signOutAfterPosting(toHandIn.session)
      }
    })
  }

  /** Whoever left while the package was on its way is not signed in again by its arrival. */
  async #signOutAfterPosting(answer: SessionAnswer): Promise<void> {
    if (this.#session !== undefined) return
    this.#dialogue.turn({ is: "session-ended" })
    await endSessionAt(this.#client, answer)
  }

  async follow(onState: (event: StateEvent) => void, signal?: AbortSignal): Promise<StateEvent | undefined> {
    const state = this.#dialogue.expect("following", "done")
    if (state.is === "done")
      return { state: state.outcome === "returned" ? "registered" : state.outcome, ...reasonOf(state) }
    const token = this.#statusToken
    if (token === undefined) throw outOfOrder("there is nothing to follow")
    return await this.#dialogue.effect(async () => {
      let last: StateEvent | undefined
      for await (const event of this.#client.follow(token, state.code.reference, signal)) {
        // Left to itself meanwhile: nobody looks any more.
        if (this.#dialogue.state.is !== "following" || this.#statusToken !== token) return last
        last = event
        this.#dialogue.dispatch({ is: "state-changed", state: event.state, ...reasonOf(event) })
        onState(event)
      }
      return last
    })
  }

  watch(
    { reference, statusToken }: { readonly reference: string; readonly statusToken: string },
    signal: AbortSignal,
  ): AsyncGenerator<StateEvent, void, undefined> {
    return this.#client.follow(statusToken, reference, signal)
  }

  reach(): Promise<void> {
    return asDeskError(() => this.#client.reach())
  }

  sendOutbox(): Promise<readonly OutboxReport[]> {
    return this.#inSession(({ answer }) => sendOutbox(this.outbox, senderOf(this.#client, answer)))
  }

  cancel(): void {
    this.#dialogue.turn({ is: "cancelled" })
  }

  back(): void {
    const isSamePatient = ["reviewing", "entering-pin"].includes(this.#dialogue.state.is)
    // The judging of the signer goes on meanwhile: it is still about this patient.
    if (isSamePatient) this.#dialogue.dispatch({ is: "back" })
    else this.#dialogue.turn({ is: "back" })
  }

  leave(): void {
    this.#dialogue.turn({ is: "left" })
  }

  async signOut(): Promise<void> {
    const session = this.#session
    this.#endSession()
    // What is signed still goes its way, and needs the session for it; that ends with it.
    if (session === undefined || this.#dialogue.state.is === "posting") return
    await endSessionAt(this.#client, session.answer)
  }

  /** A step of who is signed in. */
  async #inSession<T>(step: (session: Session) => Promise<T>): Promise<T> {
    const session = this.#session
    if (session === undefined) throw outOfOrder("nobody is signed in")
    return await this.#ended(() => step(session))
  }

  /** When the backend says that nobody is signed in any more, neither does the desk. */
  async #ended<T>(step: () => Promise<T>): Promise<T> {
    try {
      return await asDeskError(step)
    } catch (error) {
      if (error instanceof DeskError && error.problem.code === "not-signed-in") this.#endSession()
      throw error
    }
  }

  #endSession(): void {
    this.#session = undefined
    this.#restrictions = []
    this.#revocation = undefined
    this.#dialogue.turn({ is: "session-ended" })
  }

  async #welcome(session: SessionAnswer): Promise<SignedIn> {
    const { clinician, expiresAt, authorisedSinceLastSignIn, budgetLeft } = session
    const { damaged } = await this.outbox.contents()
    return {
      session: { clinician, expiresAt, authorisedSinceLastSignIn, budgetLeft },
      outbox: await sendOutbox(this.outbox, senderOf(this.#client, session)),
      damaged,
    }
  }

  #signer(card: Card, use: CertificateUse, pin: Uint8Array | undefined): Signer {
    const learn = (restrictions: readonly KeyRestriction[]): void => {
      this.#restrictions = restrictions
    }
    return cardSigner({
      host: this.#options.cardHost,
      card,
      use,
      pin,
      restrictions: this.#restrictions,
      learn,
    })
  }

  #facts(revocation: Revocation): JudgingFacts {
    const { crypto, trust, clock } = this.#options
    const at = clock()
    return { crypto, trust, at, revocation: { ...revocation, checkedAt: at } }
  }
}
