import type { CryptoPort } from "../../src-protocol/crypto-port.ts"
import { DAY, dayOf, HOUR, type Instant } from "../../src-protocol/instant.ts"
import type { PhoneState } from "./phone-state.ts"
import { rekeyed } from "./seed.ts"
import { withDisclosure } from "./state-store.ts"

/** protocol.md, Times: a disclosure is registered for 24 hours at most, authorised for 72, and its acceptance kept for 7 days. */
const LONGEST_REGISTERED = 24 * HOUR
const LONGEST_AUTHORISED = 72 * HOUR
const ACCEPTANCE_KEPT = 7 * DAY

/**
 * `state` with its disclosure expired, where no backend can still know of it; its secrets go with it.
 * `now` must be known to be right. A publication that was never answered may have arrived: then the phone rekeys too.
 */
export function withoutExpired(
  crypto: Pick<CryptoPort, "randomBytes">,
  state: PhoneState,
  now: Instant,
): PhoneState {
  const end = endOf(state.disclosure)
  if (end === undefined || now <= end) return state
  const expired = withDisclosure(state, { step: "expired" })
  const mayBePublished = state.disclosure?.step === "publishing" && state.disclosure.refusedFor === undefined
  return mayBePublished ? { ...expired, seed: rekeyed(crypto, dayOf(now)) } : expired
}

function endOf(disclosure: PhoneState["disclosure"]): Instant | undefined {
  switch (disclosure?.step) {
    case "registering":
      return disclosure.composedAt + LONGEST_REGISTERED
    case "registered":
    case "received":
      return disclosure.composedAt + LONGEST_REGISTERED + LONGEST_AUTHORISED
    case "verified":
      return disclosure.verifiedAt + LONGEST_AUTHORISED
    case "publishing":
      return disclosure.since + LONGEST_AUTHORISED + ACCEPTANCE_KEPT
    case "done":
    case "refused":
    case "withdrawn":
    case "expired":
    case undefined:
      return undefined
  }
}
