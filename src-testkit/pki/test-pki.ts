import { createPrivateKey } from "node:crypto"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { Instant } from "../../src-protocol/instant.ts"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { readPem } from "../../src-protocol/pem.ts"
import { parseTrustProfile, type TrustProfile } from "../../src-protocol/uzi/trust-profile.ts"
import { authorityOf, type Authority } from "./authority.ts"
import {
  AUTHORITY_IDS,
  completeAuthorities,
  HIERARCHY,
  type Authorities,
  type AuthorityId,
} from "./hierarchy.ts"
import { notAPki, readRecord } from "./issue-record.ts"

/** A test hierarchy with its keys. What it issued and revoked is in its directory, not in here. */
export interface TestPki {
  readonly directory: string
  readonly createdAt: Instant
  readonly authorities: Authorities
  /** The root certificate, DER: the one anchor. */
  readonly root: Uint8Array
  /** Every certificate between that root and a pass, DER; both of the twins. */
  readonly intermediates: readonly Uint8Array[]
  readonly trust: TrustProfile
}

/** The intermediates that a relying party gets: none of the look-alike hierarchy. */
export const TRUSTED_INTERMEDIATES: readonly AuthorityId[] = AUTHORITY_IDS.filter(
  (id) => !HIERARCHY[id].rogue && HIERARCHY[id].parent !== undefined,
)

/** Where an authority's certificate and key are. */
export function authorityFiles(directory: string, id: AuthorityId): { certificate: string; key: string } {
  const keyHolder = HIERARCHY[id].keyOf
  return {
    certificate: join(directory, "authorities", `${id}.pem`),
    key: join(directory, "authorities", `${keyHolder}.key.pem`),
  }
}

/** Opens a hierarchy that `initPki` made; throws `not-a-pki` with what is missing. */
export async function openPki(directory: string): Promise<TestPki> {
  const { createdAt } = await readRecord(directory)
  const made = new Map<AuthorityId, Authority>()
  for (const id of AUTHORITY_IDS) made.set(id, await readAuthority(directory, id))
  return pkiOf(directory, createdAt, completeAuthorities(made), await readTrust(directory))
}

export function pkiOf(
  directory: string,
  createdAt: Instant,
  authorities: Authorities,
  trust: TrustProfile,
): TestPki {
  const intermediates = TRUSTED_INTERMEDIATES.map((id) => authorities[id].certificate)
  return { directory, createdAt, authorities, root: authorities.root.certificate, intermediates, trust }
}

/** The CRLs of the hierarchy as last signed, DER: one an authority, none of the look-alikes. */
export async function readCrls(pki: TestPki): Promise<readonly Uint8Array[]> {
  return readPem("X509 CRL", await readFile(join(pki.directory, "crls.pem"), "utf8"))
}

async function readAuthority(directory: string, id: AuthorityId): Promise<Authority> {
  const files = authorityFiles(directory, id)
  const kind = HIERARCHY[id]
  try {
    const [certificate] = readPem("CERTIFICATE", await readFile(files.certificate, "utf8"))
    if (certificate === undefined) throw new RangeError("no certificate in the file")
    const privateKey = createPrivateKey(await readFile(files.key, "utf8"))
    return authorityOf({ id, addressId: kind.address, name: kind.name, privateKey }, certificate)
  } catch (cause) {
    throw notAPki(directory, `certificate or key of ${id} is missing or damaged`, cause)
  }
}

async function readTrust(directory: string): Promise<TrustProfile> {
  try {
    return await parseTrustProfile(
      nodeCrypto,
      JSON.parse(await readFile(join(directory, "trust.json"), "utf8")),
    )
  } catch (cause) {
    throw notAPki(directory, "trust.json is missing or damaged", cause)
  }
}
