import { isRetriable, PhoneError, type Trouble } from "../phone-error.ts"
import type { PhoneContext } from "../phone-context.ts"
import type { LoadedState } from "../state/state-store.ts"
import { pickUp } from "./pick-up.ts"
import { settleOwed } from "./send-receipt.ts"

/** Where a step ended, and what kept it from going further. */
export interface StepResult {
  readonly loaded: LoadedState
  readonly trouble?: Trouble
  /** How long the backend asked us to stay away. */
  readonly retryAfterSeconds?: number
}

/**
 * Step 8: picks the package up, judges it and sends the receipt; repeats until the disclosure is decided or `seconds` have
 * passed. What passes (no network, a list too old, a wrong clock) is answered as `trouble`, nothing is lost by it.
 * Throws PhoneError `nothing-registered` and what is not retriable.
 */
export async function waitForAuthorisation(context: PhoneContext, seconds: number): Promise<StepResult> {
  // A duration, so by the clock that nobody sets.
  const end = performance.now() + seconds * 1_000
  for (;;) {
    const left = Math.max(0, end - performance.now())
    const result = await attempt(context, Math.min(context.settings.longPollSeconds, Math.ceil(left / 1_000)))
    if (!isWaiting(result) || performance.now() >= end) return result
    const pause = Math.max(context.settings.pauseMilliseconds, (result.retryAfterSeconds ?? 0) * 1_000)
    await context.sleep(Math.min(pause, left))
  }
}

/** One attempt; a passing failure is an answer here. */
async function attempt(context: PhoneContext, waitSeconds: number): Promise<StepResult> {
  try {
    return await advance(context, await context.store.load(), waitSeconds)
  } catch (error) {
    if (!isRetriable(error)) throw error
    return failed(await context.store.load(), error)
  }
}

async function advance(context: PhoneContext, loaded: LoadedState, waitSeconds: number): Promise<StepResult> {
  const disclosure = loaded.state.disclosure
  switch (disclosure?.step) {
    case "registered":
    case "received": {
      const judged = await pickUp(context, loaded, disclosure, waitSeconds)
      return withTrouble(await settleOwed(context, judged))
    }
    case "verified":
    case "refused":
    case "withdrawn":
      return { loaded: await settleOwed(context, loaded) }
    case "publishing":
    case "done":
    case "expired":
      return { loaded }
    case "registering":
    case undefined:
      throw new PhoneError("nothing-registered", "no disclosure is registered")
  }
}

/** A package that cannot be judged yet carries its own trouble. */
function withTrouble(loaded: LoadedState): StepResult {
  const disclosure = loaded.state.disclosure
  return disclosure?.step === "received" ? { loaded, trouble: disclosure.reason } : { loaded }
}

/** A step that a retriable error ended: nothing is lost, and this is what was the matter. */
export function failed(loaded: LoadedState, error: PhoneError): StepResult {
  const { code: trouble, retryAfterSeconds } = error
  return { loaded, trouble, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) }
}

/** Whether more time can bring more: nothing is decided yet, or the backend has not heard the decision. */
function isWaiting({ loaded, trouble }: StepResult): boolean {
  const step = loaded.state.disclosure?.step
  return step === "registered" || step === "received" || (trouble !== undefined && step !== undefined)
}
