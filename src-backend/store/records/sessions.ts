import { z } from "zod"
import type { Instant } from "../../../src-protocol/instant.ts"
import type { SignerNumbers } from "../../disclosures/disclosure.ts"
import { firstRow, type Sql } from "../sql.ts"
import { Time } from "./columns.ts"

/** A clinician who is signed in. */
export interface Session extends SignerNumbers {
  readonly expiresAt: Instant
}

/** Sessions by the SHA-256 of their token: who reads the database cannot use them. */
export interface SessionRecords {
  add(tokenHash: Uint8Array, session: Session): Promise<void>
  find(tokenHash: Uint8Array): Promise<Session | undefined>
  remove(tokenHash: Uint8Array): Promise<void>
  forget(now: Instant): Promise<number>
}

const SessionRow = z.object({ uzi_number: z.string(), subscriber_number: z.string(), expires_at: Time })

export function sessionRecords(sql: Sql): SessionRecords {
  return {
    async add(tokenHash, { uziNumber, subscriberNumber, expiresAt }) {
      await sql.run(
        "INSERT INTO sessions (token_hash, uzi_number, subscriber_number, expires_at) VALUES (?, ?, ?, ?)",
        tokenHash,
        uziNumber,
        subscriberNumber,
        expiresAt,
      )
    },
    async find(tokenHash) {
      const select = "SELECT uzi_number, subscriber_number, expires_at FROM sessions WHERE token_hash = ?"
      const row = await firstRow(sql, SessionRow, select, tokenHash)
      if (row === undefined) return undefined
      return { uziNumber: row.uzi_number, subscriberNumber: row.subscriber_number, expiresAt: row.expires_at }
    },
    async remove(tokenHash) {
      await sql.run("DELETE FROM sessions WHERE token_hash = ?", tokenHash)
    },
    forget: (now) => sql.run("DELETE FROM sessions WHERE expires_at <= ?", now),
  }
}
