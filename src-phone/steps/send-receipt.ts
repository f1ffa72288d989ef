import type { RefusalReason } from "../../src-protocol/reasons.ts"
import type { StateOutcome } from "../backend/phone-calls.ts"
import type { PhoneContext } from "../phone-context.ts"
import { pickupOf } from "../state/disclosure.ts"
import type { Farewell, Registered, Verified } from "../state/phone-state.ts"
import { withDisclosure, type LoadedState } from "../state/state-store.ts"

/**
 * Tells the backend what it may not have heard: the receipt of a verified, mismatched or refused package, or a
 * withdrawal. Each is kept as owed until the backend answers, also that it knows nothing of it (then it is over there).
 * Throws PhoneError where it cannot be told now; nothing is lost then.
 */
export async function settleOwed(context: PhoneContext, loaded: LoadedState): Promise<LoadedState> {
  const disclosure = loaded.state.disclosure
  if (disclosure?.step === "verified") return settleVerified(context, loaded, disclosure)
  if (disclosure?.step === "registered") return settleMismatch(context, loaded, disclosure)
  if (disclosure?.step === "refused" && disclosure.owed !== undefined) {
    await refuse(context, disclosure.owed, disclosure.reason)
    return loaded.save(withDisclosure(loaded.state, { step: "refused", reason: disclosure.reason }))
  }
  if (disclosure?.step === "withdrawn" && disclosure.owed !== undefined) {
    await context.calls.withdraw(disclosure.owed)
    return loaded.save(withDisclosure(loaded.state, { step: "withdrawn" }))
  }
  return loaded
}

async function settleVerified(
  context: PhoneContext,
  loaded: LoadedState,
  verified: Verified,
): Promise<LoadedState> {
  if (verified.receipt === "sent") return loaded
  await context.calls.receipt(pickupOf(verified), { accepted: true })
  return loaded.save(withDisclosure(loaded.state, { ...verified, receipt: "sent" }))
}

async function settleMismatch(
  context: PhoneContext,
  loaded: LoadedState,
  disclosure: Registered,
): Promise<LoadedState> {
  const { mismatch } = disclosure
  if (mismatch?.receipt !== "owed") return loaded
  const outcome = await refuse(context, pickupOf(disclosure), mismatch.reason)
  if (outcome.is === "state" && outcome.state === "refused") {
    return loaded.save(withDisclosure(loaded.state, { step: "refused", reason: mismatch.reason }))
  }
  const settled: Registered = { ...disclosure, mismatch: { ...mismatch, receipt: "sent" } }
  return loaded.save(withDisclosure(loaded.state, settled))
}

function refuse(context: PhoneContext, pickup: Farewell, reason: RefusalReason): Promise<StateOutcome> {
  return context.calls.receipt(pickup, { accepted: false, reason })
}
