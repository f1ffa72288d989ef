import { readFileSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"

/** Every way in which an authorization request can end without a code; `exceptions.json` says what each one does. */
export const EXCEPTION_IDS = [
  "client-unusable",
  "request-malformed",
  "proof-key",
  "response-type",
  "scope",
  "birth-date-missing",
  "birth-date-malformed",
  "authentication-cancelled",
  "authentication-failed",
  "representation-not-used",
  "representation-not-asked",
  "not-a-representative",
  "birth-date-differs",
  "too-many-mismatches",
  "wrong-age",
  "no-data",
  "consent-refused",
  "provider-unavailable",
] as const
export type ExceptionId = (typeof EXCEPTION_IDS)[number]

const Mark = z.enum(["proven", "derived"])
/** The characters of RFC 6749 section 4.1.2.1 for `error_description`. */
const Description = z.string().regex(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/)

const Row = z.strictObject({
  id: z.enum(EXCEPTION_IDS),
  /** Its number in the tables of MedMij: what is logged and what the provider's clinicians see. */
  number: z.string().min(1),
  situation: z.string().min(1),
  person: z.enum(["page", "nothing"]),
  client: z.enum(["redirect", "nothing"]),
  error: z.string().optional(),
  description: Description.optional(),
  /** Which of the cells are proven by a published text, and which we derived. */
  marks: z.record(z.string(), Mark),
  source: z.string().min(1),
})
export type Exception = Readonly<z.infer<typeof Row>>

/** What the client is sent back with. */
export interface ClientError {
  readonly error: string
  readonly error_description: string
}

const TABLE = readTable()

function readTable(): ReadonlyMap<ExceptionId, Exception> {
  const text = readFileSync(join(import.meta.dirname, "exceptions.json"), "utf8")
  const table = new Map(
    z
      .array(Row)
      .parse(JSON.parse(text))
      .map((row) => [row.id, row]),
  )
  const missing = EXCEPTION_IDS.find((id) => !table.has(id))
  if (missing !== undefined) throw new TypeError(`exceptions.json has no row ${missing}`)
  return table
}

/** The row of an exception. */
export function exceptionOf(id: ExceptionId): Exception {
  const row = TABLE.get(id)
  if (row === undefined) throw new TypeError(`exceptions.json has no row ${id}`)
  return row
}

/** What the client is told of an exception that it is told of. */
export function clientErrorOf(id: ExceptionId): ClientError {
  const { error, description } = exceptionOf(id)
  if (error === undefined || description === undefined) throw new TypeError(`the client is not told of ${id}`)
  return { error, error_description: description }
}
