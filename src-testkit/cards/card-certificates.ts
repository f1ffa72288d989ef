import { DAY, MINUTE, type Instant } from "../../src-protocol/instant.ts"
import { chainFrom } from "../pki/hierarchy.ts"
import type { IssuedCertificate } from "../pki/certificate-builder.ts"
import { keyUsage, withExtension } from "../pki/extensions.ts"
import { issueCertificates } from "../pki/issue-certificate.ts"
import { revokeSerialNumbers } from "../pki/revoke.ts"
import type { TestPki } from "../pki/test-pki.ts"
import type { CertificateUse, PassHolder, UziCertificateRequest } from "../pki/uzi-certificate.ts"
import type { CardProfile } from "../profiles.ts"

/** The certificates on a card, by use; a profile may lack one. */
export type CardCertificates = ReadonlyMap<CertificateUse, IssuedCertificate>

export interface CardIssue {
  readonly pki: TestPki
  readonly profile: CardProfile
  readonly holder: PassHolder
  /** The label of the token; absent for a card in memory. */
  readonly card?: string
  readonly publicKeys: ReadonlyMap<CertificateUse, Uint8Array>
  readonly at: Instant
}

const REVOKED_BEFORE = MINUTE

/** Issues the certificates of one card as its profile wants them, and revokes them where it wants that. */
export async function issueCardCertificates(issue: CardIssue): Promise<CardCertificates> {
  const { pki, profile, card, at } = issue
  const requests = certificateRequests(issue)
  const note = { profile: profile.id, ...(card === undefined ? {} : { card }) }
  const issued = await issueCertificates(pki, profile.authority, requests, note)
  if (profile.revoked) {
    const serialNumbers = new Set(issued.map(({ serialNumber }) => serialNumber))
    await revokeSerialNumbers(pki, serialNumbers, at - REVOKED_BEFORE, at)
  }
  return new Map(requests.flatMap(({ use }, i) => pairOf(use, issued[i])))
}

function pairOf(use: CertificateUse, issued?: IssuedCertificate): [CertificateUse, IssuedCertificate][] {
  return issued === undefined ? [] : [[use, issued]]
}

function certificateRequests(issue: CardIssue): readonly UziCertificateRequest[] {
  const { profile, holder, at, publicKeys } = issue
  return [...publicKeys]
    .filter(([use]) => use !== "handtekening" || profile.signatureCertificate !== "absent")
    .map(([use, publicKeySpki]) => ({
      use,
      holder,
      publicKeySpki,
      notBefore: at + profile.validFromDays * DAY,
      ...signatureOf(profile),
      ...usageOf(profile, use),
    }))
}

/** Where a card signs with PSS, so did its authority: as the fourth generation of PKIoverheid will (SHA-512, salt 64). */
function signatureOf(profile: CardProfile): Pick<UziCertificateRequest, "signatureAlgorithm"> {
  if (profile.signatureScheme === "usual") return {}
  return { signatureAlgorithm: { scheme: "rsa-pss", hash: "sha-512", saltLength: 64 } }
}

function usageOf(profile: CardProfile, use: CertificateUse): Pick<UziCertificateRequest, "changeExtensions"> {
  if (use !== "handtekening" || profile.signatureCertificate !== "with-digital-signature") return {}
  return { changeExtensions: (usual) => withExtension(usual, keyUsage("digitalSignature", "nonRepudiation")) }
}

/** The authorities above a card's certificates, DER, its own issuer first, without the root. */
export function cardIntermediates(pki: TestPki, profile: CardProfile): readonly Uint8Array[] {
  return chainFrom(profile.authority)
    .slice(0, -1)
    .map((id) => pki.authorities[id].certificate)
}
