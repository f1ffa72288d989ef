import type { PublishRequest } from "../../src-protocol/api.ts"
import type { Instant } from "../../src-protocol/instant.ts"
import type { Opaque } from "../../src-protocol/opaque.ts"
import type { RefusalReason } from "../../src-protocol/reasons.ts"
import {
  verifyAuthorisation,
  type Authorised,
  type Verdict,
} from "../../src-protocol/verify-authorisation.ts"
import type { Backend } from "../backend.ts"
import { bytesOfMember } from "../http/parse-body.ts"
import { ProblemError } from "../http/problem-error.ts"
import type { Answer, Call } from "../http/serve-route.ts"
import type { AcceptedPackage } from "../store/records/accepted.ts"
import type { Records } from "../store/store.ts"
import { hasTheSize, isAccepted, isPlausibleDay, matchesCode, matchesHash, readOpaque } from "./rules.ts"

interface Publication {
  readonly opaque: Uint8Array
  readonly authorisation: Uint8Array
  readonly packageHash: Uint8Array
  readonly packageTag: Uint8Array
}

/**
 * A phone publishes, without saying who it is. The package is judged again from scratch, as of when it was accepted;
 * then one synced transaction marks it used and queues the seed. Nothing else of the publication is kept or logged.
 */
export async function publish(backend: Backend, call: Call<PublishRequest>): Promise<Answer> {
  await backend.addressBudgets.call(call.address)
  const publication = await readPublication(backend, call.body)
  refuseIf(backend, hasTheSize(publication.opaque))
  const { acceptedAt } = await acceptedEntry(backend, publication)
  const opaque = readOpaque(publication.opaque)
  if (typeof opaque === "string") throw refused(backend, opaque)
  const verdict = await judge(backend, publication.authorisation, acceptedAt)
  if (verdict.is === "refused") throw refused(backend, verdict.reason)
  await checkAgainst(backend, publication, opaque, verdict, acceptedAt)
  await queue(backend, publication, opaque)
  return { status: 202, body: { queued: true } }
}

async function readPublication(backend: Backend, body: PublishRequest): Promise<Publication> {
  const [opaque, authorisation] = [bytesOfMember(body.opaque), bytesOfMember(body.authorisation)]
  return {
    opaque,
    authorisation,
    packageHash: await backend.crypto.digest("sha-256", authorisation),
    packageTag: await backend.keys.packageTag(authorisation),
  }
}

async function acceptedEntry(backend: Backend, publication: Publication): Promise<AcceptedPackage> {
  const now = backend.clock()
  const { entry, reason } = await backend.store.transaction((records) =>
    findAccepted(records, publication, now),
  )
  if (entry === undefined || reason !== undefined) throw refused(backend, reason ?? "not-accepted")
  return entry
}

interface Found {
  readonly entry: AcceptedPackage | undefined
  readonly reason: RefusalReason | undefined
}

async function findAccepted({ accepted }: Records, publication: Publication, now: Instant): Promise<Found> {
  const entry = await accepted.find(publication.packageHash)
  return { entry, reason: isAccepted(entry, await accepted.isWithdrawn(publication.packageTag), now) }
}

function judge(backend: Backend, authorisation: Uint8Array, acceptedAt: Instant): Promise<Verdict> {
  const { settings, trust } = backend.config
  const { signingTimeToleranceMilliseconds: tolerance, maximumCrlAgeMilliseconds } = settings
  const earliest = acceptedAt - settings.longestRegisteredMilliseconds - tolerance
  return verifyAuthorisation(authorisation, {
    crypto: backend.crypto,
    trust,
    at: acceptedAt,
    revocation: backend.crls.revocation(backend.clock()),
    policy: { signedBetween: [earliest, acceptedAt + tolerance], maximumCrlAgeMilliseconds },
  })
}

async function checkAgainst(
  backend: Backend,
  { opaque: bytes }: Publication,
  opaque: Opaque,
  verdict: Authorised,
  acceptedAt: Instant,
): Promise<void> {
  refuseIf(backend, await matchesHash(backend.crypto, bytes, verdict))
  refuseIf(backend, matchesCode(opaque, verdict))
  refuseIf(backend, isPlausibleDay(opaque, acceptedAt, backend.config.settings.plausibleDays))
}

async function queue(backend: Backend, publication: Publication, { day, dayKey }: Opaque): Promise<void> {
  const now = backend.clock()
  const reason = await backend.store.transaction(async (records) => {
    const found = await findAccepted(records, publication, now)
    if (found.reason !== undefined) return found.reason
    if (!(await records.accepted.markUsed(publication.packageHash))) return "already-published"
    await records.queue.add({ day, dayKey })
    // Where the phone's receipt never came, the backend still has its copy. No state changes: the desk learns nothing.
    await records.disclosures.dropPackage(publication.packageTag)
    return undefined
  })
  refuseIf(backend, reason)
  // The package that was dropped, and which pages were written together, do not stay in the write-ahead log.
  await backend.store.forgetDeleted()
}

function refuseIf(backend: Backend, reason: RefusalReason | undefined): void {
  if (reason !== undefined) throw refused(backend, reason)
}

function refused(backend: Backend, reason: RefusalReason): ProblemError {
  backend.log({ is: "refused", step: "publish", reason })
  const { retryAfterSeconds } = backend.config.settings
  if (reason === "revocation-unknown")
    return new ProblemError("revocation-unknown", { reason, retryAfterSeconds })
  return new ProblemError("refused", { reason })
}
