import type { Certificate } from "../../src-protocol/certificate.ts"
import type { Instant } from "../../src-protocol/instant.ts"
import type { Environment } from "../../src-protocol/uzi/environments.ts"
import { readUziName } from "../../src-protocol/uzi/read-uzi-extension.ts"
import type { CardProblem } from "./card-error.ts"
import type { Card } from "./read-card.ts"

/**
 * Why one cannot sign with a card, as far as the card itself tells: not activated, of another world, expired, without a
 * key for signatures, or locked; `undefined` where nothing speaks against it. It is no judgement: whether the certificate
 * is genuine, in force and of the right profession is found by `judgeCertificate`. Without an environment nothing is foreign.
 */
export function cardFitness(
  card: Card,
  environment: Environment | undefined,
  at: Instant,
): CardProblem | undefined {
  const { signature, authentication } = card.certificates
  const shown = signature?.certificate ?? authentication?.certificate
  if (!card.token.pin.initialised) return "TOKEN_NOT_ACTIVATED"
  if (shown === undefined || (environment !== undefined && isForeign(shown, environment)))
    return "CARD_FOREIGN"
  if (at > shown.notAfter) return "CARD_EXPIRED"
  if (at < shown.notBefore) return "CARD_NOT_YET_VALID"
  if (signature === undefined) return "CARD_AUTHENTICATION_ONLY"
  if (authentication === undefined) return "NO_AUTHENTICATION_CERTIFICATE"
  return card.token.pinState === "locked" ? "PIN_LOCKED" : undefined
}

/** A pass names the authority that issued it; one that this environment does not know is no pass of its. */
function isForeign(certificate: Certificate, { authorityOids }: Environment): boolean {
  try {
    return !authorityOids.has(readUziName(certificate).authorityOid)
  } catch {
    return true
  }
}
