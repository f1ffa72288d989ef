import { ascii, written, writtenWith, type CorpusCase } from "./corpus-case.ts"
import { bytesOfHex } from "../../../src-protocol/bytes.ts"
import { readCertificate } from "../../../src-protocol/certificate.ts"
import { nodeCrypto } from "../../../src-crypto/node-crypto.ts"
import {
  context,
  generalizedTime,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  sequence,
  tagged,
  type Der,
} from "../../../src-testkit/pki/der.ts"
import { attribute, digestIdentifier, writePackage, type Attributes } from "../../support/package-writer.ts"
import { longLength } from "./ber.ts"

const OID = {
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingTime: "1.2.840.113549.1.9.5",
  signingCertificate: "1.2.840.113549.1.9.16.2.12",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47",
  smimeCapabilities: "1.2.840.113549.1.9.15",
} as const

/** One attribute replaced, and signed like that. */
function instead(what: string, name: keyof Attributes, value: Der): CorpusCase {
  return written(what, "bad-signed-attributes", {
    attributes: (usual) => Object.values({ ...usual, [name]: value }),
  })
}

function without(what: string, name: keyof Attributes): CorpusCase {
  return written(what, "bad-signed-attributes", {
    attributes: (usual) => Object.entries(usual).flatMap(([key, value]) => (key === name ? [] : [value])),
  })
}

function twice(what: string, name: keyof Attributes): CorpusCase {
  return written(what, "bad-signed-attributes", {
    attributes: (usual) => [...Object.values(usual), usual[name]],
  })
}

const utcTime = (digits: string): Der => attribute(OID.signingTime, tagged(0x17, ascii(digits)))

const FORM: readonly CorpusCase[] = [
  without("no contentType", "contentType"),
  without("no messageDigest", "messageDigest"),
  twice("contentType as two attributes", "contentType"),
  twice("messageDigest as two attributes", "messageDigest"),
  twice("signingTime as two attributes", "signingTime"),
  written("an empty list of signed attributes", "bad-signed-attributes", { attributes: () => [] }),
  written("SMIMECapabilities in the place of signingCertificateV2", "bad-signed-attributes", {
    attributes: ({ contentType, messageDigest, signingTime }) => [
      ...[contentType, messageDigest, signingTime],
      attribute(OID.smimeCapabilities, sequence()),
    ],
  }),
  instead("messageDigest without a value", "messageDigest", attribute(OID.messageDigest)),
  instead(
    "messageDigest as a BIT STRING",
    "messageDigest",
    attribute(OID.messageDigest, tagged(0x03, new Uint8Array(33))),
  ),
  written("an attribute with a length that is not minimal", "bad-signed-attributes", {
    attributes: (usual) => Object.values({ ...usual, contentType: longLength(usual.contentType) }),
  }),
  instead(
    "contentType signedData",
    "contentType",
    attribute(OID.contentType, objectIdentifier("1.2.840.113549.1.7.2")),
  ),
]

const TIME: readonly CorpusCase[] = [
  instead("a signing time without seconds", "signingTime", utcTime("2611160900Z")),
  instead("a signing time with a time zone", "signingTime", utcTime("261116100000+0100")),
  instead("a signing time on 30 February", "signingTime", utcTime("260230090000Z")),
  instead(
    "a signing time of this century as GeneralizedTime",
    "signingTime",
    attribute(OID.signingTime, generalizedTime(Date.UTC(2026, 10, 16, 9))),
  ),
  instead(
    "a signing time that is a number",
    "signingTime",
    attribute(OID.signingTime, integer(1_794_819_600)),
  ),
]

interface Identifier {
  readonly digest: Uint8Array
  readonly issuer: Uint8Array
  readonly serialNumber: Der
}

/** signingCertificateV2 made of the signer's certificate. */
function certificateIdentifier(
  what: string,
  expect: CorpusCase["expect"],
  value: (identifier: Identifier, der: Uint8Array) => Der | Promise<Der>,
): CorpusCase {
  return writtenWith(what, expect, async (_, { certificateChain: [der = new Uint8Array()] }) => {
    const { issuer, serialNumber } = readCertificate(der)
    const digest = await nodeCrypto.digest("sha-256", der)
    const identifier = { digest, issuer: issuer.der, serialNumber: tagged(0x02, bytesOfHex(serialNumber)) }
    const made = await value(identifier, der)
    return { attributes: (usual) => Object.values({ ...usual, signingCertificate: made }) }
  })
}

function v2(...parts: readonly Der[]): Der {
  return attribute(OID.signingCertificateV2, sequence(sequence(sequence(...parts))))
}

function issuerSerial({ issuer, serialNumber }: Pick<Identifier, "issuer" | "serialNumber">): Der {
  return sequence(sequence(context(4, issuer)), serialNumber)
}

const SIGNING_CERTIFICATE: readonly CorpusCase[] = [
  certificateIdentifier(
    "signingCertificate of version 1 (SHA-1) instead of V2",
    "bad-signed-attributes",
    ({ digest }) =>
      attribute(OID.signingCertificate, sequence(sequence(sequence(octetString(digest.subarray(0, 20)))))),
  ),
  certificateIdentifier(
    "signingCertificateV2 with the right name and a wrong hash",
    "bad-signed-attributes",
    (identifier) => v2(octetString(new Uint8Array(32)), issuerSerial(identifier)),
  ),
  certificateIdentifier(
    "signingCertificateV2 with the right hash and a wrong serial number",
    "bad-signed-attributes",
    (identifier) =>
      v2(octetString(identifier.digest), issuerSerial({ ...identifier, serialNumber: integer(4711) })),
  ),
  certificateIdentifier(
    "signingCertificateV2 with the right hash and a wrong issuer",
    "bad-signed-attributes",
    (identifier) => v2(octetString(identifier.digest), issuerSerial({ ...identifier, issuer: sequence() })),
  ),
  certificateIdentifier(
    "signingCertificateV2 with its default hash algorithm written out",
    "bad-signed-attributes",
    ({ digest }) => v2(digestIdentifier("sha-256"), octetString(digest)),
  ),
  certificateIdentifier("signingCertificateV2 by SHA-1", "bad-signed-attributes", ({ digest }) =>
    v2(sequence(objectIdentifier("1.3.14.3.2.26")), octetString(digest.subarray(0, 20))),
  ),
  certificateIdentifier(
    "signingCertificateV2 that names two certificates",
    "bad-signed-attributes",
    ({ digest }) =>
      attribute(
        OID.signingCertificateV2,
        sequence(sequence(sequence(octetString(digest)), sequence(octetString(digest)))),
      ),
  ),
  certificateIdentifier("signingCertificateV2 with policies", "bad-signed-attributes", ({ digest }) =>
    attribute(
      OID.signingCertificateV2,
      sequence(sequence(sequence(octetString(digest))), sequence(sequence(objectIdentifier("1.2.3")))),
    ),
  ),
  certificateIdentifier("signingCertificateV2 that names none", "bad-signed-attributes", () =>
    attribute(OID.signingCertificateV2, sequence(sequence())),
  ),
  certificateIdentifier("signingCertificateV2 that is NULL", "bad-signed-attributes", () =>
    attribute(OID.signingCertificateV2, nullValue()),
  ),
  {
    what: "the signature over the statement itself, beside signed attributes that nothing signs",
    expect: "bad-signature",
    make: async (world) => {
      const signer = await world.signerOf("arts")
      const direct = await signer.sign(world.content, { scheme: "rsa-pkcs1", hash: "sha-256" })
      return await writePackage(world.content, signer, world.now, { signature: () => direct })
    },
  },
]

/** Good: RFC 5035 lets the issuer be left out, and another hash than SHA-256 be used. */
export const GOOD_ATTRIBUTE_CASES: readonly CorpusCase[] = [
  certificateIdentifier("signingCertificateV2 without issuer and serial number", "authorised", ({ digest }) =>
    v2(octetString(digest)),
  ),
  certificateIdentifier("signingCertificateV2 by SHA-512", "authorised", async (identifier, der) =>
    v2(
      digestIdentifier("sha-512"),
      octetString(await nodeCrypto.digest("sha-512", der)),
      issuerSerial(identifier),
    ),
  ),
]

export const ATTRIBUTE_CASES: readonly CorpusCase[] = [...FORM, ...TIME, ...SIGNING_CERTIFICATE]
