import { join } from "node:path"
import type { Instant } from "../../src-protocol/instant.ts"
import { writePem } from "../../src-protocol/pem.ts"
import { writeFileAtomically } from "../files.ts"
import { buildCrl, type CrlEntry } from "./crl.ts"
import { HIERARCHY, KEY_HOLDERS, type AuthorityId } from "./hierarchy.ts"
import { changeRecord, type IssueRecord } from "./issue-record.ts"
import type { TestPki } from "./test-pki.ts"

/**
 * Signs every authority's CRL anew, as at `at`, with the next number: `crls.pem`, and `rogue/crls.pem` for the
 * look-alikes. `change` alters the record first, under the same lock.
 */
export async function refreshCrls(
  pki: TestPki,
  at: Instant,
  change: (record: IssueRecord) => IssueRecord = (record) => record,
): Promise<void> {
  await changeRecord(pki.directory, async (record) => {
    const changed = change(record)
    const next = { ...changed, crlNumber: changed.crlNumber + 1 }
    await writeCrls(pki, next, at)
    return next
  })
}

async function writeCrls(pki: TestPki, record: IssueRecord, at: Instant): Promise<void> {
  const trusted = KEY_HOLDERS.filter((id) => !HIERARCHY[id].rogue)
  const rogue = KEY_HOLDERS.filter((id) => HIERARCHY[id].rogue)
  await writeFileAtomically(join(pki.directory, "crls.pem"), await crlsOf(pki, trusted, record, at))
  await writeFileAtomically(join(pki.directory, "rogue", "crls.pem"), await crlsOf(pki, rogue, record, at))
}

async function crlsOf(
  pki: TestPki,
  ids: readonly AuthorityId[],
  record: IssueRecord,
  at: Instant,
): Promise<string> {
  const crls = await Promise.all(ids.map((id) => crlOf(pki, id, record, at)))
  return crls.map((crl) => writePem("X509 CRL", crl)).join("")
}

async function crlOf(pki: TestPki, id: AuthorityId, record: IssueRecord, at: Instant): Promise<Uint8Array> {
  const content = {
    number: record.crlNumber,
    thisUpdate: at,
    entries: entriesOf(id, record),
    expiredCertificatesSince: record.createdAt,
  }
  return await buildCrl(content, pki.authorities[id])
}

/** What an authority's key has revoked: a twin's certificates are on its sibling's list. */
function entriesOf(id: AuthorityId, record: IssueRecord): readonly CrlEntry[] {
  return record.revocations
    .filter((revocation) => HIERARCHY[revocation.authority].keyOf === id)
    .map(({ serialNumber, revokedAt, reason }) => ({
      serialNumber,
      revokedAt,
      ...(reason === undefined ? {} : { reason }),
    }))
}
