import { z } from "zod"
import type { BatchEntry } from "../../../src-protocol/batch.ts"
import type { Sql } from "../sql.ts"
import { Bytes } from "./columns.ts"

/**
 * Seeds that wait for the next batch. Each row is the entry itself and its only key, so that no column holds an order
 * or a time of arrival.
 */
export interface QueueRecords {
  /** The same seed twice is one entry. */
  add(entry: BatchEntry): Promise<void>
  /** All of them, by value; afterwards there are none. */
  takeAll(): Promise<readonly BatchEntry[]>
}

const DAY_BYTES = 4
const QueueRow = z.object({ entry: Bytes })

export function queueRecords(sql: Sql): QueueRecords {
  return {
    async add(entry) {
      await sql.run(
        "INSERT INTO publication_queue (entry) VALUES (?) ON CONFLICT (entry) DO NOTHING",
        bytesOf(entry),
      )
    },
    async takeAll() {
      const rows = await sql.rows(QueueRow, "SELECT entry FROM publication_queue ORDER BY entry")
      await sql.run("DELETE FROM publication_queue")
      return rows.map((row) => entryOf(row.entry))
    },
  }
}

function bytesOf(entry: BatchEntry): Uint8Array {
  const bytes = new Uint8Array(DAY_BYTES + entry.dayKey.length)
  new DataView(bytes.buffer).setUint32(0, entry.day)
  bytes.set(entry.dayKey, DAY_BYTES)
  return bytes
}

function entryOf(bytes: Uint8Array): BatchEntry {
  const day = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0)
  return { day, dayKey: bytes.slice(DAY_BYTES) }
}
