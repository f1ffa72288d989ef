import type { Instant } from "../../src-protocol/instant.ts"
import type { RefusalReason } from "../../src-protocol/reasons.ts"
import type { Settings } from "../settings.ts"
import type { EndedDisclosure, GivenAuthorisation, LiveDisclosure } from "./disclosure.ts"

/** Every change of a disclosure's state, and the times that go with it (protocol.md, "Times"). All pure. */

/** A look-up leaves time for signing, but nobody can keep a registration alive by looking. */
export function lookedUp(disclosure: LiveDisclosure, now: Instant, settings: Settings): LiveDisclosure {
  if (disclosure.state !== "registered") return disclosure
  const latest = disclosure.registeredAt + settings.longestRegisteredMilliseconds
  const wanted = Math.min(now + settings.lookedUpMilliseconds, latest)
  return { ...disclosure, expiresAt: Math.max(disclosure.expiresAt, wanted) }
}

export function authorised(
  disclosure: LiveDisclosure,
  authorisation: GivenAuthorisation,
  settings: Settings,
): LiveDisclosure {
  const expiresAt = authorisation.acceptedAt + settings.authorisedMilliseconds
  return { ...disclosure, state: "authorised", authorisation, expiresAt }
}

/** The phone has the package on its disk: the backend's copy goes, what its signer may ask stays. */
export function confirmed(disclosure: LiveDisclosure): LiveDisclosure {
  if (disclosure.authorisation === undefined) return disclosure
  const { acceptedAt, signer, packageTag, statementTag } = disclosure.authorisation
  return {
    ...disclosure,
    state: "confirmed",
    authorisation: { acceptedAt, signer, packageTag, statementTag },
  }
}

/**
 * The phone sent a package back that did not match: the disclosure waits for another, with at least the time of a
 * look-up. `undefined` where it has returned too often or its time is over: then the refusal ends it.
 */
export function returned(
  disclosure: LiveDisclosure,
  now: Instant,
  settings: Settings,
): LiveDisclosure | undefined {
  const { authorisation: discarded, ...rest } = disclosure
  if (discarded === undefined || disclosure.refusals >= settings.returnsToRegistered) return undefined
  const { registeredAt } = disclosure
  const latest = registeredAt + settings.longestRegisteredMilliseconds
  const usual = registeredAt + settings.registeredMilliseconds
  const expiresAt = Math.min(Math.max(usual, now + settings.lookedUpMilliseconds), latest)
  if (expiresAt <= now) return undefined
  return { ...rest, state: "registered", refusals: disclosure.refusals + 1, expiresAt }
}

/** The end, by whichever way: hash, keys and package are gone, the signer can ask for a while. */
export function ended(
  disclosure: LiveDisclosure,
  outcome: { readonly state: EndedDisclosure["state"]; readonly reason?: RefusalReason },
  endedAt: Instant,
  settings: Settings,
): EndedDisclosure {
  const { id, reference, registeredAt, refusals, authorisation } = disclosure
  return {
    life: "ended",
    id,
    reference,
    registeredAt,
    refusals,
    ...outcome,
    ...(authorisation === undefined ? {} : { signer: authorisation.signer }),
    forgottenAt: endedAt + settings.endedKeptMilliseconds,
  }
}

/** Its time is over. What the phone has confirmed stays confirmed: whether it published is not ours to say. */
export function timedOut(disclosure: LiveDisclosure, settings: Settings): EndedDisclosure {
  const state = disclosure.state === "confirmed" ? "confirmed" : "expired"
  return ended(disclosure, { state }, disclosure.expiresAt, settings)
}
