import { z } from "zod"
import { DisclosureState, Reason } from "../../../src-protocol/api.ts"
import type { Disclosure, EndedDisclosure, LiveDisclosure } from "../../disclosures/disclosure.ts"
import type { SqlValue } from "../sql.ts"
import { StoreError } from "../store-error.ts"
import { Bytes, Time, Truth } from "./columns.ts"

/** The columns of a disclosure, in the order of `valuesOf`. */
export const DISCLOSURE_COLUMNS = [
  "id",
  "reference",
  "life",
  "state",
  "hash",
  "pickup_hash",
  "registered_at",
  "expires_at",
  "forgotten_at",
  "represented",
  "refusals",
  "reason",
  "accepted_at",
  "signer_uzi_number",
  "signer_subscriber_number",
  "package_tag",
  "statement_tag",
  "package",
] as const

/** A disclosure as the table has it. */
export const DisclosureRow = z.object({
  id: z.string(),
  reference: z.string(),
  life: z.enum(["live", "ended"]),
  state: DisclosureState,
  hash: z.string().nullable(),
  pickup_hash: Bytes.nullable(),
  registered_at: Time,
  expires_at: Time.nullable(),
  forgotten_at: Time.nullable(),
  represented: Truth,
  refusals: z.int(),
  reason: Reason.nullable(),
  accepted_at: Time.nullable(),
  signer_uzi_number: z.string().nullable(),
  signer_subscriber_number: z.string().nullable(),
  package_tag: Bytes.nullable(),
  statement_tag: Bytes.nullable(),
  package: Bytes.nullable(),
})
export type DisclosureRow = z.infer<typeof DisclosureRow>

/** What goes into the columns. */
export function valuesOf(disclosure: Disclosure): readonly SqlValue[] {
  return disclosure.life === "live" ? valuesOfLive(disclosure) : valuesOfEnded(disclosure)
}

function valuesOfLive(disclosure: LiveDisclosure): SqlValue[] {
  const { id, reference, life, state, hash, pickupHash, registeredAt, expiresAt, represented, refusals } =
    disclosure
  const given = disclosure.authorisation
  return [
    id,
    reference,
    life,
    state,
    hash,
    pickupHash,
    registeredAt,
    expiresAt,
    null,
    represented ? 1 : 0,
    refusals,
    null,
    given?.acceptedAt ?? null,
    given?.signer.uziNumber ?? null,
    given?.signer.subscriberNumber ?? null,
    given?.packageTag ?? null,
    given?.statementTag ?? null,
    given?.package ?? null,
  ]
}

function valuesOfEnded(disclosure: EndedDisclosure): SqlValue[] {
  const { id, reference, life, state, registeredAt, forgottenAt, refusals, reason, signer } = disclosure
  return [
    id,
    reference,
    life,
    state,
    null,
    null,
    registeredAt,
    null,
    forgottenAt,
    0,
    refusals,
    reason ?? null,
    null,
    signer?.uziNumber ?? null,
    signer?.subscriberNumber ?? null,
    null,
    null,
    null,
  ]
}

/** The disclosure in a row; throws `schema-damaged` for one that cannot be. */
export function disclosureOf(row: DisclosureRow): Disclosure {
  return row.life === "live" ? liveOf(row) : endedOf(row)
}

/** As `disclosureOf`, of a row that is known to be live. */
export function liveOf(row: DisclosureRow): LiveDisclosure {
  const { id, reference, hash, pickup_hash, expires_at, state } = row
  if (hash === null || pickup_hash === null || expires_at === null)
    throw damaged("a live disclosure lacks its hash")
  if (state !== "registered" && state !== "authorised" && state !== "confirmed") {
    throw damaged(`a live disclosure is ${state}`)
  }
  const authorisation = authorisationOf(row)
  return {
    life: "live",
    id,
    reference,
    hash,
    state,
    pickupHash: pickup_hash,
    registeredAt: row.registered_at,
    expiresAt: expires_at,
    represented: row.represented,
    refusals: row.refusals,
    ...(authorisation === undefined ? {} : { authorisation }),
  }
}

function authorisationOf(row: DisclosureRow): LiveDisclosure["authorisation"] {
  const signer = signerOf(row)
  const { accepted_at, package_tag, statement_tag } = row
  if (signer === undefined || accepted_at === null || package_tag === null || statement_tag === null)
    return undefined
  return {
    acceptedAt: accepted_at,
    signer,
    packageTag: package_tag,
    statementTag: statement_tag,
    ...(row.package === null ? {} : { package: row.package }),
  }
}

function signerOf(row: DisclosureRow): EndedDisclosure["signer"] {
  const { signer_uzi_number, signer_subscriber_number } = row
  if (signer_uzi_number === null || signer_subscriber_number === null) return undefined
  return { uziNumber: signer_uzi_number, subscriberNumber: signer_subscriber_number }
}

function endedOf(row: DisclosureRow): EndedDisclosure {
  const { id, reference, state, forgotten_at } = row
  if (forgotten_at === null) throw damaged("an ended disclosure would be kept for ever")
  if (state === "registered" || state === "authorised") throw damaged(`an ended disclosure is ${state}`)
  const signer = signerOf(row)
  return {
    life: "ended",
    id,
    reference,
    state,
    registeredAt: row.registered_at,
    forgottenAt: forgotten_at,
    refusals: row.refusals,
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(signer === undefined ? {} : { signer }),
  }
}

function damaged(what: string): StoreError {
  return new StoreError("schema-damaged", what)
}
