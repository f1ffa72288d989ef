import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { settingRecords, type SettingRecords } from "../../store/records/settings.ts"
import { openSqliteStoreOf, openUnlockedSqliteStoreOf } from "../../store/sqlite-store.ts"
import type { StoreOf } from "../../store/store.ts"
import type { Sql } from "../../store/sql.ts"
import { dossierRecords, type DossierRecords } from "./dossier-records.ts"
import { REPRESENTATION_MIGRATIONS } from "./migrations.ts"
import { mismatchRecords, type MismatchRecords } from "./mismatch-records.ts"
import { refusalRecords, type RefusalRecords } from "./refusal-records.ts"

export interface RepresentationRecords {
  readonly settings: SettingRecords
  readonly dossiers: DossierRecords
  readonly refusals: RefusalRecords
  readonly mismatches: MismatchRecords
}

/** A store of its own beside the backend's: nothing can join a represented person to a disclosure. */
export type RepresentationStore = StoreOf<RepresentationRecords>

const FILE = "representation.sqlite"
const schema = { migrations: REPRESENTATION_MIGRATIONS, recordsOf }

function recordsOf(sql: Sql): RepresentationRecords {
  return {
    settings: settingRecords(sql),
    dossiers: dossierRecords(sql),
    refusals: refusalRecords(sql),
    mismatches: mismatchRecords(sql),
  }
}

/** The store in this directory, for the one server that serves it. Throws StoreError. */
export async function openRepresentationStore(directory: string): Promise<RepresentationStore> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  return openSqliteStoreOf(join(directory, FILE), schema)
}

/** The same for an administrator, also while the server runs: the server keeps nothing of dossiers in memory. */
export async function openStoreOfAdministrator(directory: string): Promise<RepresentationStore> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  return openUnlockedSqliteStoreOf(join(directory, FILE), schema)
}
