import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { z } from "zod"
import { fileExists, withLock, writePrivateFile } from "../files.ts"
import { TestkitError } from "../testkit-error.ts"
import { AUTHORITY_IDS } from "./hierarchy.ts"

const instant = z.int()
const serialNumber = z.string().regex(/^[0-9a-f]+$/)
const authority = z.enum(AUTHORITY_IDS)

const issuedCertificate = z.strictObject({
  serialNumber,
  authority,
  /** The profile and use, or whatever a test calls it. */
  profile: z.string(),
  name: z.string(),
  /** The label of the token that it is on; absent where it is on none. */
  card: z.string().optional(),
  notBefore: instant,
  notAfter: instant,
})

const revocation = z.strictObject({
  serialNumber,
  authority,
  revokedAt: instant,
  reason: z
    .enum([
      "unspecified",
      "keyCompromise",
      "cACompromise",
      "affiliationChanged",
      "superseded",
      "cessationOfOperation",
      "certificateHold",
      "privilegeWithdrawn",
    ])
    .optional(),
})

const issueRecord = z.strictObject({
  version: z.literal(1),
  warning: z.string(),
  createdAt: instant,
  /** The number of the last CRL; one count for all authorities, so that it never goes back. */
  crlNumber: z.int().nonnegative(),
  certificates: z.array(issuedCertificate).readonly(),
  revocations: z.array(revocation).readonly(),
})

export type IssuedEntry = Readonly<z.infer<typeof issuedCertificate>>
export type Revocation = Readonly<z.infer<typeof revocation>>
/** Everything that a test hierarchy has issued and revoked: `issued.json`. */
export type IssueRecord = Readonly<z.infer<typeof issueRecord>>

const FILE = "issued.json"

/** The record of a hierarchy that has issued nothing yet. */
export function emptyRecord(createdAt: number): IssueRecord {
  const warning =
    "TEST ONLY. Keys in this directory are worth nothing and must never be trusted by anything real."
  return { version: 1, warning, createdAt, crlNumber: 0, certificates: [], revocations: [] }
}

export async function hasRecord(directory: string): Promise<boolean> {
  return await fileExists(join(directory, FILE))
}

/** Reads the record; throws `not-a-pki` where there is none or it is damaged. */
export async function readRecord(directory: string): Promise<IssueRecord> {
  const path = join(directory, FILE)
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw notAPki(directory, `it has no ${FILE}`, cause)
  })
  try {
    return issueRecord.parse(JSON.parse(text))
  } catch (cause) {
    throw notAPki(directory, `${FILE} is damaged`, cause)
  }
}

export async function writeRecord(directory: string, record: IssueRecord): Promise<void> {
  await writePrivateFile(join(directory, FILE), `${JSON.stringify(record, undefined, 2)}\n`)
}

/** Reads, changes and writes the record while no other process does. Returns the new one. */
export async function changeRecord(
  directory: string,
  change: (record: IssueRecord) => IssueRecord | Promise<IssueRecord>,
): Promise<IssueRecord> {
  if (!(await hasRecord(directory))) throw notAPki(directory, `it has no ${FILE}`)
  return await withLock(directory, async () => {
    const changed = await change(await readRecord(directory))
    await writeRecord(directory, changed)
    return changed
  })
}

export function notAPki(directory: string, why: string, cause?: unknown): TestkitError {
  const advice = "make one with: vrijgave pki init --dir DIRECTORY"
  return new TestkitError("not-a-pki", `${directory} is no test hierarchy: ${why}; ${advice}`, { cause })
}
