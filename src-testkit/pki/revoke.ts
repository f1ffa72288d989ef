import type { Instant } from "../../src-protocol/instant.ts"
import { TestkitError } from "../testkit-error.ts"
import type { RevocationReason } from "./crl.ts"
import { readRecord, type IssuedEntry, type IssueRecord } from "./issue-record.ts"
import { refreshCrls } from "./refresh-crls.ts"
import type { TestPki } from "./test-pki.ts"

/**
 * Revokes one certificate by its serial number (hexadecimal), or all of a card by its label, and signs the CRLs anew.
 * The entry says `at`; the list is dated `publishedAt`, which is `at` when left out. Returns what was revoked.
 * What is revoked already keeps its first date. Throws `nothing-to-revoke` where nothing has that number or label.
 */
export async function revoke(
  pki: TestPki,
  serialNumberOrCard: string,
  at: Instant,
  reason?: RevocationReason,
  publishedAt: Instant = at,
): Promise<readonly IssuedEntry[]> {
  const found = findIssued(await readRecord(pki.directory), serialNumberOrCard)
  if (found.length === 0) throw nothingToRevoke(pki, serialNumberOrCard)
  await refreshCrls(pki, publishedAt, (record) => withRevocations(record, found, at, reason))
  return found
}

/** Revokes certificates by their serial numbers as of `at`, on lists dated `publishedAt`; unknown ones are passed over. */
export async function revokeSerialNumbers(
  pki: TestPki,
  serialNumbers: ReadonlySet<string>,
  at: Instant,
  publishedAt: Instant,
): Promise<void> {
  await refreshCrls(pki, publishedAt, (record) => {
    const found = record.certificates.filter(({ serialNumber }) => serialNumbers.has(serialNumber))
    return withRevocations(record, found, at, undefined)
  })
}

function findIssued(record: IssueRecord, serialNumberOrCard: string): readonly IssuedEntry[] {
  const onCard = record.certificates.filter(({ card }) => card === serialNumberOrCard)
  if (onCard.length > 0) return onCard
  const serial = serialNumberOrCard.toLowerCase().replace(/^0x/, "").replaceAll(":", "")
  return record.certificates.filter(({ serialNumber }) => serialNumber === serial)
}

function withRevocations(
  record: IssueRecord,
  entries: readonly IssuedEntry[],
  revokedAt: Instant,
  reason: RevocationReason | undefined,
): IssueRecord {
  const known = new Set(record.revocations.map(({ serialNumber }) => serialNumber))
  const added = entries
    .filter(({ serialNumber }) => !known.has(serialNumber))
    .map(({ serialNumber, authority }) => ({
      serialNumber,
      authority,
      revokedAt,
      ...(reason === undefined ? {} : { reason }),
    }))
  return { ...record, revocations: [...record.revocations, ...added] }
}

function nothingToRevoke(pki: TestPki, asked: string): TestkitError {
  return new TestkitError(
    "nothing-to-revoke",
    `${pki.directory} has issued nothing with serial number or card name "${asked}"; see its issued.json`,
  )
}
