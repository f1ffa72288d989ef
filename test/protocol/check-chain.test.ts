import { beforeAll, describe, expect, test } from "vitest"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { readCertificate, type Certificate } from "../../src-protocol/certificate.ts"
import { checkChain } from "../../src-protocol/check-chain.ts"
import { DAY, MINUTE } from "../../src-protocol/instant.ts"
import { judgeCertificate } from "../../src-protocol/judge-certificate.ts"
import { createAuthority, type Authority, type AuthorityRequest } from "../../src-testkit/pki/authority.ts"
import { buildCrl } from "../../src-testkit/pki/crl.ts"
import { nullValue } from "../../src-testkit/pki/der.ts"
import {
  basicConstraints,
  keyUsage,
  subjectKeyIdentifier,
  withExtension,
  withoutExtension,
  type Extension,
} from "../../src-testkit/pki/extensions.ts"
import { generateKeys } from "../../src-testkit/pki/keys.ts"
import { OID } from "../../src-testkit/pki/oids.ts"
import { buildUziCertificate } from "../../src-testkit/pki/uzi-certificate.ts"
import { cardHolder } from "../../src-testkit/cards/card-holder.ts"
import { cardProfile } from "../../src-testkit/profiles.ts"
import { factsAt, judgingWorld, type JudgingWorld } from "../support/judging-world.ts"
import { testPki } from "../support/test-pki.ts"

let world: JudgingWorld

beforeAll(async () => {
  const statement = { hash: "0".repeat(64), code: { reference: "000000", confirmation: "0000" } }
  world = judgingWorld(await testPki(), Date.now(), statement)
})

/** The authority for care providers with the same key and one thing changed. */
async function issuerWith(change: Partial<AuthorityRequest>): Promise<Authority> {
  const { authorities } = world.pki
  const { name, privateKey } = authorities.zorgverlener
  return await createAuthority({
    id: "changed",
    name,
    privateKey,
    notBefore: world.now - DAY,
    notAfter: world.now + DAY,
    parent: authorities["level-2-persoon"],
    issuesPasses: true,
    ...change,
  })
}

async function leafOf(issuer: Authority): Promise<Certificate> {
  const { publicKeySpki } = await generateKeys("p-256")
  const request = {
    use: "handtekening",
    holder: cardHolder(cardProfile("arts"), "Chain Test"),
    publicKeySpki,
    notBefore: world.now - MINUTE,
  } as const
  return readCertificate((await buildUziCertificate(issuer, request)).der)
}

async function chainOver(
  issuer: Authority,
  above: readonly Uint8Array[] = secondLevel(),
): Promise<readonly Certificate[]> {
  const leaf = await leafOf(issuer)
  const authorities = [issuer.certificate, ...above].map((der) => readCertificate(der))
  return await checkChain(nodeCrypto, leaf, authorities, [world.pki.root], world.now)
}

function secondLevel(): readonly Uint8Array[] {
  return [world.pki.authorities["level-2-persoon"].certificate]
}

const changed = (replacement: Extension) => ({
  changeExtensions: (usual: readonly Extension[]) => withExtension(usual, replacement),
})
const without = (oid: string) => ({
  changeExtensions: (usual: readonly Extension[]) => withoutExtension(usual, oid),
})

describe("a chain", () => {
  test("to a root that we know is taken, with the root at its end", async () => {
    const path = await chainOver(await issuerWith({}))
    expect(path.map(({ der }) => der).at(-1)).toEqual(world.pki.root)
    expect(path).toHaveLength(3)
  })

  test("is taken where several roots have one name", async () => {
    const leaf = await leafOf(world.pki.authorities.zorgverlener)
    const authorities = [world.pki.authorities.zorgverlener.certificate, ...secondLevel()].map((der) =>
      readCertificate(der),
    )
    const anchors = [world.pki.authorities["rogue-root"].certificate, world.pki.root]
    await expect(checkChain(nodeCrypto, leaf, authorities, anchors, world.now)).resolves.toHaveLength(3)
  })

  test.each<[string, Partial<AuthorityRequest>]>([
    ["is not an authority", changed(basicConstraints())],
    ["has no basicConstraints", without(OID.basicConstraints)],
    ["has basicConstraints that are not critical", changed({ ...basicConstraints({}), critical: false })],
    ["may not sign certificates", changed(keyUsage("cRLSign"))],
    ["has no key usage", without(OID.keyUsage)],
    [
      "has a critical extension that we do not know",
      changed({ oid: "1.3.6.1.4.1.99999.2", critical: true, value: nullValue() }),
    ],
    [
      "has basicConstraints that are no DER",
      changed({ oid: OID.basicConstraints, critical: true, value: nullValue() }),
    ],
    ["is of another key by its identifier", changed(subjectKeyIdentifier(new Uint8Array(20)))],
    ["has expired", { notAfter: Date.now() - MINUTE }],
    ["is not valid yet", { notBefore: Date.now() + 10 * MINUTE }],
    ["is a version 1 certificate", { change: { version: 1, extensions: [] } }],
  ])("is refused where the issuing authority %s", async (_, change) => {
    await expect(chainOver(await issuerWith(change))).rejects.toMatchObject({ code: "untrusted-chain" })
  })

  test("is refused where an authority's key is weak", async () => {
    const { generateKeyPairSync } = await import("node:crypto")
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 1024 })
    await expect(chainOver(await issuerWith({ privateKey }))).rejects.toMatchObject({
      code: "untrusted-chain",
    })
  })

  test("is refused where it is longer than an authority above allows", async () => {
    const narrow = await createAuthority({
      ...world.pki.authorities["level-2-persoon"],
      notBefore: world.now - DAY,
      notAfter: world.now + DAY,
      parent: world.pki.authorities.root,
      issuesPasses: false,
      ...changed(basicConstraints({ pathLength: 0 })),
    })
    await expect(chainOver(await issuerWith({}), [narrow.certificate])).rejects.toThrow("path length")
  })

  test("is refused where a look-alike of the second level signed", async () => {
    const rogue = world.pki.authorities["rogue-level-2-persoon"]
    await expect(chainOver(await issuerWith({ parent: rogue }), [rogue.certificate])).rejects.toMatchObject({
      code: "untrusted-chain",
    })
  })

  test("is refused where there is no root at all", async () => {
    const leaf = await leafOf(world.pki.authorities.zorgverlener)
    await expect(checkChain(nodeCrypto, leaf, [], [], world.now)).rejects.toMatchObject({
      code: "untrusted-chain",
    })
  })
})

test("a chain over an authority that was revoked is untrusted, not merely of unknown revocation", async () => {
  const { pki, now } = world
  const leaf = await leafOf(pki.authorities.zorgverlener)
  const serialNumber = readCertificate(pki.authorities.zorgverlener.certificate).serialNumber
  const revoking = {
    number: 2n ** 40n,
    thisUpdate: now - MINUTE,
    entries: [{ serialNumber, revokedAt: now - DAY }],
  }
  const usual = await world.facts()
  const crls = [...usual.revocation.crls, await buildCrl(revoking, pki.authorities["level-2-persoon"])]
  const facts = { ...factsAt(now, pki.trust, crls), maximumCrlAgeMilliseconds: DAY }
  const verdict = await judgeCertificate([leaf.der, ...pki.intermediates], "signature", facts)
  expect(verdict).toMatchObject({ is: "refused", reason: "untrusted-chain" })
})
