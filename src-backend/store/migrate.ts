import { z } from "zod"
import { MIGRATIONS, type Dialect, type Migration } from "./migrations.ts"
import { firstRow, type Sql } from "./sql.ts"
import { StoreError } from "./store-error.ts"

const VersionRow = z.object({ version: z.int().min(0) })

/** Brings the schema to this program's version, step by step, each one wholly or not at all. Throws `schema-too-new`. */
export async function migrate(
  sql: Sql,
  dialect: Dialect,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  await sql.run("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)")
  const found = await firstRow(sql, VersionRow, "SELECT version FROM schema_version")
  const version = found?.version ?? 0
  if (version > migrations.length) {
    throw new StoreError(
      "schema-too-new",
      `the database has schema ${version}, this program knows up to ${migrations.length}: start the newer program again`,
    )
  }
  if (found === undefined) await sql.run("INSERT INTO schema_version (version) VALUES (0)")
  for (const migration of migrations.slice(version)) await step(sql, dialect, migration)
}

async function step(sql: Sql, dialect: Dialect, migration: Migration): Promise<void> {
  await sql.run("BEGIN")
  try {
    for (const statement of migration.statements(dialect)) await sql.run(statement)
    await sql.run("UPDATE schema_version SET version = ?", migration.version)
    await sql.run("COMMIT")
  } catch (error) {
    await sql.run("ROLLBACK")
    throw error
  }
}
