import { DAY, SECOND, type Instant } from "../../src-protocol/instant.ts"
import { createAuthority, type Authority } from "./authority.ts"
import type { KeyPair } from "./keys.ts"
import { authorityName, type NameAttribute } from "./name.ts"

/** The authorities of a test hierarchy, each after the one above it. */
export const AUTHORITY_IDS = [
  "root",
  "level-2-persoon",
  "zorgverlener",
  "zorgverlener-twin",
  "medewerker-op-naam",
  "rogue-root",
  "rogue-level-2-persoon",
  "rogue-zorgverlener",
  "rogue-medewerker-op-naam",
] as const

export type AuthorityId = (typeof AUTHORITY_IDS)[number]

/** What an authority is: a twin has another's key and name, a rogue only the name. */
export interface AuthorityKind {
  readonly parent: AuthorityId | undefined
  /** Whose key it has: its own, or that of the authority it is a re-signed twin of. */
  readonly keyOf: AuthorityId
  readonly address: string
  readonly name: readonly NameAttribute[]
  readonly issuesPasses: boolean
  readonly rogue: boolean
  readonly validFromDays: number
  readonly validForDays: number
}

const YEAR = 365

const ROOT = {
  address: "zorg_csp_root_ca",
  name: authorityName("TEST Vrijgave Zorg CSP Root CA", { organizationIdentifier: false }),
  issuesPasses: false,
  validFromDays: -5 * YEAR,
  validForDays: 25 * YEAR,
}
const LEVEL_2 = {
  address: "zorg_csp_level_2_persoon_ca",
  name: authorityName("TEST Vrijgave Zorg CSP Level 2 Persoon CA", { organizationIdentifier: false }),
  issuesPasses: false,
  validFromDays: -5 * YEAR,
  validForDays: 20 * YEAR,
}
const ISSUING = { issuesPasses: true, validFromDays: -5 * YEAR, validForDays: 17 * YEAR }
const ZORGVERLENER = {
  ...ISSUING,
  address: "uzi-register_zorgverlener_ca",
  name: authorityName("TEST Vrijgave UZI-register Zorgverlener CA", { organizationIdentifier: true }),
}
const MEDEWERKER = {
  ...ISSUING,
  address: "uzi-register_medewerker_op_naam_ca",
  name: authorityName("TEST Vrijgave UZI-register Medewerker op naam CA", { organizationIdentifier: true }),
}
const TWIN_DATES = { validFromDays: -YEAR, validForDays: 12 * YEAR }

export const HIERARCHY: Readonly<Record<AuthorityId, AuthorityKind>> = {
  root: { ...ROOT, parent: undefined, keyOf: "root", rogue: false },
  "level-2-persoon": { ...LEVEL_2, parent: "root", keyOf: "level-2-persoon", rogue: false },
  zorgverlener: { ...ZORGVERLENER, parent: "level-2-persoon", keyOf: "zorgverlener", rogue: false },
  "zorgverlener-twin": {
    ...ZORGVERLENER,
    ...TWIN_DATES,
    parent: "level-2-persoon",
    keyOf: "zorgverlener",
    rogue: false,
  },
  "medewerker-op-naam": {
    ...MEDEWERKER,
    parent: "level-2-persoon",
    keyOf: "medewerker-op-naam",
    rogue: false,
  },
  "rogue-root": { ...ROOT, parent: undefined, keyOf: "rogue-root", rogue: true },
  "rogue-level-2-persoon": { ...LEVEL_2, parent: "rogue-root", keyOf: "rogue-level-2-persoon", rogue: true },
  "rogue-zorgverlener": {
    ...ZORGVERLENER,
    parent: "rogue-level-2-persoon",
    keyOf: "rogue-zorgverlener",
    rogue: true,
  },
  "rogue-medewerker-op-naam": {
    ...MEDEWERKER,
    parent: "rogue-level-2-persoon",
    keyOf: "rogue-medewerker-op-naam",
    rogue: true,
  },
}

/** The authorities that have a key of their own: each publishes one CRL, and a twin shares its sibling's. */
export const KEY_HOLDERS: readonly AuthorityId[] = AUTHORITY_IDS.filter((id) => HIERARCHY[id].keyOf === id)

export type Authorities = Readonly<Record<AuthorityId, Authority>>

/** Makes every authority of the hierarchy with the keys given, as at `at`. */
export async function createHierarchy(
  keys: ReadonlyMap<AuthorityId, KeyPair>,
  at: Instant,
): Promise<ReadonlyMap<AuthorityId, Authority>> {
  const made = new Map<AuthorityId, Authority>()
  for (const id of AUTHORITY_IDS) {
    const pair = keys.get(HIERARCHY[id].keyOf)
    if (pair === undefined) throw new RangeError(`no key for authority ${id}`)
    made.set(id, await createOne(id, pair, made, at))
  }
  return made
}

async function createOne(
  id: AuthorityId,
  pair: KeyPair,
  made: ReadonlyMap<AuthorityId, Authority>,
  at: Instant,
): Promise<Authority> {
  const kind = HIERARCHY[id]
  const notBefore = Math.floor(at / SECOND) * SECOND + kind.validFromDays * DAY
  return await createAuthority({
    id,
    addressId: kind.address,
    name: kind.name,
    privateKey: pair.privateKey,
    notBefore,
    notAfter: notBefore + kind.validForDays * DAY,
    parent: kind.parent === undefined ? undefined : made.get(kind.parent),
    issuesPasses: kind.issuesPasses,
  })
}

/** Holds that each authority is there; the type says so from here on. */
export function completeAuthorities(made: ReadonlyMap<AuthorityId, Authority>): Authorities {
  const get = (id: AuthorityId): Authority => {
    const authority = made.get(id)
    if (authority === undefined) throw new RangeError(`authority ${id} is missing`)
    return authority
  }
  return {
    root: get("root"),
    "level-2-persoon": get("level-2-persoon"),
    zorgverlener: get("zorgverlener"),
    "zorgverlener-twin": get("zorgverlener-twin"),
    "medewerker-op-naam": get("medewerker-op-naam"),
    "rogue-root": get("rogue-root"),
    "rogue-level-2-persoon": get("rogue-level-2-persoon"),
    "rogue-zorgverlener": get("rogue-zorgverlener"),
    "rogue-medewerker-op-naam": get("rogue-medewerker-op-naam"),
  }
}

/** The authorities above a pass that `id` issued: `id` first, its root last. */
export function chainFrom(id: AuthorityId): readonly AuthorityId[] {
  const { parent } = HIERARCHY[id]
  return parent === undefined ? [id] : [id, ...chainFrom(parent)]
}
