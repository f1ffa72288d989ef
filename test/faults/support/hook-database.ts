import { DatabaseSync, StatementSync } from "node:sqlite"
import { boundary } from "./boundary.ts"
import { wrapMethod } from "./wrap-method.ts"

const CHANGES = /^(INSERT INTO|UPDATE|DELETE FROM|CREATE TABLE(?: IF NOT EXISTS)?|CREATE INDEX) (\w+)/
const COMMIT = "COMMIT"
const CHECKPOINT = "PRAGMA wal_checkpoint(TRUNCATE)"

/** What a statement is called in a fault point; `undefined` for one that only reads. */
function nameOf(sql: string): string | undefined {
  if (sql.startsWith("BEGIN")) return "BEGIN"
  if (sql === COMMIT) return COMMIT
  if (sql === CHECKPOINT) return "checkpoint"
  const [, change, table] = CHANGES.exec(sql) ?? []
  return change === undefined || table === undefined ? undefined : `${change} ${table}`
}

function passSql(sql: string, run: () => unknown): unknown {
  const name = nameOf(sql)
  if (name === undefined) return run()
  return boundary.pass(name, run, name === "BEGIN" ? {} : { disk: "takes" })
}

/** Makes every change of a SQLite database in this process pass the boundary. */
export function hookDatabase(): void {
  const texts = new WeakMap<object, string>()
  wrapMethod(DatabaseSync.prototype, "exec", (_, [sql], run) => passSql(String(sql), run))
  wrapMethod(DatabaseSync.prototype, "prepare", (_, [sql], run) => {
    const statement = run()
    if (typeof statement === "object" && statement !== null) texts.set(statement, String(sql))
    return statement
  })
  wrapMethod(StatementSync.prototype, "run", (self, _, run) => {
    const text = typeof self === "object" && self !== null ? texts.get(self) : undefined
    return passSql(text ?? "", run)
  })
}
