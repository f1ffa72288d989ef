import { HOUR, dayOf } from "../../src-protocol/instant.ts"
import { PASSING_REASONS, type RefusalReason } from "../../src-protocol/reasons.ts"
import type { PhoneContext } from "../phone-context.ts"
import { isRetriable, PhoneError } from "../phone-error.ts"
import type { Publishing, Verified } from "../state/phone-state.ts"
import { rekeyed } from "../state/seed.ts"
import { withDisclosure, type LoadedState } from "../state/state-store.ts"
import { settleOwed } from "./send-receipt.ts"
import { failed, type StepResult } from "./wait-for-authorisation.ts"

export interface PublishOptions {
  /** Called with the time at which the phone will publish, before it waits for it. */
  readonly onPlanned?: (publishAt: number) => void
}

/** However long a backend says that its cycle is. */
const LONGEST_WAIT = 24 * HOUR

/**
 * Step 9: after the receipt and a random wait the phone sends the data and the package, and nothing that says who it is.
 * Before anything leaves, the step is durable; on 202 and on `already-published` the seeds and the package are destroyed and
 * the phone rekeys. What passes is answered as `trouble`; calling again goes on.
 * Throws PhoneError `not-authorised-yet`, `nothing-registered`, `already-over`.
 */
export async function publish(context: PhoneContext, options: PublishOptions): Promise<StepResult> {
  try {
    return await advance(context, await context.store.load(), options)
  } catch (error) {
    if (!isRetriable(error)) throw error
    return failed(await context.store.load(), error)
  }
}

async function advance(
  context: PhoneContext,
  loaded: LoadedState,
  options: PublishOptions,
): Promise<StepResult> {
  const disclosure = loaded.state.disclosure
  switch (disclosure?.step) {
    case "verified":
      return publishVerified(context, loaded, disclosure, options)
    case "publishing":
      return send(context, loaded, disclosure)
    case "done":
      return { loaded }
    case "registering":
    case "registered":
    case "received":
      throw new PhoneError("not-authorised-yet", `the disclosure is ${disclosure.step}`)
    case "refused":
    case "withdrawn":
    case "expired":
      throw new PhoneError("already-over", `the disclosure is ${disclosure.step}`)
    case undefined:
      throw new PhoneError("nothing-registered", "no disclosure is registered")
  }
}

async function publishVerified(
  context: PhoneContext,
  loaded: LoadedState,
  verified: Verified,
  options: PublishOptions,
): Promise<StepResult> {
  if (verified.receipt === "owed") return advance(context, await settleOwed(context, loaded), options)
  if (verified.publishAt === undefined)
    return advance(context, await plan(context, loaded, verified), options)
  const left = verified.publishAt - context.clock()
  if (left <= 0) return begin(context, loaded, verified)
  options.onPlanned?.(verified.publishAt)
  await context.sleep(left)
  // In the meantime the patient may have withdrawn.
  return begin(context, ...(await stillVerified(context)))
}

async function plan(context: PhoneContext, loaded: LoadedState, verified: Verified): Promise<LoadedState> {
  const longestSeconds =
    context.settings.publicationWaitSeconds ?? (await context.calls.batches()).cycleSeconds
  const wait = randomFraction(context) * Math.min(longestSeconds * 1_000, LONGEST_WAIT)
  const publishAt = context.clock() + Math.floor(wait)
  return loaded.save(withDisclosure(loaded.state, { ...verified, publishAt }))
}

/** From 0 to just below 1. */
function randomFraction({ crypto }: PhoneContext): number {
  const [a = 0, b = 0, c = 0, d = 0] = crypto.randomBytes(4)
  return (a + b / 2 ** 8 + c / 2 ** 16 + d / 2 ** 24) / 2 ** 8
}

async function stillVerified(context: PhoneContext): Promise<[LoadedState, Verified]> {
  const loaded = await context.store.load()
  const disclosure = loaded.state.disclosure
  if (disclosure?.step !== "verified")
    throw new PhoneError("state-changed", "the disclosure went on while waiting")
  return [loaded, disclosure]
}

async function begin(context: PhoneContext, loaded: LoadedState, verified: Verified): Promise<StepResult> {
  const { opaque, authorisation, signer } = verified
  const publishing: Publishing = { step: "publishing", opaque, authorisation, signer, since: context.clock() }
  return send(context, await loaded.save(withDisclosure(loaded.state, publishing)), publishing)
}

async function send(context: PhoneContext, loaded: LoadedState, publishing: Publishing): Promise<StepResult> {
  const { opaque, authorisation } = publishing
  const outcome = await context.calls.publish({ opaque, authorisation })
  if (outcome.is === "queued" || outcome.reason === "already-published")
    return { loaded: await destroy(context, loaded) }
  if (PASSING_REASONS.has(outcome.reason)) return { loaded, trouble: outcome.reason }
  return { loaded: await keepRefused(loaded, publishing, outcome.reason), trouble: outcome.reason }
}

/** One write takes data, package, signer and seeds away and brings a new key that has nothing to do with the old ones. */
function destroy(context: PhoneContext, loaded: LoadedState): Promise<LoadedState> {
  const now = context.clock()
  const seed = rekeyed(context.crypto, dayOf(now))
  return loaded.save(withDisclosure({ ...loaded.state, seed }, { step: "done", publishedAt: now }))
}

function keepRefused(
  loaded: LoadedState,
  publishing: Publishing,
  reason: RefusalReason,
): Promise<LoadedState> {
  return loaded.save(withDisclosure(loaded.state, { ...publishing, refusedFor: reason }))
}
