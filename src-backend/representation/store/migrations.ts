import type { Migration } from "../../store/migrations.ts"

/**
 * The schema of the authorization server's own store, in the manner of the backend's. There is no column for a flow: who
 * was given a code is nowhere. The only birth dates are those that the provider itself knows, in its dossiers.
 */
export const REPRESENTATION_MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    statements: ({ bytes }) => [
      `CREATE TABLE settings (name TEXT PRIMARY KEY, value ${bytes} NOT NULL)`,
      `CREATE TABLE dossiers (
        subscriber_number TEXT NOT NULL,
        reference TEXT NOT NULL,
        subject TEXT NOT NULL,
        birth_date TEXT,
        PRIMARY KEY (subscriber_number, reference),
        UNIQUE (subscriber_number, subject)
      )`,
      `CREATE TABLE dossier_representatives (
        subscriber_number TEXT NOT NULL,
        reference TEXT NOT NULL,
        subject TEXT NOT NULL,
        PRIMARY KEY (subscriber_number, reference, subject),
        FOREIGN KEY (subscriber_number, reference) REFERENCES dossiers (subscriber_number, reference) ON DELETE CASCADE
      )`,
      `CREATE TABLE dossier_services (
        subscriber_number TEXT NOT NULL,
        reference TEXT NOT NULL,
        service TEXT NOT NULL,
        PRIMARY KEY (subscriber_number, reference, service),
        FOREIGN KEY (subscriber_number, reference) REFERENCES dossiers (subscriber_number, reference) ON DELETE CASCADE
      )`,
      `CREATE TABLE corrections (
        subscriber_number TEXT NOT NULL,
        reference TEXT NOT NULL,
        corrected_at BIGINT NOT NULL,
        corrected_by TEXT NOT NULL
      )`,
      `CREATE TABLE refusals (
        id TEXT PRIMARY KEY,
        subscriber_number TEXT NOT NULL,
        refused_at BIGINT NOT NULL,
        exception TEXT NOT NULL,
        reference TEXT
      )`,
      "CREATE INDEX refusals_by_provider ON refusals (subscriber_number, refused_at)",
      `CREATE TABLE mismatches (representative_tag ${bytes} NOT NULL, mismatched_at BIGINT NOT NULL)`,
      "CREATE INDEX mismatches_by_representative ON mismatches (representative_tag, mismatched_at)",
    ],
  },
]
