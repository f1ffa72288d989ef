import { generateKeyPairSync } from "node:crypto"
import { asciiBytes } from "../../src-protocol/bytes.ts"
import { encodeStatement } from "../../src-protocol/statement.ts"
import { context, integer, nullValue, objectIdentifier, sequence, setOf } from "../../src-testkit/pki/der.ts"
import type { KeyPair } from "../../src-testkit/pki/keys.ts"
import { certified, written, type BadPackage } from "./bad-package.ts"
import { attribute, digestIdentifier, signingCertificateAttribute, writePackage } from "./package-writer.ts"

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1")

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

/** What is wrong with the package itself: form, algorithms, attributes, signature, statement. */
export const BADLY_WRITTEN: readonly BadPackage[] = [...FORM, ...ALGORITHMS, ...ATTRIBUTES, ...SIGNATURE]
