import type { DisclosureState } from "../../src-protocol/api.ts"
import type { Instant } from "../../src-protocol/instant.ts"
import type { RefusalReason } from "../../src-protocol/reasons.ts"

/** Who signs, as sessions and packages name a clinician: both numbers, for one person may work for two subscribers. */
export interface SignerNumbers {
  readonly uziNumber: string
  readonly subscriberNumber: string
}

/** What the backend knows of a package that it accepted for a disclosure. */
export interface GivenAuthorisation {
  readonly acceptedAt: Instant
  readonly signer: SignerNumbers
  /** A keyed hash (`keep-secrets.ts`) of the package: the same bytes are known again without keeping them. */
  readonly packageTag: Uint8Array
  /** A keyed hash of what was signed. */
  readonly statementTag: Uint8Array
  /** The package itself, until the phone has confirmed that it holds it. */
  readonly package?: Uint8Array
}

/** A disclosure that a phone and a clinician can still work on. */
export interface LiveDisclosure {
  readonly life: "live"
  /** Random, never reused: what tokens and waiters are bound to, since a reference comes round again. */
  readonly id: string
  readonly reference: string
  readonly hash: string
  readonly pickupHash: Uint8Array
  readonly state: "registered" | "authorised" | "confirmed"
  readonly registeredAt: Instant
  readonly expiresAt: Instant
  readonly represented: boolean
  /** How many packages the phone has sent back; also the number of the attempt that is running. */
  readonly refusals: number
  /** Present in every state but `registered`. */
  readonly authorisation?: GivenAuthorisation
}

/** What is left of a disclosure for its own signer: neither hash nor package nor key. */
export interface EndedDisclosure {
  readonly life: "ended"
  readonly id: string
  readonly reference: string
  readonly state: "confirmed" | "refused" | "withdrawn" | "expired"
  readonly reason?: RefusalReason
  readonly signer?: SignerNumbers
  readonly registeredAt: Instant
  readonly refusals: number
  /** From then on the row is gone and the reference may be given out again. */
  readonly forgottenAt: Instant
}

export type Disclosure = LiveDisclosure | EndedDisclosure

/** What a desk is told of a disclosure: the protocol's states, and the reason of a refusal. */
export interface StateNotice {
  readonly state: DisclosureState
  readonly reason?: RefusalReason
}

export function isSameSigner(a: SignerNumbers | undefined, b: SignerNumbers): boolean {
  return a?.uziNumber === b.uziNumber && a.subscriberNumber === b.subscriberNumber
}
