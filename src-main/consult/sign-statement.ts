import type { FindAnswer } from "../../src-protocol/api.ts"
import type { Code } from "../../src-protocol/code.ts"
import type { CryptoPort } from "../../src-protocol/crypto-port.ts"
import type { Instant } from "../../src-protocol/instant.ts"
import type { Signer } from "../../src-protocol/signed-data.ts"
import {
  compareAuthorisation,
  SIGNING_TIME_TOLERANCE,
  verifyAuthorisation,
  type Authorised,
} from "../../src-protocol/verify-authorisation.ts"
import { DEFAULT_MAXIMUM_CRL_AGE, type Revocation } from "../../src-protocol/check-revocation.ts"
import type { TrustProfile } from "../../src-protocol/uzi/trust-profile.ts"
import { judgedUnfit } from "../desk-problem.ts"
import type { OutboxSigner } from "../outbox/outbox.ts"

/** What the clinician is about to sign, and for whom it must hold. */
export interface ToSign {
  readonly code: Code
  readonly disclosure: FindAnswer
  /** Whose session it is: nobody else may sign in it. */
  readonly clinician: OutboxSigner
}

/** Has the statement over the found hash and the whole code signed; not yet judged. */
export async function signStatement(
  crypto: Pick<CryptoPort, "digest">,
  { code, disclosure }: ToSign,
  signer: Signer,
  signedAt: Instant,
): Promise<Uint8Array> {
  // Half of all that the desk is made of: loaded when it is first needed, which is while the clinician reads (warm-up.ts).
  const { composeAuthorisation } = await import("../../src-protocol/signed-data.ts")
  return await composeAuthorisation(crypto, { hash: disclosure.hash, code }, signer, signedAt)
}

export interface JudgingFacts {
  readonly crypto: CryptoPort
  readonly trust: TrustProfile
  readonly at: Instant
  readonly revocation: Revocation
}

/** What the desk knows of the others' clocks: the phone and the backend hold the signing time against theirs. */
export interface OwnPackageFacts extends JudgingFacts {
  /** The backend's clock minus ours, as found at look-up. */
  readonly clockDifferenceMilliseconds: number
}

/**
 * Judges the desk's own package as backend and phone will: the same function, the same comparisons. Nothing leaves the
 * desk without it. Throws `JUDGED_UNFIT` with the reason.
 */
export async function judgeOwnPackage(
  authorisation: Uint8Array,
  { code, disclosure, clinician }: ToSign,
  { clockDifferenceMilliseconds, ...facts }: OwnPackageFacts,
): Promise<Authorised> {
  const registeredAt = Date.parse(disclosure.registeredAt)
  const verdict = await verifyAuthorisation(authorisation, {
    ...facts,
    policy: {
      signedBetween: [
        registeredAt - SIGNING_TIME_TOLERANCE,
        facts.at + clockDifferenceMilliseconds + SIGNING_TIME_TOLERANCE,
      ],
      maximumCrlAgeMilliseconds: DEFAULT_MAXIMUM_CRL_AGE,
    },
  })
  const { uziNumber, subscriberNumber } = clinician
  const signer = { uziNumber, subscriberNumber }
  const compared = compareAuthorisation(verdict, { hash: disclosure.hash, ...code, signer })
  if (compared.is === "authorised") return compared
  throw judgedUnfit(compared)
}
