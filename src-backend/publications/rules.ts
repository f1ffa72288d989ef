import { decodeOpaque, hashOpaque, OPAQUE_BYTES, type Opaque } from "../../src-protocol/opaque.ts"
import type { CryptoPort } from "../../src-protocol/crypto-port.ts"
import { ProtocolError } from "../../src-protocol/errors.ts"
import { dayOf, type Instant } from "../../src-protocol/instant.ts"
import type { RefusalReason } from "../../src-protocol/reasons.ts"
import type { Authorised } from "../../src-protocol/verify-authorisation.ts"
import type { AcceptedPackage } from "../store/records/accepted.ts"

/**
 * The rules of a publication, a function a rule, in the order in which `publish.ts` asks them. Each answers the reason
 * for which it refuses, or `undefined`. All of them but the signature itself: that is `verifyAuthorisation`'s.
 */

/** Before any work at all. */
export function hasTheSize(opaque: Uint8Array): RefusalReason | undefined {
  return opaque.length === OPAQUE_BYTES ? undefined : "malformed-opaque"
}

/** Only what came through a session, its limits and its checks can be published, and only in its time. */
export function isAccepted(
  accepted: AcceptedPackage | undefined,
  isWithdrawn: boolean,
  now: Instant,
): RefusalReason | undefined {
  if (accepted === undefined || isWithdrawn) return "not-accepted"
  if (accepted.used) return "already-published"
  return now < accepted.expiresAt ? undefined : "not-accepted"
}

/** The parts of the opaque bytes, or the reason. */
export function readOpaque(bytes: Uint8Array): Opaque | RefusalReason {
  try {
    return decodeOpaque(bytes)
  } catch (error) {
    if (error instanceof ProtocolError) return "malformed-opaque"
    throw error
  }
}

/** What is published must be what was signed. */
export async function matchesHash(
  crypto: Pick<CryptoPort, "digest">,
  bytes: Uint8Array,
  { hash }: Pick<Authorised, "hash">,
): Promise<RefusalReason | undefined> {
  return (await hashOpaque(crypto, bytes)) === hash ? undefined : "hash-mismatch"
}

/** The code that the phone bound in must be the one that was read out and signed. */
export function matchesCode(
  { code }: Pick<Opaque, "code">,
  { reference, confirmation }: Pick<Authorised, "reference" | "confirmation">,
): RefusalReason | undefined {
  if (code.reference !== reference) return "reference-mismatch"
  return code.confirmation === confirmation ? undefined : "confirmation-mismatch"
}

/** The first contagious day lies at most so many days before acceptance, and not after it. */
export function isPlausibleDay(
  { day }: Pick<Opaque, "day">,
  acceptedAt: Instant,
  plausibleDays: number,
): RefusalReason | undefined {
  const last = dayOf(acceptedAt)
  return day >= last - plausibleDays && day <= last ? undefined : "implausible-day"
}
