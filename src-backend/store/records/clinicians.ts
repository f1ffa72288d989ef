import { z } from "zod"
import type { SignerNumbers } from "../../disclosures/disclosure.ts"
import { firstRow, type Sql } from "../sql.ts"

/** How much a clinician has authorised: for the daily budget, and for the count that sign-in shows. */
export interface ClinicianCounts {
  /** Days since 1970-01-01 UTC; `authorisedOnDay` belongs to it. */
  readonly day: number
  readonly authorisedOnDay: number
  readonly authorisedSinceSignIn: number
}

export interface ClinicianRecords {
  find(signer: SignerNumbers): Promise<ClinicianCounts | undefined>
  save(signer: SignerNumbers, counts: ClinicianCounts): Promise<void>
}

const ClinicianRow = z.object({ day: z.int(), authorised_on_day: z.int(), authorised_since_sign_in: z.int() })

export function clinicianRecords(sql: Sql): ClinicianRecords {
  return {
    async find({ uziNumber, subscriberNumber }) {
      const select =
        "SELECT day, authorised_on_day, authorised_since_sign_in FROM clinicians " +
        "WHERE uzi_number = ? AND subscriber_number = ?"
      const row = await firstRow(sql, ClinicianRow, select, uziNumber, subscriberNumber)
      if (row === undefined) return undefined
      return {
        day: row.day,
        authorisedOnDay: row.authorised_on_day,
        authorisedSinceSignIn: row.authorised_since_sign_in,
      }
    },
    async save({ uziNumber, subscriberNumber }, { day, authorisedOnDay, authorisedSinceSignIn }) {
      const upsert =
        "INSERT INTO clinicians (uzi_number, subscriber_number, day, authorised_on_day, authorised_since_sign_in) " +
        "VALUES (?, ?, ?, ?, ?) ON CONFLICT (uzi_number, subscriber_number) DO UPDATE SET day = excluded.day, " +
        "authorised_on_day = excluded.authorised_on_day, " +
        "authorised_since_sign_in = excluded.authorised_since_sign_in"
      await sql.run(upsert, uziNumber, subscriberNumber, day, authorisedOnDay, authorisedSinceSignIn)
    },
  }
}
