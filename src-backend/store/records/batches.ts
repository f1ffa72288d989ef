import { z } from "zod"
import type { Instant } from "../../../src-protocol/instant.ts"
import { firstRow, type Sql } from "../sql.ts"
import { Bytes, Time } from "./columns.ts"

export interface PublishedBatch {
  /** Counts up by one from 0. */
  readonly cycle: number
  readonly composedAt: Instant
  readonly content: Uint8Array
}

export interface BatchRecords {
  add(batch: PublishedBatch): Promise<void>
  find(cycle: number): Promise<PublishedBatch | undefined>
  last(): Promise<Omit<PublishedBatch, "content"> | undefined>
  /** The number of the oldest one that is still there. */
  first(): Promise<number | undefined>
  /** Deletes those composed before `instant`, never the last one. */
  forget(instant: Instant): Promise<number>
}

const HeadRow = z.object({ cycle: z.int(), composed_at: Time })
const BatchRow = HeadRow.extend({ content: Bytes })
const FirstRow = z.object({ cycle: z.int().nullable() })

export function batchRecords(sql: Sql): BatchRecords {
  return {
    async add({ cycle, composedAt, content }) {
      await sql.run(
        "INSERT INTO batches (cycle, composed_at, content) VALUES (?, ?, ?)",
        cycle,
        composedAt,
        content,
      )
    },
    async find(cycle) {
      const select = "SELECT cycle, composed_at, content FROM batches WHERE cycle = ?"
      const row = await firstRow(sql, BatchRow, select, cycle)
      return row === undefined ? undefined : { ...headOf(row), content: row.content }
    },
    async last() {
      const select = "SELECT cycle, composed_at FROM batches ORDER BY cycle DESC LIMIT 1"
      const row = await firstRow(sql, HeadRow, select)
      return row === undefined ? undefined : headOf(row)
    },
    async first() {
      return (await firstRow(sql, FirstRow, "SELECT MIN(cycle) AS cycle FROM batches"))?.cycle ?? undefined
    },
    forget: (instant) =>
      sql.run(
        "DELETE FROM batches WHERE composed_at < ? AND cycle < (SELECT MAX(cycle) FROM batches)",
        instant,
      ),
  }
}

function headOf(row: z.infer<typeof HeadRow>): Omit<PublishedBatch, "content"> {
  return { cycle: row.cycle, composedAt: row.composed_at }
}
