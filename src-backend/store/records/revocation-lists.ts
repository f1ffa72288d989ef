import { z } from "zod"
import type { Sql } from "../sql.ts"
import { Bytes } from "./columns.ts"

/** A revocation list as its authority signed it. */
export interface KeptRevocationList {
  /** The authority's subject key identifier, lower-case hex. */
  readonly issuerKeyId: string
  readonly number: bigint
  readonly content: Uint8Array
}

export interface RevocationListRecords {
  all(): Promise<readonly KeptRevocationList[]>
  save(list: KeptRevocationList): Promise<void>
}

const RevocationListRow = z.object({
  issuer_key_id: z.string(),
  // Up to 20 octets (RFC 5280 section 5.2.3): too large for any integer column.
  number: z.string().regex(/^[0-9]{1,50}$/),
  content: Bytes,
})

export function revocationListRecords(sql: Sql): RevocationListRecords {
  return {
    async all() {
      const rows = await sql.rows(
        RevocationListRow,
        "SELECT issuer_key_id, number, content FROM revocation_lists ORDER BY issuer_key_id",
      )
      return rows.map((row) => ({
        issuerKeyId: row.issuer_key_id,
        number: BigInt(row.number),
        content: row.content,
      }))
    },
    async save({ issuerKeyId, number, content }) {
      await sql.run(
        "INSERT INTO revocation_lists (issuer_key_id, number, content) VALUES (?, ?, ?) " +
          "ON CONFLICT (issuer_key_id) DO UPDATE SET number = excluded.number, content = excluded.content",
        issuerKeyId,
        number.toString(),
        content,
      )
    },
  }
}
