import { base64UrlOf } from "../../src-protocol/bytes.ts"
import type { RefusalReason } from "../../src-protocol/reasons.ts"
import {
  compareAuthorisation,
  verifyAuthorisation,
  type Verdict,
} from "../../src-protocol/verify-authorisation.ts"
import type { Backend } from "../backend.ts"
import { isSameSigner, type LiveDisclosure } from "../disclosures/disclosure.ts"
import { ProblemError } from "../http/problem-error.ts"
import type { Answer, Call } from "../http/serve-route.ts"
import { inSession } from "../sessions/session.ts"
import { addressedDisclosure, isSameTag, recordAcceptance, type HandedIn } from "./record-acceptance.ts"

/**
 * A clinician hands in a package. All of it is judged, as desk and phone do, and held against what was registered and
 * who is signed in; then one synced transaction stores it and records `accepted`. Handing in the same again, or the same
 * statement, gets the same answer, and the first package stays.
 */
export async function acceptAuthorisation(backend: Backend, call: Call<Uint8Array>): Promise<Answer> {
  const reference = call.parameters["reference"] ?? ""
  const packageTag = await backend.keys.packageTag(call.body)
  const { handedIn, disclosure } = await inSession(backend, call, async (records, session) => {
    backend.clinicianBudgets.attempt(session)
    const receivedAt = backend.clock()
    const handedIn: HandedIn = { session, reference, authorisation: call.body, packageTag, receivedAt }
    return { handedIn, disclosure: await addressedDisclosure(backend, records, handedIn) }
  })
  if (isSamePackage(disclosure, handedIn)) return answer(backend, 200, disclosure)
  const verdict = await judge(backend, handedIn, disclosure)
  if (verdict.is === "refused") throw refusal(backend, disclosure, handedIn, verdict.reason)
  const { status, disclosure: recorded } = await recordAcceptance(backend, handedIn, disclosure, verdict)
  return answer(backend, status, recorded)
}

function isSamePackage({ authorisation }: LiveDisclosure, { packageTag, session }: HandedIn): boolean {
  return isSameSigner(authorisation?.signer, session) && isSameTag(authorisation?.packageTag, packageTag)
}

async function judge(
  backend: Backend,
  { authorisation, reference, receivedAt, session }: HandedIn,
  { hash, registeredAt }: LiveDisclosure,
): Promise<Verdict> {
  const { signingTimeToleranceMilliseconds: tolerance, maximumCrlAgeMilliseconds } = backend.config.settings
  const verdict = await verifyAuthorisation(authorisation, {
    crypto: backend.crypto,
    trust: backend.config.trust,
    at: receivedAt,
    revocation: backend.crls.revocation(receivedAt),
    policy: { signedBetween: [registeredAt - tolerance, receivedAt + tolerance], maximumCrlAgeMilliseconds },
  })
  const { uziNumber, subscriberNumber } = session
  return compareAuthorisation(verdict, { hash, reference, signer: { uziNumber, subscriberNumber } })
}

function refusal(
  backend: Backend,
  { authorisation }: LiveDisclosure,
  { session }: HandedIn,
  reason: RefusalReason,
): ProblemError {
  backend.log({ is: "refused", step: "accept", reason })
  if (reason === "revocation-unknown") {
    return new ProblemError("revocation-unknown", {
      reason,
      retryAfterSeconds: backend.config.settings.retryAfterSeconds,
    })
  }
  // Another's disclosure: only who signed the very hash learns that it is there.
  const isOthers = authorisation !== undefined && !isSameSigner(authorisation.signer, session)
  return isOthers ? new ProblemError("not-found") : new ProblemError("refused", { reason })
}

async function answer(backend: Backend, status: number, disclosure: LiveDisclosure): Promise<Answer> {
  const statusToken = base64UrlOf(await backend.keys.statusToken(disclosure.id, disclosure.refusals))
  return { status, body: { state: disclosure.state, statusToken } }
}
