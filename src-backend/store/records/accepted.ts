import { z } from "zod"
import type { Instant } from "../../../src-protocol/instant.ts"
import { firstRow, type Sql } from "../sql.ts"
import { Bytes, CountRow, Time, Truth } from "./columns.ts"

/** That a package was accepted, by its SHA-256 alone: nothing leads from here to a disclosure or back. */
export interface AcceptedPackage {
  readonly packageHash: Uint8Array
  readonly acceptedAt: Instant
  /** Until then it can be published. */
  readonly expiresAt: Instant
  readonly forgottenAt: Instant
  readonly used: boolean
}

export interface AcceptedRecords {
  /** The first entry for a package stays as it is. */
  add(entry: Omit<AcceptedPackage, "used">): Promise<void>
  find(packageHash: Uint8Array): Promise<AcceptedPackage | undefined>
  /** `false` where it is not there, or was used before. */
  markUsed(packageHash: Uint8Array): Promise<boolean>
  remove(packageHash: Uint8Array): Promise<void>
  /** A package that the phone had confirmed and the patient then withdrew: it can no longer be published. */
  withdraw(packageTag: Uint8Array, forgottenAt: Instant): Promise<void>
  isWithdrawn(packageTag: Uint8Array): Promise<boolean>
  /** Deletes what no call asks for any more; answers how many. */
  forget(now: Instant): Promise<number>
}

const AcceptedRow = z.object({
  package_hash: Bytes,
  accepted_at: Time,
  expires_at: Time,
  forgotten_at: Time,
  used: Truth,
})

export function acceptedRecords(sql: Sql): AcceptedRecords {
  return {
    async add({ packageHash, acceptedAt, expiresAt, forgottenAt }) {
      await sql.run(
        "INSERT INTO accepted (package_hash, accepted_at, expires_at, forgotten_at, used) VALUES (?, ?, ?, ?, 0) " +
          "ON CONFLICT (package_hash) DO NOTHING",
        packageHash,
        acceptedAt,
        expiresAt,
        forgottenAt,
      )
    },
    async find(packageHash) {
      const select = "SELECT package_hash, accepted_at, expires_at, forgotten_at, used FROM accepted"
      const row = await firstRow(sql, AcceptedRow, `${select} WHERE package_hash = ?`, packageHash)
      return row === undefined ? undefined : entryOf(row)
    },
    async markUsed(packageHash) {
      const changed = await sql.run(
        "UPDATE accepted SET used = 1 WHERE package_hash = ? AND used = 0",
        packageHash,
      )
      return changed === 1
    },
    async remove(packageHash) {
      await sql.run("DELETE FROM accepted WHERE package_hash = ?", packageHash)
    },
    ...withdrawnPart(sql),
    async forget(now) {
      const accepted = await sql.run("DELETE FROM accepted WHERE forgotten_at <= ?", now)
      return accepted + (await sql.run("DELETE FROM withdrawn_packages WHERE forgotten_at <= ?", now))
    },
  }
}

function withdrawnPart(sql: Sql): Pick<AcceptedRecords, "withdraw" | "isWithdrawn"> {
  return {
    async withdraw(packageTag, forgottenAt) {
      await sql.run(
        "INSERT INTO withdrawn_packages (package_tag, forgotten_at) VALUES (?, ?) ON CONFLICT (package_tag) DO NOTHING",
        packageTag,
        forgottenAt,
      )
    },
    async isWithdrawn(packageTag) {
      const select = "SELECT COUNT(*) AS number FROM withdrawn_packages WHERE package_tag = ?"
      return (await firstRow(sql, CountRow, select, packageTag))?.number === 1
    },
  }
}

function entryOf(row: z.infer<typeof AcceptedRow>): AcceptedPackage {
  return {
    packageHash: row.package_hash,
    acceptedAt: row.accepted_at,
    expiresAt: row.expires_at,
    forgottenAt: row.forgotten_at,
    used: row.used,
  }
}
