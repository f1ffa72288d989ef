import type { z } from "zod"

export type SqlValue = string | number | Uint8Array | null

/**
 * What a database must be able to do: the seam at which a driver is exchanged. All statements of the records are
 * written once, in the subset that SQLite and PostgreSQL share, with `?` for each value.
 */
export interface Sql {
  /** Runs a statement; answers how many rows it changed. */
  run(statement: string, ...values: readonly SqlValue[]): Promise<number>
  /** The rows of a query, each of them parsed: what comes out of a database is `unknown` too. */
  rows<T>(row: z.ZodType<T>, statement: string, ...values: readonly SqlValue[]): Promise<readonly T[]>
}

/** The first row of a query, or `undefined` where there is none. */
export async function firstRow<T>(
  sql: Sql,
  row: z.ZodType<T>,
  statement: string,
  ...values: readonly SqlValue[]
): Promise<T | undefined> {
  const rows = await sql.rows(row, statement, ...values)
  return rows[0]
}
