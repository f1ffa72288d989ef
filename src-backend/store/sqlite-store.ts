import { DatabaseSync, type StatementSync } from "node:sqlite"
import { lockStore } from "./lock-store.ts"
import { migrate } from "./migrate.ts"
import { MIGRATIONS, type Migration } from "./migrations.ts"
import { recordsOf } from "./records-of.ts"
import type { Sql } from "./sql.ts"
import { StoreError } from "./store-error.ts"
import type { Store, StoreOf } from "./store.ts"

const BUSY_TIMEOUT_MILLISECONDS = 5_000
/** The upper pages of the indexes of a million references fit in it; in SQLite's own 2,000 they do not. */
const CACHE_KIBIBYTES = 65_536

/** What a store holds: how its schema came about, and what is read and written through it. */
export interface StoreSchema<Records> {
  readonly migrations: readonly Migration[]
  readonly recordsOf: (sql: Sql) => Records
}

/**
 * Opens the store in a SQLite file, making or migrating it where that is needed. Throws `schema-too-new` for a file of
 * a later version of this program, `unreadable` for what is no database, and `in-use` while another process has it.
 */
export function openSqliteStore(file: string): Promise<Store> {
  return openSqliteStoreOf(file, { migrations: MIGRATIONS, recordsOf })
}

/** The same for a store with another schema. */
export async function openSqliteStoreOf<Records>(
  file: string,
  schema: StoreSchema<Records>,
): Promise<StoreOf<Records>> {
  const unlock = lockStore(file)
  try {
    const store = await openUnlockedSqliteStoreOf(file, schema)
    return { ...store, close: () => store.close().finally(unlock) }
  } catch (error) {
    unlock()
    throw error
  }
}

/** For a visitor of a store that another process may have, of which nothing is kept in memory: SQLite lets them take turns. */
export async function openUnlockedSqliteStoreOf<Records>(
  file: string,
  schema: StoreSchema<Records>,
): Promise<StoreOf<Records>> {
  const database = openDatabase(file)
  try {
    const sql = sqlOf(database)
    await migrate(sql, { bytes: "BLOB", withoutArrival: "WITHOUT ROWID" }, schema.migrations)
    return storeOf(database, schema.recordsOf(sql))
  } catch (error) {
    database.close()
    throw error
  }
}

function openDatabase(file: string): DatabaseSync {
  const database = new DatabaseSync(file, {
    timeout: BUSY_TIMEOUT_MILLISECONDS,
    enableForeignKeyConstraints: true,
  })
  try {
    database.exec("PRAGMA journal_mode = WAL")
    // Acknowledged means synced: in WAL mode NORMAL would sync at checkpoints only.
    database.exec("PRAGMA synchronous = FULL")
    // Deleted packages are overwritten with zeros, not only unlinked from the tree.
    database.exec("PRAGMA secure_delete = ON")
    database.exec(`PRAGMA cache_size = -${CACHE_KIBIBYTES}`)
    return database
  } catch (cause) {
    database.close()
    throw new StoreError("unreadable", `${file} is not a database of ours`, { cause })
  }
}

function sqlOf(database: DatabaseSync): Sql {
  const statements = new Map<string, StatementSync>()
  const prepared = (text: string) => {
    const known = statements.get(text) ?? database.prepare(text)
    statements.set(text, known)
    return known
  }
  return {
    run: (text, ...values) => Promise.resolve(Number(prepared(text).run(...values).changes)),
    rows: (row, text, ...values) =>
      Promise.resolve(
        prepared(text)
          .all(...values)
          .map((found) => row.parse(found)),
      ),
  }
}

/** What every transaction begins and ends with, compiled once. */
interface Brackets {
  readonly database: DatabaseSync
  readonly begin: StatementSync
  readonly commit: StatementSync
}

function storeOf<Records>(database: DatabaseSync, records: Records): StoreOf<Records> {
  const brackets = {
    database,
    begin: database.prepare("BEGIN IMMEDIATE"),
    commit: database.prepare("COMMIT"),
  }
  // There is one connection, so that transactions take turns; a failed one must not stop the next.
  let last: Promise<unknown> = Promise.resolve()
  let closed = false
  let waiting: Promise<void> | undefined
  const inTurn = <T>(work: () => Promise<T> | T): Promise<T> => {
    if (closed) return Promise.reject(new StoreError("closed", "the store has been closed"))
    const turn = last.then(work, work)
    last = turn.catch(() => undefined)
    return turn
  }
  return {
    transaction: (work) => inTurn(() => inTransaction(brackets, () => work(records))),
    forgetDeleted: () => {
      // Those who ask while one waits for its turn share it.
      waiting ??= inTurn(() => {
        waiting = undefined
        // The write-ahead log still holds the pages as they were before the deletion.
        database.exec("PRAGMA wal_checkpoint(TRUNCATE)")
      })
      return waiting
    },
    close: async () => {
      if (closed) return
      const ended = inTurn(() => {
        database.close()
      })
      closed = true
      await ended
    },
  }
}

async function inTransaction<T>({ begin, commit, database }: Brackets, work: () => Promise<T>): Promise<T> {
  begin.run()
  try {
    const result = await work()
    commit.run()
    return result
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK")
    throw error
  }
}
