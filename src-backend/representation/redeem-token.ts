import { SECOND } from "../../src-protocol/instant.ts"
import type { Representation } from "./representation.ts"
import { isForAnother } from "./scope.ts"

/**
 * Redeems the token of a represented person's disclosure: once, and all that is answered is whether it was one. With it
 * the last that linked the flow to a person is forgotten.
 */
export function redeemRepresentation({ memory, clock }: Representation, token: string): boolean {
  const payload = memory.takeAccessToken(token)
  if (payload?.exp === undefined || payload.exp * SECOND <= clock()) return false
  return isForAnother(payload.scope ?? "")
}
