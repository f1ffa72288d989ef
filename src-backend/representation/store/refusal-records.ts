import { z } from "zod"
import type { Instant } from "../../../src-protocol/instant.ts"
import type { Sql } from "../../store/sql.ts"
import { Time } from "../../store/records/columns.ts"

/** An attempt that was refused, as the provider may know it: which exception, when, and on which dossier of its own. */
export interface Refusal {
  /** The number in the tables of MedMij. */
  readonly exception: string
  readonly refusedAt: Instant
  /** Absent where the provider has no dossier of whom it was about, or it was not known who that was. */
  readonly reference?: string
}

export interface RefusalRecords {
  add(id: string, subscriberNumber: string, refusal: Refusal): Promise<void>
  /** The latest first. */
  list(subscriberNumber: string, most: number): Promise<readonly Refusal[]>
  forget(before: Instant): Promise<number>
}

const RefusalRow = z.object({ exception: z.string(), refused_at: Time, reference: z.string().nullable() })

export function refusalRecords(sql: Sql): RefusalRecords {
  return {
    async add(id, subscriberNumber, { exception, refusedAt, reference }) {
      const insert =
        "INSERT INTO refusals (id, subscriber_number, refused_at, exception, reference) VALUES (?, ?, ?, ?, ?)"
      await sql.run(insert, id, subscriberNumber, refusedAt, exception, reference ?? null)
    },
    async list(subscriberNumber, most) {
      const select =
        "SELECT exception, refused_at, reference FROM refusals WHERE subscriber_number = ? ORDER BY refused_at DESC, id LIMIT ?"
      const rows = await sql.rows(RefusalRow, select, subscriberNumber, most)
      return rows.map(({ exception, refused_at: refusedAt, reference }) => ({
        ...{ exception, refusedAt },
        ...(reference === null ? {} : { reference }),
      }))
    },
    forget: (before) => sql.run("DELETE FROM refusals WHERE refused_at < ?", before),
  }
}
