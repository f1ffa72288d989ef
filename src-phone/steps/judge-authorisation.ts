import { bytesOfBase64Url } from "../../src-protocol/bytes.ts"
import type { Instant } from "../../src-protocol/instant.ts"
import { readSignedData } from "../../src-protocol/read-signed-data.ts"
import { JUDGING_REASONS, type RefusalReason } from "../../src-protocol/reasons.ts"
import { unwrapSmime } from "../../src-protocol/smime.ts"
import type { Revocation } from "../../src-protocol/check-revocation.ts"
import {
  compareAuthorisation,
  verifyAuthorisation,
  type Verdict,
} from "../../src-protocol/verify-authorisation.ts"
import { CLOCK_TOLERANCE, type PhoneContext } from "../phone-context.ts"
import { authoritiesOf, builtInAuthorities, type Authorities } from "../state/authorities.ts"
import type { Drawn } from "../state/phone-state.ts"
import { fetchLists } from "./refresh-crls.ts"

/** A verdict, and the authorities (with their lists) that the phone knows by now. */
export interface Judgement {
  readonly verdict: Verdict
  readonly authorities: Authorities
}

/**
 * Step 8: judges `authorisation` now, by the built-in root and the lists that the phone keeps; where these are missing or
 * old it fetches them and judges once more. Then holds it against the phone's own hash and all ten digits.
 */
export async function judgeAuthorisation(
  context: PhoneContext,
  disclosure: Drawn,
  authorisation: Uint8Array,
  known: Authorities,
): Promise<Judgement> {
  const first = await judge(context, disclosure, authorisation, known)
  if (!isChainProven(first)) return { verdict: first, authorities: known }
  const authorities = { ...builtInAuthorities(context.trust), ...authoritiesInside(authorisation), ...known }
  if (first.is === "authorised" || first.reason !== "revocation-unknown")
    return { verdict: first, authorities }
  // The trouble of fetching shows itself: the second verdict is again that revocation is unknown.
  const refreshed = await fetchLists(context, authorities)
  const verdict = await judge(context, disclosure, authorisation, refreshed.authorities)
  return { verdict, authorities: refreshed.authorities }
}

async function judge(
  context: PhoneContext,
  disclosure: Drawn,
  authorisation: Uint8Array,
  authorities: Authorities,
): Promise<Verdict> {
  const at = context.clock()
  const verdict = await verifyAuthorisation(authorisation, {
    crypto: context.crypto,
    trust: context.trust,
    at,
    revocation: revocationOf(authorities, at),
    policy: {
      signedBetween: [disclosure.composedAt - CLOCK_TOLERANCE, at + CLOCK_TOLERANCE],
      maximumCrlAgeMilliseconds: context.settings.maximumCrlAgeMilliseconds,
    },
  })
  const { hash, code } = disclosure
  return compareAuthorisation(verdict, { hash, reference: code.slice(0, 6), confirmation: code.slice(6) })
}

function revocationOf(authorities: Authorities, checkedAt: Instant): Revocation {
  const entries = Object.entries(authorities)
  const crls = entries.flatMap(([, { crl }]) => (crl === undefined ? [] : [bytesOfBase64Url(crl)]))
  const numbers = entries.flatMap(([keyId, { lowestNumber }]): [string, bigint][] =>
    lowestNumber === undefined ? [] : [[keyId, BigInt(lowestNumber)]],
  )
  return { crls, checkedAt, lowestNumbers: new Map(numbers) }
}

const REASONS: readonly RefusalReason[] = JUDGING_REASONS
const CHAIN_PROVEN_FROM = JUDGING_REASONS.indexOf("untrusted-chain") + 1

/** Whether judging came past the chain: then the authorities inside the package are those of the built-in root. */
function isChainProven(verdict: Verdict): boolean {
  if (verdict.is === "authorised") return true
  const place = REASONS.indexOf(verdict.reason)
  return place === -1 || place >= CHAIN_PROVEN_FROM
}

function authoritiesInside(authorisation: Uint8Array): Authorities {
  const { certificates, signer } = readSignedData(unwrapSmime(authorisation))
  return authoritiesOf(certificates.filter((certificate) => certificate !== signer))
}
