import { createPrivateKey } from "node:crypto"
import { join } from "node:path"
import { readFile, writeFile } from "node:fs/promises"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { HOUR, MINUTE, type Instant } from "../../src-protocol/instant.ts"
import { composeAuthorisation, type Signer } from "../../src-protocol/signed-data.ts"
import type { Statement } from "../../src-protocol/statement.ts"
import type { Facts } from "../../src-protocol/verify-authorisation.ts"
import { cardIntermediates } from "../../src-testkit/cards/card-certificates.ts"
import { cardHolder } from "../../src-testkit/cards/card-holder.ts"
import { initPki } from "../../src-testkit/pki/init-pki.ts"
import { hasRecord } from "../../src-testkit/pki/issue-record.ts"
import { generateKeys, keyPairOf, type KeyPair } from "../../src-testkit/pki/keys.ts"
import { refreshCrls } from "../../src-testkit/pki/refresh-crls.ts"
import { signBytes } from "../../src-testkit/pki/sign-bytes.ts"
import { openPki, readCrls, type TestPki } from "../../src-testkit/pki/test-pki.ts"
import { buildUziCertificate } from "../../src-testkit/pki/uzi-certificate.ts"
import { cardProfile } from "../../src-testkit/profiles.ts"
import { cacheFolder } from "./paths.ts"

/** A hierarchy of RSA-4096 authorities, as CIBG's; made once, its lists signed a minute ago. */
export async function benchPki(now: Instant): Promise<TestPki> {
  const directory = await cacheFolder("pki-rsa-4096")
  if (!(await hasRecord(directory))) await initPki({ directory, at: now - HOUR, caKeyBits: 4096 })
  const pki = await openPki(directory)
  await refreshCrls(pki, now - MINUTE)
  return pki
}

/** Signers with RSA-2048 keys as on a pass; their keys are kept, their certificates are of today. */
export async function signers(pki: TestPki, count: number, now: Instant): Promise<readonly Signer[]> {
  const made: Signer[] = []
  for (let i = 0; i < count; i++) made.push(await signerOf(pki, await keptKeys(i), now))
  return made
}

/** An RSA-2048 key, made once. */
export async function keptKeys(number: number): Promise<KeyPair> {
  const file = join(await cacheFolder("signer-keys"), `${number}.pem`)
  try {
    return keyPairOf(createPrivateKey(await readFile(file, "utf8")))
  } catch {
    const pair = await generateKeys("rsa-2048")
    await writeFile(file, pair.privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 })
    return pair
  }
}

async function signerOf(pki: TestPki, keys: KeyPair, now: Instant): Promise<Signer> {
  const profile = cardProfile("arts")
  const { der } = await buildUziCertificate(pki.authorities.zorgverlener, {
    use: "handtekening",
    holder: cardHolder(profile, "Jannie d'Été-Test"),
    publicKeySpki: keys.publicKeySpki,
    notBefore: now - HOUR,
  })
  return {
    certificateChain: [der, ...cardIntermediates(pki, profile)],
    algorithms: [{ scheme: "rsa-pkcs1", hash: "sha-256" }],
    sign: (bytes, algorithm) => signBytes(keys.privateKey, algorithm, bytes),
  }
}

export const STATEMENT: Statement = {
  hash: "5f".repeat(32),
  code: { reference: "314159", confirmation: "2653" },
}

/** A package of each signer over the same statement. */
export async function packagesOf(all: readonly Signer[], now: Instant): Promise<readonly Uint8Array[]> {
  const made: Uint8Array[] = []
  for (const signer of all) made.push(await composeAuthorisation(nodeCrypto, STATEMENT, signer, now))
  return made
}

/** The facts by which those packages are authorised. */
export async function benchFacts(pki: TestPki, now: Instant): Promise<Facts> {
  return {
    crypto: nodeCrypto,
    trust: pki.trust,
    at: now,
    revocation: { crls: await readCrls(pki), checkedAt: now },
    policy: { signedBetween: [now - 10 * MINUTE, now + 10 * MINUTE], maximumCrlAgeMilliseconds: 6 * HOUR },
  }
}
