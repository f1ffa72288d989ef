import { z } from "zod"
import { Reason } from "../../../src-protocol/api.ts"
import type { RefusalReason } from "../../../src-protocol/reasons.ts"
import { firstRow, type Sql } from "../sql.ts"

/** That the phone sent a package back, and why: kept for the one who signed it. */
export interface NoticeRecords {
  add(disclosureId: string, attempt: number, reason: RefusalReason, packageTag: Uint8Array): Promise<void>
  byAttempt(disclosureId: string, attempt: number): Promise<RefusalReason | undefined>
  byPackage(disclosureId: string, packageTag: Uint8Array): Promise<RefusalReason | undefined>
}

const NoticeRow = z.object({ reason: Reason })

export function noticeRecords(sql: Sql): NoticeRecords {
  const SELECT = "SELECT reason FROM refusal_notices WHERE disclosure_id = ?"
  return {
    async add(disclosureId, attempt, reason, packageTag) {
      await sql.run(
        "INSERT INTO refusal_notices (disclosure_id, attempt, reason, package_tag) VALUES (?, ?, ?, ?)",
        disclosureId,
        attempt,
        reason,
        packageTag,
      )
    },
    async byAttempt(disclosureId, attempt) {
      return (await firstRow(sql, NoticeRow, `${SELECT} AND attempt = ?`, disclosureId, attempt))?.reason
    },
    async byPackage(disclosureId, packageTag) {
      return (await firstRow(sql, NoticeRow, `${SELECT} AND package_tag = ?`, disclosureId, packageTag))
        ?.reason
    },
  }
}
