import type { PhoneErrorCode } from "../phone-error.ts"
import type { SignerView } from "../state/phone-state.ts"

/** Where the patient stands: for each one thing to know and one thing to do. */
export const SITUATIONS = [
  "nothing-registered",
  "registering",
  "registered",
  "registered-after-mismatch",
  "received",
  "verified",
  "verified-and-planned",
  "publishing",
  "publication-refused",
  "done",
  "refused",
  "withdrawn",
  "withdrawn-untold",
  "expired",
] as const
export type Situation = (typeof SITUATIONS)[number]

/** All words of the phone in one language; a missing one does not compile. */
export interface PhoneWords {
  readonly situations: Readonly<Record<Situation, string>>
  readonly errors: Readonly<Record<PhoneErrorCode, string>>
  /** The message that the patient sends ahead; a pasted code is found in it. */
  readonly shareCode: (digits: string) => string
  readonly validUntil: (time: string) => string
  readonly publishesAt: (time: string) => string
  readonly signedBy: (signer: SignerView, time: string) => string
}
