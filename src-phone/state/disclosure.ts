import type { Pickup } from "../backend/phone-calls.ts"
import type { Drawn } from "./phone-state.ts"

const REFERENCE_DIGITS = 6

/** The six digits under which the backend keeps the disclosure. */
export function referenceOf(drawn: Pick<Drawn, "code">): string {
  return drawn.code.slice(0, REFERENCE_DIGITS)
}

/** What proves that this phone registered it. */
export function pickupOf(drawn: Pick<Drawn, "code" | "pickupKey">): Pickup {
  return { reference: referenceOf(drawn), pickupKey: drawn.pickupKey }
}
