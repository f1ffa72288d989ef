import type { DisclosureState, ReceiptRequest } from "../../src-protocol/api.ts"
import type { Instant } from "../../src-protocol/instant.ts"
import { JUDGING_REASONS, PASSING_REASONS, type RefusalReason } from "../../src-protocol/reasons.ts"
import type { Backend } from "../backend.ts"
import type { Disclosure, LiveDisclosure } from "../disclosures/disclosure.ts"
import { confirmed, ended, returned } from "../disclosures/life.ts"
import { disclosureOfPhone, readPickupProof } from "../disclosures/pickup-key.ts"
import { ProblemError } from "../http/problem-error.ts"
import type { Answer, Call } from "../http/serve-route.ts"
import type { Records } from "../store/store.ts"
import { forbidPublication } from "./forbid-publication.ts"

/** The package was made for something else: another may still come. */
const MISMATCHES: ReadonlySet<RefusalReason> = new Set<RefusalReason>([
  "hash-mismatch",
  "reference-mismatch",
  "confirmation-mismatch",
])
/** What a phone can refuse for. What time or a network cures is no refusal: the phone asks again later. */
const REFUSALS: ReadonlySet<RefusalReason> = new Set<RefusalReason>(
  [...JUDGING_REASONS, ...MISMATCHES].filter((reason) => !PASSING_REASONS.has(reason)),
)

/**
 * The phone says what it thinks of the package: `confirmed`, back to `registered` after a mismatch, or `refused`. In
 * each case the backend's copy of the package goes, and after a refusal it cannot be published. A receipt that is
 * repeated, or comes while there is no package, changes nothing and answers the state as it is.
 */
export async function takeReceipt(backend: Backend, call: Call<ReceiptRequest>): Promise<Answer> {
  await backend.addressBudgets.call(call.address)
  const { reason } = call.body
  if (reason !== undefined && !REFUSALS.has(reason)) {
    throw new ProblemError("malformed-request", { detail: "this reason is no refusal of a package" })
  }
  const proof = await readPickupProof(backend, call)
  const now = backend.clock()
  const { before, after } = await backend.store.transaction(async (records) => {
    const disclosure = await disclosureOfPhone(backend, records, proof, now)
    return { before: disclosure, after: await conclude(backend, records, disclosure, reason, now) }
  })
  if (after === before) return answer(before.state)
  if (reason !== undefined) backend.log({ is: "refused", step: "receipt", reason })
  backend.changes.announce(before.id)
  // "Deleted" includes the write-ahead log.
  await backend.store.forgetDeleted()
  return answer(after.state)
}

async function conclude(
  backend: Backend,
  records: Records,
  disclosure: LiveDisclosure,
  reason: RefusalReason | undefined,
  now: Instant,
): Promise<Disclosure> {
  if (disclosure.state !== "authorised") return disclosure
  const after =
    reason === undefined ? confirmed(disclosure) : await refuse(backend, records, disclosure, reason, now)
  await records.disclosures.save(after)
  return after
}

async function refuse(
  backend: Backend,
  records: Records,
  disclosure: LiveDisclosure,
  reason: RefusalReason,
  now: Instant,
): Promise<Disclosure> {
  const { settings } = backend.config
  await forbidPublication(backend, records, disclosure)
  const back = MISMATCHES.has(reason) ? returned(disclosure, now, settings) : undefined
  if (back === undefined) return ended(disclosure, { state: "refused", reason }, now, settings)
  const { id, refusals, authorisation } = disclosure
  if (authorisation !== undefined) await records.notices.add(id, refusals, reason, authorisation.packageTag)
  return back
}

function answer(state: DisclosureState): Answer {
  return { status: 200, body: { state } }
}
