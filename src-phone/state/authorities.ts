import { subjectKeyIdentifierOf } from "../../src-protocol/authorities-path.ts"
import { base64UrlOf, hexOf } from "../../src-protocol/bytes.ts"
import { readCertificate, type Certificate } from "../../src-protocol/certificate.ts"
import type { TrustProfile } from "../../src-protocol/uzi/trust-profile.ts"
import type { Authority } from "./phone-state.ts"

/** By issuerKeyId: the subject key identifier in lower-case hex. */
export type Authorities = Readonly<Record<string, Authority>>

/** The authorities among certificates that came with the phone or are proven by a chain that was judged up to the root. */
export function authoritiesOf(certificates: readonly Certificate[]): Authorities {
  const entries = certificates.flatMap((certificate): [string, Authority][] => {
    const keyId = subjectKeyIdentifierOf(certificate)
    return keyId === undefined ? [] : [[hexOf(keyId), { certificate: base64UrlOf(certificate.der) }]]
  })
  return Object.fromEntries(entries)
}

/** Those of the phone's own trust profile. */
export function builtInAuthorities({ anchors, intermediates }: TrustProfile): Authorities {
  return authoritiesOf([...anchors, ...intermediates].map((der) => readCertificate(der)))
}
