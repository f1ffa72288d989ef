import { dayOf, DAY, SECOND, type Instant } from "../../src-protocol/instant.ts"
import type { Authorised } from "../../src-protocol/verify-authorisation.ts"
import type { Backend } from "../backend.ts"
import { currentDisclosure } from "../disclosures/current-disclosure.ts"
import {
  isSameSigner,
  type Disclosure,
  type LiveDisclosure,
  type SignerNumbers,
} from "../disclosures/disclosure.ts"
import { authorised } from "../disclosures/life.ts"
import { ProblemError } from "../http/problem-error.ts"
import type { Session } from "../store/records/sessions.ts"
import type { Records } from "../store/store.ts"
import { budgetLeft, countsOf, oneMore } from "./clinician-counts.ts"

/** A package on its way in: the same through all the steps of its acceptance. */
export interface HandedIn {
  readonly session: Session
  readonly reference: string
  readonly authorisation: Uint8Array
  readonly packageTag: Uint8Array
  readonly receivedAt: Instant
}

/** The live disclosure, or what is said of an ended one: `gone` to its own signer, `not-found` to all others. */
function liveOrThrow(found: Disclosure | undefined, session: Session): LiveDisclosure {
  if (found?.life === "live") return found
  if (found !== undefined && isSameSigner(found.signer, session)) {
    const { state, reason } = found
    throw new ProblemError("gone", { state, ...(reason === undefined ? {} : { reason }) })
  }
  throw new ProblemError("not-found")
}

/** The live disclosure that the package is for; throws what its clinician, or any other, is told of an ended one. */
export async function addressedDisclosure(
  { config }: Backend,
  records: Records,
  { reference, receivedAt, packageTag, session }: HandedIn,
): Promise<LiveDisclosure> {
  const found = await currentDisclosure(records, reference, receivedAt, config.settings)
  // The phone has sent this very package back: sending it once more does not make it right.
  const reason = found === undefined ? undefined : await records.notices.byPackage(found.id, packageTag)
  if (reason !== undefined) throw new ProblemError("refused", { reason })
  return liveOrThrow(found, session)
}

/** Tags are no secrets to those who have made them: a plain comparison. */
export function isSameTag(a: Uint8Array | undefined, b: Uint8Array): boolean {
  return a !== undefined && Buffer.compare(a, b) === 0
}

/**
 * One synced transaction: the disclosure becomes `authorised`, the package is stored and `accepted`, one of the daily budget
 * is spent. Between judging and this another may have been quicker, or the phone may have sent this package back, so what
 * was found then is looked at again: the first package stays. Throws `already-authorised`, `budget-spent`, or as
 * `addressedDisclosure`.
 */
export async function recordAcceptance(
  backend: Backend,
  handedIn: HandedIn,
  judged: LiveDisclosure,
  verdict: Authorised,
): Promise<{ readonly status: 200 | 201; readonly disclosure: LiveDisclosure }> {
  const { hash, reference, confirmation } = verdict
  const statementTag = await backend.keys.statementTag({ hash, code: { reference, confirmation } })
  const packageHash = await backend.crypto.digest("sha-256", handedIn.authorisation)
  const recorded = await backend.store.transaction(async (records) => {
    const live = await addressedDisclosure(backend, records, handedIn)
    // While it was being judged, the reference was given to another phone.
    if (live.id !== judged.id) throw new ProblemError("not-found")
    if (live.authorisation !== undefined) {
      return { status: 200, disclosure: checkRepeated(live, handedIn.session, statementTag) } as const
    }
    const disclosure = await store(backend, records, live, { ...handedIn, statementTag, packageHash })
    return { status: 201, disclosure } as const
  })
  if (recorded.status === 201) backend.changes.announce(recorded.disclosure.id)
  return recorded
}

/** The same statement by the same signer is the first one's repetition; all else comes too late. */
function checkRepeated(
  live: LiveDisclosure,
  session: SignerNumbers,
  statementTag: Uint8Array,
): LiveDisclosure {
  const isRepeated = isSameSigner(live.authorisation?.signer, session)
  if (isRepeated && isSameTag(live.authorisation?.statementTag, statementTag)) return live
  throw new ProblemError("already-authorised")
}

async function store(
  backend: Backend,
  records: Records,
  live: LiveDisclosure,
  handedIn: HandedIn & { readonly statementTag: Uint8Array; readonly packageHash: Uint8Array },
): Promise<LiveDisclosure> {
  const { settings } = backend.config
  const { session, receivedAt: acceptedAt, packageTag, statementTag, packageHash, authorisation } = handedIn
  await spendBudget(backend, records, session, acceptedAt)
  const { uziNumber, subscriberNumber } = session
  const signer = { uziNumber, subscriberNumber }
  const given = { acceptedAt, signer, packageTag, statementTag, package: authorisation }
  const disclosure = authorised(live, given, settings)
  await records.disclosures.save(disclosure)
  const { expiresAt } = disclosure
  const forgottenAt = expiresAt + settings.acceptedKeptMilliseconds
  await records.accepted.add({ packageHash, acceptedAt, expiresAt, forgottenAt })
  return disclosure
}

async function spendBudget(
  { config }: Backend,
  { clinicians }: Records,
  signer: SignerNumbers,
  now: Instant,
): Promise<void> {
  const counts = countsOf(await clinicians.find(signer), dayOf(now))
  if (budgetLeft(counts, config.settings.authorisationsPerClinicianPerDay) === 0) {
    const retryAfterSeconds = ((dayOf(now) + 1) * DAY - now) / SECOND
    throw new ProblemError("budget-spent", { retryAfterSeconds })
  }
  await clinicians.save(signer, oneMore(counts))
}
