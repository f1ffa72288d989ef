import { changeRecord } from "./issue-record.ts"
import type { AuthorityId } from "./hierarchy.ts"
import type { IssuedCertificate } from "./certificate-builder.ts"
import type { TestPki } from "./test-pki.ts"
import { buildUziCertificate, USUAL_VALIDITY_DAYS, type UziCertificateRequest } from "./uzi-certificate.ts"
import { DAY, SECOND } from "../../src-protocol/instant.ts"

/** How an issued certificate is written down. */
export interface IssueNote {
  readonly profile: string
  /** The label of the token that it goes on. */
  readonly card?: string
}

/** Issues UZI-shaped certificates by one authority of the hierarchy and writes them down, so that they can be revoked. */
export async function issueCertificates(
  pki: TestPki,
  authorityId: AuthorityId,
  requests: readonly UziCertificateRequest[],
  note: IssueNote,
): Promise<readonly IssuedCertificate[]> {
  const authority = pki.authorities[authorityId]
  const issued = await Promise.all(requests.map((request) => buildUziCertificate(authority, request)))
  const entries = requests.map((request, i) => ({
    serialNumber: issued[i]?.serialNumber ?? "",
    authority: authorityId,
    profile: `${note.profile} ${request.use}`,
    name: request.holder.commonName,
    ...(note.card === undefined ? {} : { card: note.card }),
    ...validityOf(request),
  }))
  await changeRecord(pki.directory, (record) => ({
    ...record,
    certificates: [...record.certificates, ...entries],
  }))
  return issued
}

/** As `issueCertificates`, for one. */
export async function issueCertificate(
  pki: TestPki,
  authorityId: AuthorityId,
  request: UziCertificateRequest,
  note: IssueNote = { profile: "test" },
): Promise<IssuedCertificate> {
  const [issued] = await issueCertificates(pki, authorityId, [request], note)
  if (issued === undefined) throw new RangeError("one request gives one certificate")
  return issued
}

function validityOf(request: UziCertificateRequest): { notBefore: number; notAfter: number } {
  const notBefore = Math.floor(request.notBefore / SECOND) * SECOND
  return { notBefore, notAfter: notBefore + (request.validForDays ?? USUAL_VALIDITY_DAYS) * DAY }
}
