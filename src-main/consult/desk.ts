import type { SessionAnswer, StateEvent } from "../../src-protocol/api.ts"
import type { Code } from "../../src-protocol/code.ts"
import type { CryptoPort } from "../../src-protocol/crypto-port.ts"
import type { Instant } from "../../src-protocol/instant.ts"
import type { SignerIdentity } from "../../src-protocol/signer-identity.ts"
import type { WordList } from "../../src-protocol/trustwords/word-list.ts"
import type { TrustProfile } from "../../src-protocol/uzi/trust-profile.ts"
import type { Authorised } from "../../src-protocol/verify-authorisation.ts"
import type { Accepted } from "../backend/backend-client.ts"
import type { CardHost } from "../card/host/card-host.ts"
import type { Token } from "../card/host/host-messages.ts"
import type { Card } from "../card/read-card.ts"
import type { Outbox } from "../outbox/outbox.ts"
import type { Vault } from "../outbox/outbox-shelf.ts"
import type { OutboxReport } from "../outbox/send-outbox.ts"
import type { ConsultState, Patient } from "./next-state.ts"
import type { Representation } from "./representation.ts"

export interface DeskOptions {
  /** Scheme, host and port of the backend, as configured. */
  readonly origin: string
  readonly trust: TrustProfile
  readonly crypto: CryptoPort
  readonly cardHost: CardHost
  /** A folder that nobody else writes in; `undefined` keeps what is signed in memory only, so that it ends with the program. */
  readonly outboxDirectory: string | undefined
  /** Encrypts what lies in that folder. Without one, as on a tester's command line, it lies there as it is, for its owner alone. */
  readonly outboxVault?: Vault
  readonly clock: () => Instant
  /** For each call to the backend. */
  readonly timeoutMilliseconds?: number
}

export interface SignedIn {
  readonly session: Omit<SessionAnswer, "sessionToken">
  /** What became of packages that an earlier run left in the outbox. */
  readonly outbox: readonly OutboxReport[]
  /** Files in the outbox that cannot be read; they were left as they are. */
  readonly damaged: readonly string[]
}

export interface SignedPackage {
  readonly authorisation: Uint8Array
  /** The desk's own judgement of it. */
  readonly verdict: Authorised
}

/** What lives as long as one clinician is signed in; the session's token is nobody's business. */
export interface CurrentSession {
  readonly card: Card
  readonly answer: Omit<SessionAnswer, "sessionToken">
}

/**
 * The desk without a window: a method a step, in the order of the journey. Each throws DeskError with a DeskProblem;
 * one that is called out of its place throws `OUT_OF_ORDER` and changes nothing. A PIN is wiped by the step it is handed to.
 */
export interface Desk {
  readonly state: ConsultState
  /** Who is signed in, with which card. */
  readonly session: CurrentSession | undefined
  /** Called with every new state; answers how to stop. */
  subscribe(listener: (state: ConsultState) => void): () => void
  listCards(): Promise<readonly Token[]>
  /** What a card shows without a PIN. */
  readCard(tokenSerial: string): Promise<Card>
  /** `pin` absent: it is typed on the reader. Sends what an earlier run left in the outbox. */
  signIn(tokenSerial: string, pin: Uint8Array | undefined): Promise<SignedIn>
  lookUp(code: Code): Promise<Patient>
  readBackWords(list: WordList): Promise<readonly [string, string]>
  /** Judges the card's signature certificate before any PIN. */
  reviewSigner(): Promise<SignerIdentity>
  /** Both said by the clinician: the patient read the same words back, and consents. */
  confirm(said: { readonly readBack: boolean; readonly consent: boolean }): void
  /** The patient said the words that the desk shows. */
  agreeWords(): void
  /** The patient said others: the consult ends in `READ_BACK_DIFFERS`. */
  denyWords(): void
  /** The patient consents; throws `OUT_OF_ORDER` before the signer was reviewed. */
  giveConsent(): void
  /** One PIN, one signature; the package is judged before it is answered. */
  sign(pin: Uint8Array | undefined): Promise<SignedPackage>
  /** Writes the package to the outbox and hands it in. */
  post(): Promise<Accepted>
  /** Follows what the phone says, to the end or until `signal` is aborted: then `undefined`. */
  follow(onState: (event: StateEvent) => void, signal?: AbortSignal): Promise<StateEvent | undefined>
  /** Follows a disclosure that was handed in, whoever is signed in now, until its final state or until `signal` is aborted. */
  watch(
    followed: { readonly reference: string; readonly statusToken: string },
    signal: AbortSignal,
  ): AsyncGenerator<StateEvent, void, undefined>
  /** Asks the backend whether it is there, without a session; throws what keeps it from answering. */
  reach(): Promise<void>
  readonly representation: Representation
  readonly outbox: Outbox
  /** Tries again to hand in what lies in the outbox of the one who is signed in. */
  sendOutbox(): Promise<readonly OutboxReport[]>
  /** Back to `ready`, where nothing has been signed yet. */
  cancel(): void
  /** One step back, where nothing has been signed yet; out of an outcome or a problem as `leave`. */
  back(): void
  /** The clinician has read an outcome or a problem, or leaves the following to itself. */
  leave(): void
  /** Also when the card leaves the reader. Never fails: what the backend does not hear of ends by itself. */
  signOut(): Promise<void>
}
