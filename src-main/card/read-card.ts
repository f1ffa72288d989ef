import { authoritiesAbove, isSelfIssued } from "../../src-protocol/authorities-path.ts"
import { readCertificate, type Certificate } from "../../src-protocol/certificate.ts"
import type { CertificateUse } from "../../src-protocol/check-uzi-certificate.ts"
import { ProtocolError } from "../../src-protocol/errors.ts"
import type { Instant } from "../../src-protocol/instant.ts"
import type { TrustProfile } from "../../src-protocol/uzi/trust-profile.ts"
import { CardError } from "./card-error.ts"
import { chooseCertificate } from "./choose-certificate.ts"
import type { CardHost } from "./host/card-host.ts"
import type { Token } from "./host/host-messages.ts"

/** A certificate on a card, with the authorities above it up to and without the root. */
export interface CardCertificate {
  readonly certificate: Certificate
  readonly authorities: readonly Uint8Array[]
}

/** A card as it was read: who holds it is a claim until its certificate is judged. */
export interface Card {
  readonly token: Token
  readonly certificates: Readonly<Partial<Record<CertificateUse, CardCertificate>>>
  /** What the token offers (CKM values). */
  readonly mechanisms: readonly number[]
}

/** Reads what a card shows without a PIN; throws CardError. A card without a certificate for a use is a card all the same. */
export async function readCard(
  host: CardHost,
  tokenSerial: string,
  trust: TrustProfile,
  at: Instant,
): Promise<Card> {
  const token = (await host.listTokens()).find(({ serial }) => serial === tokenSerial)
  if (token === undefined) throw new CardError("TOKEN_NOT_FOUND", `no card with serial number ${tokenSerial}`)
  const { certificates, authorities, mechanisms } = await host.readCertificates(tokenSerial)
  const find = (use: CertificateUse): CardCertificate | undefined => {
    const certificate = chosenIfAny(certificates, use, trust, at)
    if (certificate === undefined) return undefined
    return { certificate, authorities: authoritiesOf(certificate, [...authorities, ...trust.intermediates]) }
  }
  const [signature, authentication] = [find("signature"), find("authentication")]
  return {
    token,
    certificates: {
      ...(signature === undefined ? {} : { signature }),
      ...(authentication === undefined ? {} : { authentication }),
    },
    mechanisms,
  }
}

function chosenIfAny(
  certificates: readonly Uint8Array[],
  use: CertificateUse,
  trust: TrustProfile,
  at: Instant,
): Certificate | undefined {
  try {
    return chooseCertificate(certificates, use, trust.environment, at)
  } catch (error) {
    if (error instanceof CardError) return undefined
    throw error
  }
}

/** The certificate for a use; throws `NO_SIGNATURE_CERTIFICATE` or `NO_AUTHENTICATION_CERTIFICATE`. */
export function certificateFor(card: Card, use: CertificateUse): CardCertificate {
  const found = card.certificates[use]
  if (found !== undefined) return found
  const code = use === "signature" ? "NO_SIGNATURE_CERTIFICATE" : "NO_AUTHENTICATION_CERTIFICATE"
  throw new CardError(code, `no certificate on the card is made for ${use}`)
}

/** By name and key identifier only; whether they really signed each other is judged later. */
function authoritiesOf(leaf: Certificate, candidates: readonly Uint8Array[]): readonly Uint8Array[] {
  try {
    const known = candidates.map((der) => readCertificate(der))
    return authoritiesAbove(leaf, known).flatMap((authority) =>
      isSelfIssued(authority) ? [] : [authority.der],
    )
  } catch (error) {
    if (error instanceof ProtocolError) return []
    throw error
  }
}
