import type { Instant } from "../../../src-protocol/instant.ts"
import { CountRow } from "../../store/records/columns.ts"
import { firstRow, type Sql } from "../../store/sql.ts"

/** How often representatives gave a wrong birth date of late, under keyed tags that say nothing without the key. */
export interface MismatchRecords {
  add(representativeTag: Uint8Array, at: Instant): Promise<void>
  countOf(representativeTag: Uint8Array, since: Instant): Promise<number>
  count(since: Instant): Promise<number>
  forget(before: Instant): Promise<number>
}

export function mismatchRecords(sql: Sql): MismatchRecords {
  return {
    async add(representativeTag, at) {
      const insert = "INSERT INTO mismatches (representative_tag, mismatched_at) VALUES (?, ?)"
      await sql.run(insert, representativeTag, at)
    },
    async countOf(representativeTag, since) {
      const select =
        "SELECT COUNT(*) AS number FROM mismatches WHERE representative_tag = ? AND mismatched_at > ?"
      const row = await firstRow(sql, CountRow, select, representativeTag, since)
      return row?.number ?? 0
    },
    async count(since) {
      const select = "SELECT COUNT(*) AS number FROM mismatches WHERE mismatched_at > ?"
      return (await firstRow(sql, CountRow, select, since))?.number ?? 0
    },
    forget: (before) => sql.run("DELETE FROM mismatches WHERE mismatched_at <= ?", before),
  }
}
