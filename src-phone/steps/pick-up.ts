import { base64UrlOf, bytesOfBase64Url, hexOf } from "../../src-protocol/bytes.ts"
import { MISMATCH_REASONS, PASSING_REASONS, type RefusalReason } from "../../src-protocol/reasons.ts"
import type { SignerIdentity } from "../../src-protocol/signer-identity.ts"
import type { PickUpOutcome } from "../backend/phone-calls.ts"
import { isClockWrong, type PhoneContext } from "../phone-context.ts"
import { isRetriable, PhoneError } from "../phone-error.ts"
import { pickupOf } from "../state/disclosure.ts"
import type { Disclosure, Received, Registered, SignerView } from "../state/phone-state.ts"
import { withDisclosure, type LoadedState } from "../state/state-store.ts"
import { judgeAuthorisation } from "./judge-authorisation.ts"

type Waiting = Registered | Received

/** How often a package about another hash or code sends the disclosure back to `registered` (protocol.md, step 8). */
const MAXIMUM_MISMATCHES = 3

/**
 * Asks for the package and decides on it; the decision is durable, its receipt is owed. Throws PhoneError where there is no
 * answer and nothing kept from before that could be judged.
 */
export async function pickUp(
  context: PhoneContext,
  loaded: LoadedState,
  waiting: Waiting,
  waitSeconds: number,
): Promise<LoadedState> {
  const outcome = await askOrJudgeKept(context, waiting, waitSeconds)
  switch (outcome.is) {
    case "package":
      return decide(context, loaded, waiting, outcome.authorisation, outcome.clockDifference)
    case "none":
      return settleMismatch(loaded, waiting)
    case "not-found":
      return expireOrWait(context, loaded, waiting, outcome.clockDifference)
  }
}

/** What the backend answers; without an answer, or where it has nothing, the package that is here already. */
async function askOrJudgeKept(
  context: PhoneContext,
  waiting: Waiting,
  waitSeconds: number,
): Promise<PickUpOutcome> {
  const kept = waiting.step === "received" ? bytesOfBase64Url(waiting.authorisation) : undefined
  try {
    const outcome = await context.calls.pickUp(pickupOf(waiting), waitSeconds)
    if (outcome.is !== "none" || kept === undefined) return outcome
    return { ...outcome, is: "package", authorisation: kept }
  } catch (error) {
    if (kept === undefined || !isRetriable(error)) throw error
    return { is: "package", authorisation: kept }
  }
}

/** The backend has no package any more, so it has heard of the mismatch, whether or not its answer reached us. */
async function settleMismatch(loaded: LoadedState, waiting: Waiting): Promise<LoadedState> {
  const { mismatch } = waiting
  if (mismatch?.receipt !== "owed") return loaded
  return loaded.save(withDisclosure(loaded.state, { ...waiting, mismatch: { ...mismatch, receipt: "sent" } }))
}

function expireOrWait(
  context: PhoneContext,
  loaded: LoadedState,
  waiting: Waiting,
  clockDifference: number | undefined,
): Promise<LoadedState> {
  if (isClockWrong(clockDifference))
    throw new PhoneError("own-clock-wrong", "not found, and the clocks differ")
  // Before its time is over the backend should know it: its fault, or another's answer. Not the end yet.
  if (context.clock() < waiting.expiresAt)
    throw new PhoneError("not-found", "the backend does not know the disclosure")
  return loaded.save(withDisclosure(loaded.state, { step: "expired" }))
}

async function decide(
  context: PhoneContext,
  loaded: LoadedState,
  waiting: Waiting,
  authorisation: Uint8Array,
  clockDifference: number | undefined,
): Promise<LoadedState> {
  const packageHash = hexOf(await context.crypto.digest("sha-256", authorisation))
  const known = waiting.mismatch
  // Its receipt was lost on the way: it is the same mismatch, not one more.
  if (known?.receipt === "owed" && known.packageHash === packageHash) return loaded
  if (isClockWrong(clockDifference)) {
    return loaded.save(withDisclosure(loaded.state, received(waiting, authorisation, "own-clock-wrong")))
  }
  const { verdict, authorities } = await judgeAuthorisation(
    context,
    waiting,
    authorisation,
    loaded.state.authorities,
  )
  const decided =
    verdict.is === "authorised"
      ? verified(context, waiting, authorisation, verdict.signer, verdict.signedAt)
      : refusedOrKept(waiting, authorisation, verdict.reason, packageHash)
  return loaded.save(withDisclosure({ ...loaded.state, authorities }, decided))
}

function refusedOrKept(
  waiting: Waiting,
  authorisation: Uint8Array,
  reason: RefusalReason,
  packageHash: string,
): Disclosure {
  if (PASSING_REASONS.has(reason)) return received(waiting, authorisation, reason)
  const mismatches: readonly RefusalReason[] = MISMATCH_REASONS
  if (!mismatches.includes(reason) || waiting.mismatches >= MAXIMUM_MISMATCHES) {
    return { step: "refused", reason, owed: pickupOf(waiting) }
  }
  const { mismatches: count } = waiting
  return {
    ...registeredAgain(waiting),
    mismatches: count + 1,
    mismatch: { packageHash, reason, receipt: "owed" },
  }
}

function received(waiting: Waiting, authorisation: Uint8Array, reason: Received["reason"]): Received {
  return { ...waiting, step: "received", authorisation: base64UrlOf(authorisation), reason }
}

/** `waiting` without a package. */
function registeredAgain(waiting: Waiting): Registered {
  const { code, opaque, hash, pickupKey, composedAt, expiresAt, mismatches } = waiting
  return { step: "registered", code, opaque, hash, pickupKey, composedAt, expiresAt, mismatches }
}

function verified(
  context: PhoneContext,
  waiting: Waiting,
  authorisation: Uint8Array,
  signer: SignerIdentity,
  signedAt: number,
): Disclosure {
  const { code, opaque, hash, pickupKey, composedAt } = waiting
  return {
    step: "verified",
    ...{ code, opaque, hash, pickupKey, composedAt, signedAt },
    authorisation: base64UrlOf(authorisation),
    signer: signerView(signer),
    verifiedAt: context.clock(),
    receipt: "owed",
  }
}

function signerView({ name, title, profession, organisation, uziNumber }: SignerIdentity): SignerView {
  return {
    name,
    profession,
    uziNumber,
    ...(title !== undefined && { title }),
    ...(organisation !== undefined && { organisation }),
  }
}
