import * as asn1js from "asn1js"
import * as pkijs from "pkijs"
import { digestIdentifierHex, signatureIdentifierHex } from "./algorithm-identifier.ts"
import { bytesOfHex, compareBytes, concatBytes } from "./bytes.ts"
import { readCertificate } from "./certificate.ts"
import type { CryptoPort, SignatureAlgorithm } from "./crypto-port.ts"
import { ProtocolError } from "./errors.ts"
import type { Instant } from "./instant.ts"
import { wrapSmime } from "./smime.ts"
import { encodeStatement, type Statement } from "./statement.ts"

/**
 * Whatever can sign in a clinician's name: a chipcard, a token in software, a test double. It is asked for one signature
 * at a time; where the key lives and how it is unlocked is its own affair.
 */
export interface Signer {
  /** DER: the signer's own certificate first, then every intermediate; not the root. */
  readonly certificateChain: readonly Uint8Array[]
  /** What its key can do, best first. */
  readonly algorithms: readonly SignatureAlgorithm[]
  /** The signature over `bytes`, which it hashes itself; ECDSA in DER, see `SignatureAlgorithm`. */
  sign(bytes: Uint8Array, algorithm: SignatureAlgorithm): Promise<Uint8Array>
}

type PackageAlgorithm = Exclude<SignatureAlgorithm, { scheme: "ed25519" }>

const OID = {
  data: "1.2.840.113549.1.7.1",
  signedData: "1.2.840.113549.1.7.2",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingTime: "1.2.840.113549.1.9.5",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47",
} as const

/**
 * Has a statement signed and answers the S/MIME package (RFC 8551, CAdES-B-B), written with PKI.js.
 * It is not judged here: whoever composes it hands it to `verifyAuthorisation` before it leaves.
 * Throws `weak-algorithm` where the signer can do nothing that the protocol takes, and whatever the signer throws.
 */
export async function composeAuthorisation(
  crypto: Pick<CryptoPort, "digest">,
  statement: Statement,
  signer: Signer,
  signedAt: Instant,
): Promise<Uint8Array> {
  return wrapSmime(await composeSignedData(crypto, encodeStatement(statement), signer, signedAt))
}

/** The DER ContentInfo within an authorisation, over any content. */
export async function composeSignedData(
  crypto: Pick<CryptoPort, "digest">,
  content: Uint8Array,
  signer: Signer,
  signedAt: Instant,
): Promise<Uint8Array> {
  const algorithm = signer.algorithms.find(
    (candidate): candidate is PackageAlgorithm => candidate.scheme !== "ed25519",
  )
  const [certificate] = signer.certificateChain
  if (algorithm === undefined)
    throw new ProtocolError("weak-algorithm", "the signer has no algorithm that the protocol takes")
  if (certificate === undefined)
    throw new ProtocolError("malformed-certificate", "the signer has no certificate")
  const attributes = await composeAttributes(crypto, content, certificate, algorithm, signedAt)
  const signature = await signer.sign(signedAttributeBytes(attributes), algorithm)
  const signedData = new pkijs.SignedData({
    version: 1,
    digestAlgorithms: [identifier(digestIdentifierHex(algorithm.hash))],
    encapContentInfo: encapsulate(content),
    certificates: [...signer.certificateChain]
      .sort(compareBytes)
      .map((der) => pkijs.Certificate.fromBER(copyOf(der))),
    signerInfos: [signerInfo(certificate, algorithm, attributes, signature)],
  })
  const contentInfo = new pkijs.ContentInfo({
    contentType: OID.signedData,
    content: signedData.toSchema(true),
  })
  return new Uint8Array(contentInfo.toSchema().toBER())
}

/** PKI.js keeps views of what it is given; it gets copies of our own. */
function copyOf(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer
}

function identifier(hex: string): pkijs.AlgorithmIdentifier {
  return pkijs.AlgorithmIdentifier.fromBER(copyOf(bytesOfHex(hex)))
}

function encapsulate(content: Uint8Array): pkijs.EncapsulatedContentInfo {
  const information = new pkijs.EncapsulatedContentInfo({ eContentType: OID.data })
  // Given to the constructor, PKI.js would write it as a constructed OCTET STRING, which is not DER.
  information.eContent = new asn1js.OctetString({ valueHex: copyOf(content) })
  return information
}

async function composeAttributes(
  crypto: Pick<CryptoPort, "digest">,
  content: Uint8Array,
  certificate: Uint8Array,
  { hash }: PackageAlgorithm,
  signedAt: Instant,
): Promise<readonly pkijs.Attribute[]> {
  const messageDigest = new asn1js.OctetString({ valueHex: copyOf(await crypto.digest(hash, content)) })
  const attributes = [
    attribute(OID.contentType, new asn1js.ObjectIdentifier({ value: OID.data })),
    attribute(OID.signingTime, timeOf(signedAt)),
    attribute(OID.messageDigest, messageDigest),
    attribute(OID.signingCertificateV2, await signingCertificateOf(crypto, certificate)),
  ]
  return attributes.sort((a, b) => compareBytes(encoded(a), encoded(b)))
}

function attribute(type: string, value: asn1js.AsnType): pkijs.Attribute {
  return new pkijs.Attribute({ type, values: [value] })
}

function encoded(value: pkijs.Attribute): Uint8Array {
  return new Uint8Array(value.toSchema().toBER())
}

/** RFC 5652 section 11.3: UTCTime up to 2049, with whole seconds. */
function timeOf(signedAt: Instant): asn1js.AsnType {
  const valueDate = new Date(Math.floor(signedAt / 1_000) * 1_000)
  return valueDate.getUTCFullYear() < 2050
    ? new asn1js.UTCTime({ valueDate })
    : new asn1js.GeneralizedTime({ valueDate })
}

/** SigningCertificateV2 (RFC 5035 section 3): SHA-256, which DER leaves out as the default, and the issuer with serial number. */
async function signingCertificateOf(
  crypto: Pick<CryptoPort, "digest">,
  der: Uint8Array,
): Promise<asn1js.Sequence> {
  const { issuer, serialNumber } = readCertificate(der)
  const directoryName = new asn1js.Constructed({
    idBlock: { tagClass: 3, tagNumber: 4 },
    value: [asn1js.fromBER(copyOf(issuer.der)).result],
  })
  const issuerSerial = new asn1js.Sequence({
    value: [
      new asn1js.Sequence({ value: [directoryName] }),
      new asn1js.Integer({ valueHex: copyOf(bytesOfHex(serialNumber)) }),
    ],
  })
  const digest = new asn1js.OctetString({ valueHex: copyOf(await crypto.digest("sha-256", der)) })
  const identifier = new asn1js.Sequence({ value: [digest, issuerSerial] })
  return new asn1js.Sequence({ value: [new asn1js.Sequence({ value: [identifier] })] })
}

/** The SET OF that is signed (RFC 5652 section 5.4); the package carries the same bytes under the tag [0]. */
function signedAttributeBytes(attributes: readonly pkijs.Attribute[]): Uint8Array {
  const parts = attributes.map((each) => encoded(each))
  const set = new asn1js.Set({ value: parts.map((part) => asn1js.fromBER(copyOf(part)).result) })
  return concatBytes(new Uint8Array(set.toBER()))
}

function signerInfo(
  certificate: Uint8Array,
  algorithm: PackageAlgorithm,
  attributes: readonly pkijs.Attribute[],
  signature: Uint8Array,
): pkijs.SignerInfo {
  const { issuer, serialNumber } = readCertificate(certificate)
  return new pkijs.SignerInfo({
    version: 1,
    sid: new pkijs.IssuerAndSerialNumber({
      issuer: pkijs.RelativeDistinguishedNames.fromBER(copyOf(issuer.der)),
      serialNumber: new asn1js.Integer({ valueHex: copyOf(bytesOfHex(serialNumber)) }),
    }),
    digestAlgorithm: identifier(digestIdentifierHex(algorithm.hash)),
    signedAttrs: new pkijs.SignedAndUnsignedAttributes({ type: 0, attributes: [...attributes] }),
    signatureAlgorithm: identifier(signatureIdentifierHex(algorithm)),
    signature: new asn1js.OctetString({ valueHex: copyOf(signature) }),
  })
}
