import { z } from "zod"
import type { Instant } from "../../../src-protocol/instant.ts"
import { firstRow, type Sql } from "../../store/sql.ts"
import { Time } from "../../store/records/columns.ts"
import type { Dossier } from "../dossier-register.ts"

/** That somebody corrected a birth date: who and when, never the dates. */
export interface Correction {
  readonly reference: string
  readonly correctedAt: Instant
  /** `<UZI number>@<subscriber number>`, or `administrator`. */
  readonly correctedBy: string
}

/** The provider's dossiers; each provider, by its subscriber number, has its own. */
export interface DossierRecords {
  /** Answers false where the provider has this reference or this subject already. */
  add(subscriberNumber: string, dossier: Dossier): Promise<boolean>
  find(subscriberNumber: string, subject: string): Promise<Dossier | undefined>
  list(subscriberNumber: string): Promise<readonly Dossier[]>
  /** Answers false where the provider has no such dossier. */
  correct(subscriberNumber: string, birthDate: string, correction: Correction): Promise<boolean>
  corrections(subscriberNumber: string): Promise<readonly Correction[]>
}

const DossierRow = z.object({ reference: z.string(), subject: z.string(), birth_date: z.string().nullable() })
type DossierRow = z.infer<typeof DossierRow>
const SubjectRow = z.object({ subject: z.string() })
const ServiceRow = z.object({ service: z.string() })
const CorrectionRow = z.object({ reference: z.string(), corrected_at: Time, corrected_by: z.string() })

export function dossierRecords(sql: Sql): DossierRecords {
  return {
    add: (subscriberNumber, dossier) => addDossier(sql, subscriberNumber, dossier),
    async find(subscriberNumber, subject) {
      const select =
        "SELECT reference, subject, birth_date FROM dossiers WHERE subscriber_number = ? AND subject = ?"
      const row = await firstRow(sql, DossierRow, select, subscriberNumber, subject)
      return row && dossierOf(sql, subscriberNumber, row)
    },
    async list(subscriberNumber) {
      const select =
        "SELECT reference, subject, birth_date FROM dossiers WHERE subscriber_number = ? ORDER BY reference"
      const rows = await sql.rows(DossierRow, select, subscriberNumber)
      return Promise.all(rows.map((row) => dossierOf(sql, subscriberNumber, row)))
    },
    correct: (subscriberNumber, birthDate, correction) =>
      correct(sql, subscriberNumber, birthDate, correction),
    async corrections(subscriberNumber) {
      const select =
        "SELECT reference, corrected_at, corrected_by FROM corrections WHERE subscriber_number = ? ORDER BY corrected_at"
      const rows = await sql.rows(CorrectionRow, select, subscriberNumber)
      return rows.map(({ reference, corrected_at, corrected_by }) => ({
        ...{ reference, correctedAt: corrected_at, correctedBy: corrected_by },
      }))
    },
  }
}

async function addDossier(sql: Sql, subscriberNumber: string, dossier: Dossier): Promise<boolean> {
  const { reference, subject, birthDate, representatives, services } = dossier
  const insert =
    "INSERT INTO dossiers (subscriber_number, reference, subject, birth_date) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
  const added = await sql.run(insert, subscriberNumber, reference, subject, birthDate ?? null)
  if (added === 0) return false
  for (const representative of new Set(representatives)) {
    const into =
      "INSERT INTO dossier_representatives (subscriber_number, reference, subject) VALUES (?, ?, ?)"
    await sql.run(into, subscriberNumber, reference, representative)
  }
  for (const service of new Set(services)) {
    const into = "INSERT INTO dossier_services (subscriber_number, reference, service) VALUES (?, ?, ?)"
    await sql.run(into, subscriberNumber, reference, service)
  }
  return true
}

async function dossierOf(sql: Sql, subscriberNumber: string, row: DossierRow): Promise<Dossier> {
  const { reference, subject, birth_date: birthDate } = row
  const who =
    "SELECT subject FROM dossier_representatives WHERE subscriber_number = ? AND reference = ? ORDER BY subject"
  const what =
    "SELECT service FROM dossier_services WHERE subscriber_number = ? AND reference = ? ORDER BY service"
  const representatives = await sql.rows(SubjectRow, who, subscriberNumber, reference)
  const services = await sql.rows(ServiceRow, what, subscriberNumber, reference)
  return {
    reference,
    subject,
    ...(birthDate === null ? {} : { birthDate }),
    representatives: representatives.map((found) => found.subject),
    services: services.map((found) => found.service),
  }
}

async function correct(
  sql: Sql,
  subscriberNumber: string,
  birthDate: string,
  { reference, correctedAt, correctedBy }: Correction,
): Promise<boolean> {
  const update = "UPDATE dossiers SET birth_date = ? WHERE subscriber_number = ? AND reference = ?"
  if ((await sql.run(update, birthDate, subscriberNumber, reference)) === 0) return false
  const insert =
    "INSERT INTO corrections (subscriber_number, reference, corrected_at, corrected_by) VALUES (?, ?, ?, ?)"
  await sql.run(insert, subscriberNumber, reference, correctedAt, correctedBy)
  return true
}
