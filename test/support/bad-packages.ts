import { generateKeyPairSync } from "node:crypto"
import { asciiBytes } from "../../src-protocol/bytes.ts"
import { DAY, HOUR } from "../../src-protocol/instant.ts"
import type { JudgingReason } from "../../src-protocol/reasons.ts"
import { composeAuthorisation } from "../../src-protocol/signed-data.ts"
import { encodeStatement } from "../../src-protocol/statement.ts"
import type { Facts } from "../../src-protocol/verify-authorisation.ts"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { cardHolder } from "../../src-testkit/cards/card-holder.ts"
import {
  context,
  ia5String,
  integer,
  nullValue,
  objectIdentifier,
  sequence,
  setOf,
  utf8String,
} from "../../src-testkit/pki/der.ts"
import {
  keyUsage,
  qcStatements,
  subjectAltName,
  uziOtherName,
  withExtension,
  withoutExtension,
} from "../../src-testkit/pki/extensions.ts"
import type { KeyPair } from "../../src-testkit/pki/keys.ts"
import { printable, utf8 } from "../../src-testkit/pki/name.ts"
import { OID } from "../../src-testkit/pki/oids.ts"
import { printUziName, uziSubject } from "../../src-testkit/pki/uzi-certificate.ts"
import { cardProfile } from "../../src-testkit/profiles.ts"
import { HOLDER_NAME, type JudgingWorld } from "./judging-world.ts"
import {
  attribute,
  digestIdentifier,
  signingCertificateAttribute,
  writePackage,
  type PackageChanges,
} from "./package-writer.ts"

/** A package with one thing wrong, and the one reason that it must be refused for. */
export interface BadPackage {
  readonly what: string
  readonly reason: JudgingReason
  readonly make: (world: JudgingWorld) => Promise<Uint8Array>
  /** What the judge knows, where it is the judge's knowledge that is at fault. */
  readonly facts?: (usual: Facts) => Facts
}

const HOLDER = cardHolder(cardProfile("arts"), HOLDER_NAME)
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1")

function written(what: string, reason: JudgingReason, changes: PackageChanges): BadPackage {
  return {
    what,
    reason,
    make: async ({ content, now, signerOf }) =>
      await writePackage(content, await signerOf("arts"), now, changes),
  }
}

function certified(
  what: string,
  reason: JudgingReason,
  change:
    | Parameters<JudgingWorld["signerWith"]>[0]
    | ((world: JudgingWorld) => Parameters<JudgingWorld["signerWith"]>[0]),
): BadPackage {
  return {
    what,
    reason,
    make: async (world) => {
      const signer = await world.signerWith(typeof change === "function" ? change(world) : change)
      return await composeAuthorisation(nodeCrypto, world.statement, signer, world.now)
    },
  }
}

function byCard(
  what: string,
  reason: JudgingReason,
  profile: Parameters<JudgingWorld["signerOf"]>[0],
): BadPackage {
  return {
    what,
    reason,
    make: async (world) =>
      await composeAuthorisation(nodeCrypto, world.statement, await world.signerOf(profile), world.now),
  }
}

function knowing(what: string, reason: JudgingReason, facts: (usual: Facts) => Facts): BadPackage {
  return { ...byCard(what, reason, "arts"), facts }
}

const FORM: readonly BadPackage[] = [
  written("header lines in another order", "malformed-smime", {
    smime: (usual) => asciiBytes(text(usual).replace(/^(.*\r\n)(.*\r\n)/, "$2$1")),
  }),
  written("LF line ends", "malformed-smime", {
    smime: (usual) => asciiBytes(text(usual).replaceAll("\r\n", "\n")),
  }),
  written("one byte more", "malformed-smime", { smime: (usual) => asciiBytes(`${text(usual)} `) }),
  written("one byte less", "malformed-smime", { smime: (usual) => usual.subarray(0, -1) }),
  written("a byte after the ContentInfo", "malformed-cms", {
    contentInfo: (usual) => Buffer.concat([usual, Buffer.alloc(1)]),
  }),
  written("SignedData of version 3", "malformed-cms", { signedData: ([, ...rest]) => [integer(3), ...rest] }),
  written("detached content", "malformed-cms", {
    signedData: ([version, digests, , ...rest]) =>
      present([version, digests, sequence(objectIdentifier("1.2.840.113549.1.7.1")), ...rest]),
  }),
  written("embedded revocation data", "malformed-cms", {
    signedData: ([version, digests, content, certificates, ...rest]) =>
      present([version, digests, content, certificates, context(1, sequence()), ...rest]),
  }),
  written("an unsigned attribute", "malformed-cms", {
    signerInfo: (usual) => [...usual, context(1, attribute("1.2.840.113549.1.9.16.2.14", nullValue()))],
  }),
  written("certificates out of order", "malformed-cms", { inAnyOrder: true }),
  {
    what: "the root in the package",
    reason: "malformed-cms",
    make: async ({ content, now, pki, signerOf }) => {
      const signer = await signerOf("arts")
      return await writePackage(content, signer, now, {
        certificates: [...signer.certificateChain, pki.root],
      })
    },
  },
  {
    what: "a certificate that nobody needs",
    reason: "malformed-cms",
    make: async ({ content, now, pki, signerOf }) => {
      const signer = await signerOf("arts")
      const stranger = pki.authorities["medewerker-op-naam"].certificate
      return await writePackage(content, signer, now, {
        certificates: [...signer.certificateChain, stranger],
      })
    },
  },
  written("two signers", "multiple-signers", { signerInfos: (usual) => [usual, usual] }),
]

/** A list that a change made of another; what it left out must have been there. */
function present<T>(parts: readonly (T | undefined)[]): readonly T[] {
  return parts.filter((part): part is T => part !== undefined)
}

const SHA1 = sequence(objectIdentifier("1.3.14.3.2.26"))

const ALGORITHMS: readonly BadPackage[] = [
  written("a SHA-1 digest", "weak-algorithm", { digestIdentifier: SHA1 }),
  written("a digest identifier with parameters", "weak-algorithm", {
    digestIdentifier: sequence(objectIdentifier("2.16.840.1.101.3.4.2.1"), nullValue()),
  }),
  written("a SHA-1 signature algorithm", "weak-algorithm", {
    signatureIdentifier: sequence(objectIdentifier("1.2.840.113549.1.1.5"), nullValue()),
  }),
  written("another hash in the signature algorithm than beside it", "weak-algorithm", {
    digestIdentifier: digestIdentifier("sha-384"),
  }),
  certified("an RSA key of 1024 bits", "weak-algorithm", () => ({ keys: rsaKeys(1024) })),
  certified("an RSA key with exponent 3", "weak-algorithm", () => ({ keys: rsaKeys(2048, 3) })),
]

function rsaKeys(modulusLength: number, publicExponent = 65537): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength, publicExponent })
  return { privateKey, publicKeySpki: new Uint8Array(publicKey.export({ type: "spki", format: "der" })) }
}

const ATTRIBUTES: readonly BadPackage[] = [
  written("no signed attributes", "bad-signed-attributes", { attributes: () => undefined }),
  written("a fifth attribute", "bad-signed-attributes", {
    attributes: (usual) => [...Object.values(usual), attribute("1.2.840.113549.1.9.16.2.15", nullValue())],
  }),
  written("no signing time", "bad-signed-attributes", {
    attributes: ({ contentType, messageDigest, signingCertificate }) => [
      contentType,
      messageDigest,
      signingCertificate,
    ],
  }),
  written("no signingCertificateV2", "bad-signed-attributes", {
    attributes: ({ contentType, messageDigest, signingTime }) => [contentType, messageDigest, signingTime],
  }),
  written("contentType of something else", "bad-signed-attributes", {
    attributes: (usual) =>
      Object.values({
        ...usual,
        contentType: attribute("1.2.840.113549.1.9.3", objectIdentifier("1.2.840.113549.1.7.5")),
      }),
  }),
  written("contentType with two values", "bad-signed-attributes", {
    attributes: (usual) =>
      Object.values({
        ...usual,
        contentType: attribute(
          "1.2.840.113549.1.9.3",
          objectIdentifier("1.2.840.113549.1.7.1"),
          objectIdentifier("1.2.840.113549.1.7.2"),
        ),
      }),
  }),
  written("attributes out of order", "bad-signed-attributes", {
    attributes: ({ contentType, signingTime, messageDigest, signingCertificate }) => [
      signingTime,
      contentType,
      messageDigest,
      signingCertificate,
    ],
    attributesInAnyOrder: true,
  }),
  {
    what: "signingCertificateV2 of another certificate",
    reason: "bad-signed-attributes",
    make: async ({ content, now, pki, signerOf }) => {
      const other = await signingCertificateAttribute(pki.authorities.zorgverlener.certificate)
      return await writePackage(content, await signerOf("arts"), now, {
        attributes: (usual) => Object.values({ ...usual, signingCertificate: other }),
      })
    },
  },
  {
    what: "the signed attributes of a good package replayed as content",
    reason: "bad-signed-attributes",
    make: async ({ content, now, signerOf }) => {
      const signer = await signerOf("arts")
      let replayed: Uint8Array = new Uint8Array()
      await writePackage(content, signer, now, {
        attributes: (usual) => {
          replayed = setOf(...Object.values(usual))
          return Object.values(usual)
        },
      })
      return await writePackage(replayed, signer, now, { attributes: () => undefined })
    },
  },
]

const SIGNATURE: readonly BadPackage[] = [
  {
    what: "another hash in the statement than was signed",
    reason: "bad-signature",
    make: async ({ content, now, statement, signerOf }) => {
      const contentAsSent = encodeStatement({ ...statement, hash: "f".repeat(64) })
      return await writePackage(content, await signerOf("arts"), now, { contentAsSent })
    },
  },
  written("a signature with one bit turned", "bad-signature", {
    signature: (usual) => usual.map((byte, i) => (i === 7 ? byte ^ 1 : byte)),
  }),
  written("a signature by an EC algorithm's length", "bad-signature", {
    signature: (usual) => usual.subarray(0, 64),
  }),
  written("a statement with LF line ends", "malformed-statement", {
    content: asciiBytes("Content-Type: text/plain; charset=us-ascii\n\nDP-3T disclosure authorisation 1\n"),
  }),
  {
    what: "a statement with a line more",
    reason: "malformed-statement",
    make: async ({ content, now, signerOf }) =>
      await writePackage(asciiBytes(`${text(content)}extra: 1\r\n`), await signerOf("arts"), now),
  },
]

const CHAIN: readonly BadPackage[] = [
  byCard("a forged pass of a look-alike hierarchy", "untrusted-chain", "nagemaakt"),
  certified("an intermediate left out", "untrusted-chain", ({ pki }) => ({
    authorities: [pki.authorities.zorgverlener.certificate],
  })),
  certified("an unknown critical extension", "untrusted-chain", {
    changeExtensions: (usual) => [
      ...usual,
      { oid: "1.3.6.1.4.1.99999.1", critical: true, value: nullValue() },
    ],
  }),
  byCard("a staff pass", "wrong-issuing-ca", "medewerker"),
  certified("a pass of a care provider issued by the authority for staff", "wrong-issuing-ca", {
    authority: "medewerker-op-naam",
  }),
  certified("a certificate straight from the second level", "wrong-issuing-ca", ({ pki }) => ({
    authority: "level-2-persoon",
    authorities: [pki.authorities["level-2-persoon"].certificate],
  })),
]

const TIMES: readonly BadPackage[] = [
  {
    what: "signed an hour from now",
    reason: "signing-time-implausible",
    make: async ({ statement, now, signerOf }) =>
      await composeAuthorisation(nodeCrypto, statement, await signerOf("arts"), now + HOUR),
  },
  {
    what: "signed five days ago",
    reason: "signing-time-implausible",
    make: async ({ statement, now, signerOf }) =>
      await composeAuthorisation(nodeCrypto, statement, await signerOf("arts"), now - 5 * DAY),
  },
  byCard("a pass that is not valid yet", "certificate-not-yet-valid", "toekomstig"),
  byCard("a pass that has expired", "certificate-expired", "verlopen"),
  byCard("a pass that was revoked", "certificate-revoked", "ingetrokken"),
  knowing("no revocation lists", "revocation-unknown", (usual) => ({
    ...usual,
    revocation: { ...usual.revocation, crls: [] },
  })),
  knowing("lists of seven hours ago", "revocation-unknown", (usual) => ({
    ...usual,
    revocation: { ...usual.revocation, checkedAt: usual.revocation.checkedAt + 7 * HOUR },
  })),
]

const CERTIFICATE: readonly BadPackage[] = [
  byCard("a key for signing in and for signatures", "wrong-key-usage", "verkeerd-sleutelgebruik"),
  certified("the key for signing in", "wrong-key-usage", { use: "authenticiteit" }),
  certified("a key usage that is not critical", "wrong-key-usage", {
    changeExtensions: (usual) => withExtension(usual, { ...keyUsage("nonRepudiation"), critical: false }),
  }),
  certified("no policies", "wrong-policy", {
    changeExtensions: (usual) => withoutExtension(usual, OID.certificatePolicies),
  }),
  certified("the policy of the key for signing in", "wrong-policy", {
    use: "authenticiteit",
    changeExtensions: (usual) => withExtension(usual, keyUsage("nonRepudiation")),
  }),
  {
    ...certified("no QC statements where they must be", "missing-qc-statements", { qcStatements: false }),
    facts: withQcStatements,
  },
  {
    ...certified("QC statements of something else", "missing-qc-statements", {
      changeExtensions: (usual) =>
        withExtension(usual, {
          ...qcStatements(""),
          value: sequence(sequence(objectIdentifier(OID.qcCompliance))),
        }),
    }),
    facts: withQcStatements,
  },
  certified("no subjectAltName", "not-a-uzi-certificate", {
    changeExtensions: (usual) => withoutExtension(usual, OID.subjectAltName),
  }),
  certified("the UZI name twice", "not-a-uzi-certificate", {
    changeExtensions: (usual) =>
      withExtension(
        usual,
        subjectAltName(uziOtherName(printUziName(HOLDER)), uziOtherName(printUziName(HOLDER))),
      ),
  }),
  certified("the UZI name as UTF8String", "not-a-uzi-certificate", {
    changeExtensions: (usual) =>
      withExtension(usual, subjectAltName({ oid: OID.uziName, value: utf8String(printUziName(HOLDER)) })),
  }),
  certified("a UZI name with six parts", "not-a-uzi-certificate", {
    changeExtensions: (usual) =>
      withExtension(
        usual,
        subjectAltName({ oid: OID.uziName, value: ia5String(printUziName(HOLDER).slice(0, -9)) }),
      ),
  }),
  certified("an authority of production in the UZI name", "not-a-uzi-certificate", {
    authorityOid: "2.16.528.1.1003.1.3.5.5.2",
  }),
  certified("a UZI number unlike the serialNumber", "uzi-number-mismatch", {
    change: { subject: uziSubject({ ...HOLDER, uziNumber: "900000001" }) },
  }),
  certified("no serialNumber in the subject", "uzi-number-mismatch", {
    change: { subject: [printable(OID.countryName, "NL"), utf8(OID.commonName, HOLDER.commonName)] },
  }),
  certified("a staff name on a pass of a care provider", "wrong-pass-type", {
    holder: { ...HOLDER, passType: "N", roleCode: "00.000" },
  }),
  certified("the name of the authority for staff on a pass of a care provider", "wrong-pass-type", {
    authorityOid: "2.16.528.1.1007.99.218",
  }),
  byCard("a profession under article 34", "profession-not-article-3", "apothekersassistent"),
  byCard("no registered profession", "profession-not-article-3", "andere-zorg"),
  certified("a profession under article 36a", "profession-not-article-3", {
    holder: { ...HOLDER, roleCode: "80.000" },
  }),
]

/** A test environment that demands QC statements as production does. */
function withQcStatements(usual: Facts): Facts {
  return {
    ...usual,
    trust: { ...usual.trust, environment: { ...usual.trust.environment, requiresQcStatements: true } },
  }
}

/** At least one for each reason of judging; the larger corpus is made of the same parts. */
export const BAD_PACKAGES: readonly BadPackage[] = [
  ...FORM,
  ...ALGORITHMS,
  ...ATTRIBUTES,
  ...SIGNATURE,
  ...CHAIN,
  ...TIMES,
  ...CERTIFICATE,
]

/** The first package of each reason, for tests of every party. */
export function onePackageAReason(): readonly BadPackage[] {
  return [...new Map([...BAD_PACKAGES].reverse().map((bad) => [bad.reason, bad])).values()].reverse()
}
