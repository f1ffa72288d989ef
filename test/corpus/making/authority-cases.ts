import { generateKeyPairSync, sign } from "node:crypto"
import { bytesOfHex } from "../../../src-protocol/bytes.ts"
import { readCertificate } from "../../../src-protocol/certificate.ts"
import { DAY, HOUR } from "../../../src-protocol/instant.ts"
import { composeAuthorisation, type Signer } from "../../../src-protocol/signed-data.ts"
import { nodeCrypto } from "../../../src-crypto/node-crypto.ts"
import { cardHolder } from "../../../src-testkit/cards/card-holder.ts"
import { createAuthority, type Authority, type AuthorityRequest } from "../../../src-testkit/pki/authority.ts"
import { bitString, nullValue, sequence, type Der } from "../../../src-testkit/pki/der.ts"
import {
  basicConstraints,
  keyUsage,
  withExtension,
  withoutExtension,
  type Extension,
} from "../../../src-testkit/pki/extensions.ts"
import { HIERARCHY } from "../../../src-testkit/pki/hierarchy.ts"
import { generateKeys, keyPairOf } from "../../../src-testkit/pki/keys.ts"
import { OID } from "../../../src-testkit/pki/oids.ts"
import { signBytes } from "../../../src-testkit/pki/sign-bytes.ts"
import {
  buildUziCertificate,
  uziSubject,
  type UziCertificateRequest,
} from "../../../src-testkit/pki/uzi-certificate.ts"
import { cardProfile } from "../../../src-testkit/profiles.ts"
import { HOLDER_NAME, type JudgingWorld } from "../../support/judging-world.ts"
import { elementsOf } from "./ber.ts"
import { certified, RSA_SHA256, signedBy, type CorpusCase } from "./corpus-case.ts"

type Change = Partial<Omit<AuthorityRequest, "id" | "name" | "parent">>

/** The authority that issues passes, its certificate made anew with a change: same name, same key unless changed. */
async function issuing({ pki, now }: JudgingWorld, change: Change, parent?: Authority): Promise<Authority> {
  return await createAuthority({
    ...{ id: "zorgverlener", name: HIERARCHY.zorgverlener.name, issuesPasses: true },
    ...{
      privateKey: pki.authorities.zorgverlener.privateKey,
      notBefore: now - 365 * DAY,
      notAfter: now + 3650 * DAY,
    },
    ...change,
    parent: parent ?? pki.authorities["level-2-persoon"],
  })
}

/** As `issuing`, for the authority between it and the root. */
async function secondLevel({ pki, now }: JudgingWorld, change: Change): Promise<Authority> {
  return await createAuthority({
    ...{ id: "level-2-persoon", name: HIERARCHY["level-2-persoon"].name, issuesPasses: false },
    ...{
      privateKey: pki.authorities["level-2-persoon"].privateKey,
      notBefore: now - 365 * DAY,
      notAfter: now + 3650 * DAY,
    },
    ...change,
    parent: pki.authorities.root,
  })
}

/** A signer with a pass by `authority`, the chain above it as given. */
export async function signerUnder(
  { now }: JudgingWorld,
  authority: Authority,
  above: readonly Uint8Array[],
  request: Partial<UziCertificateRequest> = {},
): Promise<Signer> {
  const keys = await generateKeys("rsa-2048")
  const { der } = await buildUziCertificate(authority, {
    ...{ use: "handtekening", holder: cardHolder(cardProfile("arts"), HOLDER_NAME) },
    ...{ publicKeySpki: keys.publicKeySpki, notBefore: now - HOUR, ...request },
  })
  return {
    certificateChain: [der, ...above],
    algorithms: [RSA_SHA256],
    sign: (bytes, algorithm) => signBytes(keys.privateKey, algorithm, bytes),
  }
}

function issuerWith(
  what: string,
  change: Change | ((world: JudgingWorld) => Promise<Change>),
  expect: CorpusCase["expect"] = "untrusted-chain",
): CorpusCase {
  return signedBy(what, expect, async (world) => {
    const authority = await issuing(world, typeof change === "function" ? await change(world) : change)
    const { certificate: level2 } = world.pki.authorities["level-2-persoon"]
    return await signerUnder(world, authority, [authority.certificate, level2])
  })
}

function secondLevelWith(what: string, change: Change): CorpusCase {
  return signedBy(what, "untrusted-chain", async (world) => {
    const level2 = await secondLevel(world, change)
    const { zorgverlener } = world.pki.authorities
    return await signerUnder(world, zorgverlener, [zorgverlener.certificate, level2.certificate])
  })
}

const critical = (oid: string): Extension => ({ oid, critical: true, value: nullValue() })

const BEFORE = (days: number): Change => ({
  notBefore: Date.UTC(2020, 0, 1),
  notAfter: Date.UTC(2026, 10, 16) - days * DAY,
})

const AUTHORITIES: readonly CorpusCase[] = [
  issuerWith("an authority without its CA bit", {
    changeExtensions: (usual) => withExtension(usual, basicConstraints()),
  }),
  issuerWith("an authority without basicConstraints", {
    changeExtensions: (usual) => withoutExtension(usual, OID.basicConstraints),
  }),
  issuerWith("an authority whose basicConstraints is not critical", {
    changeExtensions: (usual) =>
      withExtension(usual, { ...basicConstraints({ pathLength: 0 }), critical: false }),
  }),
  issuerWith("an authority that may not sign certificates", {
    changeExtensions: (usual) => withExtension(usual, keyUsage("cRLSign")),
  }),
  issuerWith("an authority without keyUsage", {
    changeExtensions: (usual) => withoutExtension(usual, OID.keyUsage),
  }),
  issuerWith("an authority with an unknown critical extension", {
    changeExtensions: (usual) => [...usual, critical("1.3.6.1.4.1.99999.2")],
  }),
  issuerWith("an authority with critical name constraints, which we do not judge", {
    changeExtensions: (usual) => [...usual, critical("2.5.29.30")],
  }),
  issuerWith("an authority that has expired", BEFORE(1)),
  issuerWith("an authority that is not valid yet", { notBefore: Date.UTC(2026, 11, 1) }),
  issuerWith("an authority with an RSA key of 1024 bits", () =>
    Promise.resolve({ privateKey: generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey }),
  ),
  issuerWith("an authority whose certificate is of version 1", { change: { version: 1, extensions: [] } }),
  issuerWith(
    "another authority of the same name, well certified",
    async () => ({ privateKey: (await generateKeys("rsa-2048")).privateKey }),
    "wrong-issuing-ca",
  ),
  secondLevelWith("a path longer than the second level allows", {
    changeExtensions: (usual) => withExtension(usual, basicConstraints({ pathLength: 0 })),
  }),
  secondLevelWith("a second level without its CA bit", {
    changeExtensions: (usual) => withExtension(usual, basicConstraints()),
  }),
  secondLevelWith("a second level that has expired", BEFORE(0)),
  secondLevelWith("a second level that may not sign certificates", {
    changeExtensions: (usual) => withExtension(usual, keyUsage("digitalSignature")),
  }),
]

const SHA256_RSA = "300d06092a864886f70d01010b0500"
const SHA1_RSA = "300d06092a864886f70d0101050500"
const MD5_RSA = "300d06092a864886f70d0101040500"

/** The same certificate, said to be and really signed with another hash by the same authority. */
function signedAnew(
  der: Uint8Array,
  { privateKey }: Pick<Authority, "privateKey">,
  identifier: string,
  hash: string,
): Der {
  const hex = Buffer.from(readCertificate(der).tbs).toString("hex").replace(SHA256_RSA, identifier)
  const toBeSigned = bytesOfHex(hex)
  return sequence(
    toBeSigned,
    bytesOfHex(identifier),
    bitString(new Uint8Array(sign(hash, toBeSigned, privateKey))),
  )
}

function withLeaf(
  what: string,
  expect: CorpusCase["expect"],
  change: (leaf: Uint8Array, issuer: Authority) => Uint8Array,
): CorpusCase {
  return signedBy(what, expect, async (world) => {
    const { zorgverlener, "level-2-persoon": level2 } = world.pki.authorities
    const above = [zorgverlener.certificate, level2.certificate]
    const signer = await signerUnder(world, zorgverlener, above)
    const [leaf = new Uint8Array()] = signer.certificateChain
    return { ...signer, certificateChain: [change(leaf, zorgverlener), ...above] }
  })
}

function withIssuer(
  what: string,
  change: (issuer: Uint8Array, world: JudgingWorld) => Uint8Array,
): CorpusCase {
  return signedBy(what, "untrusted-chain", async (world) => {
    const { zorgverlener, "level-2-persoon": level2 } = world.pki.authorities
    return await signerUnder(world, zorgverlener, [
      change(zorgverlener.certificate, world),
      level2.certificate,
    ])
  })
}

const turned = (der: Uint8Array): Uint8Array => der.with(-9, (der.at(-9) ?? 0) ^ 1)

const LINKS: readonly CorpusCase[] = [
  withLeaf("a certificate that its authority signed with SHA-1", "weak-algorithm", (leaf, issuer) =>
    signedAnew(leaf, issuer, SHA1_RSA, "sha1"),
  ),
  withLeaf("a certificate that its authority signed with MD5", "weak-algorithm", (leaf, issuer) =>
    signedAnew(leaf, issuer, MD5_RSA, "md5"),
  ),
  withLeaf("a certificate with one bit of its signature turned", "untrusted-chain", turned),
  withLeaf("a certificate that says one algorithm inside and another outside", "untrusted-chain", (leaf) => {
    const [toBeSigned = leaf, , signature = leaf] = elementsOf(leaf)
    return sequence(toBeSigned, bytesOfHex("300d06092a864886f70d01010c0500"), signature)
  }),
  withIssuer("an authority that was certified with SHA-1", (issuer, { pki }) =>
    signedAnew(issuer, pki.authorities["level-2-persoon"], SHA1_RSA, "sha1"),
  ),
  withIssuer("an authority's certificate with one bit of its signature turned", turned),
  certified("a certificate that names another key of its authority", "untrusted-chain", {
    changeExtensions: (usual) =>
      usual.map((extension) =>
        extension.oid === OID.authorityKeyIdentifier
          ? { ...extension, value: bytesOfHex(`30168014${"ab".repeat(20)}`) }
          : extension,
      ),
  }),
  certified("a certificate of version 1", "untrusted-chain", { change: { version: 1, extensions: [] } }),
  certified("the root left to stand right above the pass", "untrusted-chain", { authorities: [] }),
]

const FORGERIES: readonly CorpusCase[] = [
  signedBy(
    "a certificate that signed itself, with the name of its authority's root",
    "untrusted-chain",
    async (world) => {
      const keys = await generateKeys("rsa-2048")
      const self: Authority = { ...world.pki.authorities.root, privateKey: keys.privateKey }
      return await signerWithKeys(world, self, keys.privateKey, [])
    },
  ),
  signedBy(
    "a pass by a look-alike of the issuing authority, under the true second level",
    "untrusted-chain",
    async (world) => {
      const { "rogue-zorgverlener": rogue, zorgverlener, "level-2-persoon": level2 } = world.pki.authorities
      return await signerUnder(world, rogue, [zorgverlener.certificate, level2.certificate])
    },
  ),
  signedBy("a pass by a look-alike of the root itself", "untrusted-chain", (world) =>
    signerUnder(world, world.pki.authorities["rogue-root"], []),
  ),
  signedBy("a pass issued by a colleague's pass", "untrusted-chain", async (world) => {
    const { zorgverlener, "level-2-persoon": level2 } = world.pki.authorities
    const keys = await generateKeys("rsa-2048")
    const colleague = await buildUziCertificate(zorgverlener, {
      ...{ use: "handtekening", holder: cardHolder(cardProfile("verpleegkundige"), "Piet Test") },
      ...{ publicKeySpki: keys.publicKeySpki, notBefore: world.now - HOUR },
    })
    const asAuthority = await passAsAuthority(world, keys.privateKey)
    return await signerUnder(world, asAuthority, [
      colleague.der,
      zorgverlener.certificate,
      level2.certificate,
    ])
  }),
  signedBy("authorities that certify each other in a circle", "untrusted-chain", async (world) => {
    const { zorgverlener, "level-2-persoon": level2 } = world.pki.authorities
    const circular = await createAuthority({
      ...{
        id: "level-2-persoon",
        name: HIERARCHY["level-2-persoon"].name,
        issuesPasses: false,
        parent: zorgverlener,
      },
      ...{ privateKey: level2.privateKey, notBefore: world.now - DAY, notAfter: world.now + DAY },
    })
    return await signerUnder(world, zorgverlener, [zorgverlener.certificate, circular.certificate])
  }),
]

async function passAsAuthority(world: JudgingWorld, privateKey: Authority["privateKey"]): Promise<Authority> {
  const authority = await issuing(world, { privateKey })
  return { ...authority, name: uziSubject(cardHolder(cardProfile("verpleegkundige"), "Piet Test")) }
}

/** A pass for the very key that signs it. */
async function signerWithKeys(
  world: JudgingWorld,
  authority: Authority,
  privateKey: Authority["privateKey"],
  above: readonly Uint8Array[],
): Promise<Signer> {
  const { publicKeySpki } = keyPairOf(privateKey)
  const signer = await signerUnder(world, authority, above, {
    publicKeySpki,
    change: { subject: authority.name },
  })
  return { ...signer, sign: (bytes, algorithm) => signBytes(privateKey, algorithm, bytes) }
}

const TIMES: readonly CorpusCase[] = [
  ["signed ten minutes and a second before it was registered", -(15 * 60_000 + 1_000)],
  ["signed ten minutes and a second from now", 10 * 60_000 + 1_000],
].map(([what, milliseconds]): CorpusCase => ({
  what: String(what),
  expect: "signing-time-implausible",
  make: async ({ statement, now, signerOf }) => {
    return await composeAuthorisation(
      nodeCrypto,
      statement,
      await signerOf("arts"),
      now + Number(milliseconds),
    )
  },
}))

const VALIDITY: readonly CorpusCase[] = [
  certified("a pass that becomes valid in a second", "certificate-not-yet-valid", ({ now }) => ({
    notBefore: now + 1_000,
  })),
  certified("a pass that expired a second ago", "certificate-expired", ({ now }) => ({
    notBefore: now - DAY - 1_000,
    validForDays: 1,
  })),
  certified("a pass that never was valid", "certificate-expired", ({ now }) => ({
    notBefore: now - HOUR,
    validForDays: -1,
  })),
]

/** What is wrong with the authorities, the links between certificates, and times. */
export const AUTHORITY_CASES: readonly CorpusCase[] = [
  ...AUTHORITIES,
  ...LINKS,
  ...FORGERIES,
  ...TIMES,
  ...VALIDITY,
]
