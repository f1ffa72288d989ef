/** The words in which the databases differ. */
export interface Dialect {
  readonly bytes: "BLOB" | "BYTEA"
  /** SQLite numbers rows by arrival unless a table says this. */
  readonly withoutArrival: "WITHOUT ROWID" | ""
}

export interface Migration {
  readonly version: number
  readonly statements: (dialect: Dialect) => readonly string[]
}

const LIVE_DISCLOSURE = "hash IS NOT NULL AND pickup_hash IS NOT NULL AND expires_at IS NOT NULL"
const ENDED_DISCLOSURE =
  "hash IS NULL AND pickup_hash IS NULL AND package IS NULL AND package_tag IS NULL AND statement_tag IS NULL"

/**
 * Every step the schema ever took, in order; a step that has been released is never changed, a new one follows it.
 * An instant is a BIGINT: milliseconds since 1970-01-01 UTC. The CHECKs keep what protocol.md promises even against a
 * mistake in our own code: what has ended holds no hash and no package.
 */
export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    statements: ({ bytes, withoutArrival }) => [
      `CREATE TABLE settings (name TEXT PRIMARY KEY, value ${bytes} NOT NULL)`,
      `CREATE TABLE disclosures (
        id TEXT PRIMARY KEY,
        reference TEXT NOT NULL UNIQUE,
        life TEXT NOT NULL CHECK (life IN ('live', 'ended')),
        state TEXT NOT NULL,
        hash TEXT,
        pickup_hash ${bytes},
        registered_at BIGINT NOT NULL,
        expires_at BIGINT,
        forgotten_at BIGINT,
        represented INTEGER NOT NULL,
        refusals INTEGER NOT NULL,
        reason TEXT,
        accepted_at BIGINT,
        signer_uzi_number TEXT,
        signer_subscriber_number TEXT,
        package_tag ${bytes},
        statement_tag ${bytes},
        package ${bytes},
        CHECK ((life = 'live' AND ${LIVE_DISCLOSURE}) OR
               (life = 'ended' AND ${ENDED_DISCLOSURE} AND forgotten_at IS NOT NULL))
      )`,
      "CREATE INDEX disclosures_by_end ON disclosures (life, expires_at, forgotten_at)",
      "CREATE INDEX disclosures_by_package ON disclosures (package_tag)",
      `CREATE TABLE refusal_notices (
        disclosure_id TEXT NOT NULL REFERENCES disclosures (id) ON DELETE CASCADE,
        attempt INTEGER NOT NULL,
        reason TEXT NOT NULL,
        package_tag ${bytes} NOT NULL,
        PRIMARY KEY (disclosure_id, attempt)
      )`,
      `CREATE TABLE accepted (
        package_hash ${bytes} PRIMARY KEY,
        accepted_at BIGINT NOT NULL,
        expires_at BIGINT NOT NULL,
        forgotten_at BIGINT NOT NULL,
        used INTEGER NOT NULL
      )`,
      `CREATE TABLE withdrawn_packages (package_tag ${bytes} PRIMARY KEY, forgotten_at BIGINT NOT NULL)`,
      `CREATE TABLE publication_queue (entry ${bytes} PRIMARY KEY) ${withoutArrival}`,
      `CREATE TABLE batches (
        cycle BIGINT PRIMARY KEY,
        composed_at BIGINT NOT NULL,
        content ${bytes} NOT NULL
      )`,
      `CREATE TABLE sessions (
        token_hash ${bytes} PRIMARY KEY,
        uzi_number TEXT NOT NULL,
        subscriber_number TEXT NOT NULL,
        expires_at BIGINT NOT NULL
      )`,
      `CREATE TABLE clinicians (
        uzi_number TEXT NOT NULL,
        subscriber_number TEXT NOT NULL,
        day INTEGER NOT NULL,
        authorised_on_day INTEGER NOT NULL,
        authorised_since_sign_in INTEGER NOT NULL,
        PRIMARY KEY (uzi_number, subscriber_number)
      )`,
      `CREATE TABLE revocation_lists (
        issuer_key_id TEXT PRIMARY KEY,
        number TEXT NOT NULL,
        content ${bytes} NOT NULL
      )`,
    ],
  },
  {
    version: 2,
    // Counting a million rows for every registration would take longer than the registration.
    statements: () => [
      "CREATE TABLE disclosure_total (number BIGINT NOT NULL)",
      "INSERT INTO disclosure_total (number) SELECT COUNT(*) FROM disclosures",
    ],
  },
]
