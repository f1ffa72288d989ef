import { z } from "zod"
import { firstRow, type Sql } from "../sql.ts"
import { Bytes } from "./columns.ts"

/** What the backend keeps of itself between two starts. */
export interface SettingRecords {
  find(name: string): Promise<Uint8Array | undefined>
  save(name: string, value: Uint8Array): Promise<void>
}

const SettingRow = z.object({ value: Bytes })

export function settingRecords(sql: Sql): SettingRecords {
  return {
    async find(name) {
      const found = await firstRow(sql, SettingRow, "SELECT value FROM settings WHERE name = ?", name)
      return found?.value
    },
    async save(name, value) {
      await sql.run(
        "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        name,
        value,
      )
    },
  }
}
