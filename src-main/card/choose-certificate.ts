import { readCertificate, type Certificate } from "../../src-protocol/certificate.ts"
import type { CertificateUse } from "../../src-protocol/check-uzi-certificate.ts"
import type { Instant } from "../../src-protocol/instant.ts"
import type { Environment } from "../../src-protocol/uzi/environments.ts"
import { CardError } from "./card-error.ts"
import { isForAuthentication, isForSignature, policiesOf } from "./certificate-use.ts"

/**
 * The certificate on a card for one use, told by what it holds and never by its label or place: by key usage, and among
 * several by the policy of this environment, by whether it is valid now, and by age. Choosing is not judging: it
 * answers the likeliest, so that judging can tell the reason.
 * Throws `NO_SIGNATURE_CERTIFICATE` or `NO_AUTHENTICATION_CERTIFICATE`.
 */
export function chooseCertificate(
  certificates: readonly Uint8Array[],
  use: CertificateUse,
  environment: Environment,
  at: Instant,
): Certificate {
  const fits = use === "signature" ? isForSignature : isForAuthentication
  const policies = use === "signature" ? environment.signaturePolicies : environment.authenticationPolicies
  const rank = (certificate: Certificate): number =>
    (policiesOf(certificate).some((policy) => policies.includes(policy)) ? 2 : 0) +
    (isValid(certificate, at) ? 1 : 0)
  const [best] = certificates
    .map((der) => readCertificate(der))
    .filter((certificate) => fits(certificate))
    .sort((a, b) => rank(b) - rank(a) || b.notBefore - a.notBefore)
  if (best !== undefined) return best
  const code = use === "signature" ? "NO_SIGNATURE_CERTIFICATE" : "NO_AUTHENTICATION_CERTIFICATE"
  throw new CardError(code, `no certificate on the card is made for ${use}`)
}

function isValid({ notBefore, notAfter }: Certificate, at: Instant): boolean {
  return at >= notBefore && at <= notAfter
}
