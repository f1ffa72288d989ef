import { createHash, X509Certificate } from "node:crypto"
import { encodeName } from "../pki/name.ts"
import { unsignedInteger } from "../pki/der.ts"
import { HIERARCHY, chainFrom, type AuthorityId } from "../pki/hierarchy.ts"
import type { TestPki } from "../pki/test-pki.ts"
import type { CertificateUse } from "../pki/uzi-certificate.ts"
import type { CardProfile } from "../profiles.ts"
import type { CardCertificates } from "./card-certificates.ts"
import type { CertificateToStore } from "./token-commands.ts"

/** All certificates of a card: its own beside their keys, then the whole chain above them (CPS §7.2.4). */
export function certificatesOnToken(
  pki: TestPki,
  profile: CardProfile,
  issued: CardCertificates,
  ids: Readonly<Record<CertificateUse, string>>,
): CertificateToStore[] {
  const own = [...issued].map(([use, certificate]) => ({
    id: ids[use],
    label: use,
    authority: false,
    certificate: hexOf(certificate.der),
    subject: hexOf(certificate.subjectDer),
    issuer: hexOf(certificate.issuerDer),
    serialNumber: hexOf(certificate.serialNumberDer),
  }))
  return [...own, ...chainFrom(profile.authority).map((id) => authorityOnToken(pki, id))]
}

function authorityOnToken(pki: TestPki, id: AuthorityId): CertificateToStore {
  const { certificate, name, keyIdentifier } = pki.authorities[id]
  const { parent } = HIERARCHY[id]
  const { serialNumber } = new X509Certificate(certificate)
  return {
    id: createHash("sha256").update(keyIdentifier).digest("hex").slice(0, 16),
    label: `CA ${String(name.at(-1)?.value)}`,
    authority: true,
    certificate: hexOf(certificate),
    subject: hexOf(encodeName(name)),
    issuer: hexOf(encodeName(HIERARCHY[parent ?? id].name)),
    serialNumber: hexOf(unsignedInteger(Buffer.from(serialNumber, "hex"))),
  }
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex")
}
