import type { PhoneContext } from "../phone-context.ts"
import { isRetriable, PhoneError } from "../phone-error.ts"
import { pickupOf } from "../state/disclosure.ts"
import type { Disclosure, Withdrawn } from "../state/phone-state.ts"
import { withDisclosure } from "../state/state-store.ts"
import { settleOwed } from "./send-receipt.ts"
import { failed, type StepResult } from "./wait-for-authorisation.ts"

/**
 * The patient takes it back, until the phone publishes. From the first durable write on nothing is published any more;
 * that the backend could not be told is answered as `trouble`, and it is told with the next step.
 * Throws PhoneError `nothing-registered`, `too-late-to-withdraw`, `already-over`.
 */
export async function withdraw(context: PhoneContext): Promise<StepResult> {
  const loaded = await context.store.load()
  const withdrawn = withdrawnFrom(loaded.state.disclosure)
  const saved = await loaded.save(withDisclosure(loaded.state, withdrawn))
  try {
    return { loaded: await settleOwed(context, saved) }
  } catch (error) {
    if (!isRetriable(error)) throw error
    return failed(saved, error)
  }
}

function withdrawnFrom(disclosure: Disclosure | undefined): Withdrawn {
  switch (disclosure?.step) {
    case "registering":
    case "registered":
    case "received":
    case "verified":
      return { step: "withdrawn", owed: pickupOf(disclosure) }
    case "withdrawn":
      return disclosure
    case "publishing":
      if (disclosure.refusedFor !== undefined) return { step: "withdrawn" }
      throw new PhoneError("too-late-to-withdraw", "the publication may have arrived")
    case "done":
      throw new PhoneError("too-late-to-withdraw", "the keys are published")
    case "refused":
    case "expired":
      throw new PhoneError("already-over", `the disclosure is ${disclosure.step}`)
    case undefined:
      throw new PhoneError("nothing-registered", "no disclosure is registered")
  }
}
