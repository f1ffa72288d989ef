import { z } from "zod"
import type { Instant } from "../../../src-protocol/instant.ts"
import type { Disclosure, LiveDisclosure } from "../../disclosures/disclosure.ts"
import { firstRow, type Sql, type SqlValue } from "../sql.ts"
import { CountRow, Time } from "./columns.ts"
import { DISCLOSURE_COLUMNS, disclosureOf, DisclosureRow, liveOf, valuesOf } from "./disclosure-row.ts"

export interface DisclosureRecords {
  byReference(reference: string): Promise<Disclosure | undefined>
  byId(id: string): Promise<Disclosure | undefined>
  /** A new one, or another state of a known one. */
  save(disclosure: Disclosure): Promise<void>
  /** At most `limit` live ones whose life is over at `now`, the earliest first. */
  overdue(now: Instant, limit: number): Promise<readonly LiveDisclosure[]>
  /** Deletes the ended ones that nobody may ask for any more; answers how many. */
  forget(now: Instant): Promise<number>
  /** When the next one ends or may be forgotten. */
  nextDeadline(): Promise<Instant | undefined>
  /** How many references are taken, by live ones and by those whose reference rests. */
  count(): Promise<number>
  /** Deletes a package that is still held; its disclosure stays as it is. */
  dropPackage(packageTag: Uint8Array): Promise<void>
}

const SELECT = `SELECT ${DISCLOSURE_COLUMNS.join(", ")} FROM disclosures`
const INSERT = `INSERT INTO disclosures (${DISCLOSURE_COLUMNS.join(", ")}) VALUES (${DISCLOSURE_COLUMNS.map(() => "?").join(", ")})`
const UPDATE = `UPDATE disclosures SET ${DISCLOSURE_COLUMNS.map((name) => `${name} = ?`).join(", ")} WHERE id = ?`
const CHANGE_TOTAL = "UPDATE disclosure_total SET number = number + ?"

const DeadlineRow = z.object({ deadline: Time.nullable() })

export function disclosureRecords(sql: Sql): DisclosureRecords {
  const one = async (where: string, value: SqlValue) => {
    const row = await firstRow(sql, DisclosureRow, `${SELECT} WHERE ${where} = ?`, value)
    return row === undefined ? undefined : disclosureOf(row)
  }
  return {
    byReference: (reference) => one("reference", reference),
    byId: (id) => one("id", id),
    async save(disclosure) {
      const values = valuesOf(disclosure)
      if ((await sql.run(UPDATE, ...values, disclosure.id)) > 0) return
      await sql.run(INSERT, ...values)
      await sql.run(CHANGE_TOTAL, 1)
    },
    async overdue(now, limit) {
      const where = "WHERE life = 'live' AND expires_at <= ? ORDER BY expires_at LIMIT ?"
      const rows = await sql.rows(DisclosureRow, `${SELECT} ${where}`, now, limit)
      return rows.map(liveOf)
    },
    async forget(now) {
      const statement = "DELETE FROM disclosures WHERE life = 'ended' AND forgotten_at <= ?"
      const forgotten = await sql.run(statement, now)
      if (forgotten > 0) await sql.run(CHANGE_TOTAL, -forgotten)
      return forgotten
    },
    async nextDeadline() {
      const earliest =
        "SELECT MIN(deadline) AS deadline FROM (" +
        "SELECT MIN(expires_at) AS deadline FROM disclosures WHERE life = 'live' UNION ALL " +
        "SELECT MIN(forgotten_at) AS deadline FROM disclosures WHERE life = 'ended') AS deadlines"
      return (await firstRow(sql, DeadlineRow, earliest))?.deadline ?? undefined
    },
    async count() {
      return (await firstRow(sql, CountRow, "SELECT number FROM disclosure_total"))?.number ?? 0
    },
    async dropPackage(packageTag) {
      await sql.run("UPDATE disclosures SET package = NULL WHERE package_tag = ?", packageTag)
    },
  }
}
