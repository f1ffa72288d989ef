import type { DisclosureState } from "../../src-protocol/api.ts"

/**
 * Whether nothing comes after this state for the one who holds the status token. `registered` is final too: the phone
 * found the package not to be for its code, and whoever signs next gets a token of their own.
 */
export function isFinal(state: DisclosureState): boolean {
  return state !== "authorised"
}
