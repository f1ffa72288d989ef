import { createHash } from "node:crypto"
import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { SECOND, type Instant } from "../../src-protocol/instant.ts"
import { writePem } from "../../src-protocol/pem.ts"
import { printTrustProfile, testProfile, type TrustProfile } from "../../src-protocol/uzi/trust-profile.ts"
import { writeFileAtomically, writePrivateFile } from "../files.ts"
import { TestkitError } from "../testkit-error.ts"
import {
  AUTHORITY_IDS,
  completeAuthorities,
  createHierarchy,
  KEY_HOLDERS,
  type Authorities,
  type AuthorityId,
} from "./hierarchy.ts"
import { emptyRecord, hasRecord, writeRecord } from "./issue-record.ts"
import { generateKeys, type KeyKind, type KeyPair } from "./keys.ts"
import { refreshCrls } from "./refresh-crls.ts"
import { authorityFiles, pkiOf, TRUSTED_INTERMEDIATES, type TestPki } from "./test-pki.ts"

export interface InitPkiOptions {
  readonly directory: string
  readonly at: Instant
  /** 4096 as CIBG's; tests take 2048, which is made in a tenth of the time. */
  readonly caKeyBits?: 2048 | 3072 | 4096
}

/**
 * Makes a test hierarchy in `directory`: authorities with keys, look-alikes, trust profile and first CRLs.
 * The record is written last of what makes it whole, so that a hierarchy is complete or none.
 * Throws `already-a-pki` where there is one: what it issued would be lost.
 */
export async function initPki(options: InitPkiOptions): Promise<TestPki> {
  const { directory } = options
  if (await hasRecord(directory)) {
    throw new TestkitError(
      "already-a-pki",
      `${directory} holds a test hierarchy already; choose another directory, or remove it first`,
    )
  }
  const at = Math.floor(options.at / SECOND) * SECOND
  const keys = await generateAllKeys(`rsa-${options.caKeyBits ?? 4096}`)
  const authorities = completeAuthorities(await createHierarchy(keys, at))
  const pki = pkiOf(directory, at, authorities, trustIn(authorities))
  await writePki(pki)
  await refreshCrls(pki, at)
  return pki
}

/** The test profile that believes this root, and its issuing authorities by their keys. */
function trustIn(authorities: Authorities): TrustProfile {
  const intermediates = TRUSTED_INTERMEDIATES.map((id) => authorities[id].certificate)
  const pin = (id: AuthorityId, passType: "Z" | "N") => ({
    passType,
    knownBy: { spkiSha256: createHash("sha256").update(authorities[id].publicKeySpki).digest("hex") },
  })
  const issuingAuthorities = [pin("zorgverlener", "Z"), pin("medewerker-op-naam", "N")]
  return { ...testProfile([authorities.root.certificate], intermediates), issuingAuthorities }
}

async function generateAllKeys(kind: KeyKind): Promise<ReadonlyMap<AuthorityId, KeyPair>> {
  const pairs = KEY_HOLDERS.map(async (id) => [id, await generateKeys(kind)] as const)
  return new Map(await Promise.all(pairs))
}

async function writePki(pki: TestPki): Promise<void> {
  const { directory, authorities } = pki
  await mkdir(join(directory, "authorities"), { recursive: true, mode: 0o700 })
  await mkdir(join(directory, "rogue"), { recursive: true })
  for (const id of KEY_HOLDERS) await writeKey(pki, id)
  for (const id of AUTHORITY_IDS) {
    await writeFileAtomically(authorityFiles(directory, id).certificate, pemOf(authorities, [id]))
  }
  await writeFileAtomically(join(directory, "root.pem"), pemOf(authorities, ["root"]))
  await writeFileAtomically(join(directory, "intermediates.pem"), pemOf(authorities, TRUSTED_INTERMEDIATES))
  await writeFileAtomically(join(directory, "rogue", "root.pem"), pemOf(authorities, ["rogue-root"]))
  const rogue: readonly AuthorityId[] = [
    "rogue-level-2-persoon",
    "rogue-zorgverlener",
    "rogue-medewerker-op-naam",
  ]
  await writeFileAtomically(join(directory, "rogue", "intermediates.pem"), pemOf(authorities, rogue))
  const trust = JSON.stringify(printTrustProfile(pki.trust), undefined, 2)
  await writeFileAtomically(join(directory, "trust.json"), `${trust}\n`)
  await writeRecord(directory, emptyRecord(pki.createdAt))
}

async function writeKey(pki: TestPki, id: AuthorityId): Promise<void> {
  const key = pki.authorities[id].privateKey.export({ type: "pkcs8", format: "pem" })
  await writePrivateFile(authorityFiles(pki.directory, id).key, key)
}

function pemOf(authorities: Authorities, ids: readonly AuthorityId[]): string {
  return ids.map((id) => writePem("CERTIFICATE", authorities[id].certificate)).join("")
}
