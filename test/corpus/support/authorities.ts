import { builtInAuthorities, type Authorities } from "../../../src-phone/state/authorities.ts"
import type { TrustProfile } from "../../../src-protocol/uzi/trust-profile.ts"

/** The authorities that a phone knows already because it has seen lists of them, with the highest numbers seen. */
export function authoritiesSeen(trust: TrustProfile, numbers: ReadonlyMap<string, bigint>): Authorities {
  const known = Object.entries(builtInAuthorities(trust))
  return Object.fromEntries(
    known.flatMap(([keyId, authority]) => {
      const number = numbers.get(keyId)
      return number === undefined ? [] : [[keyId, { ...authority, lowestNumber: number.toString() }]]
    }),
  )
}
