import { bytesOfHex, compareBytes, equalBytes } from "./bytes.ts"
import { readCertificate, type Certificate } from "./certificate.ts"
import { naturalNumber, serialHex } from "./der-values.ts"
import { ProtocolError, type ProtocolErrorCode } from "./errors.ts"
import {
  childrenOf,
  contentBytes,
  contextTag,
  DerFields,
  malformedDer,
  rawBytes,
  readDer,
  TAG,
  type DerNode,
} from "./read-der.ts"

/**
 * The reader of the CMS SignedData (RFC 5652) in an authorisation: one profile, exact bytes, nothing else.
 * It decides form only; algorithms, attributes, signature and certificates are judged by those who ask for them.
 */
export interface SignedDataView {
  /** The encapsulated content: the statement. */
  readonly content: Uint8Array
  /** As in the package: in DER set order. */
  readonly certificates: readonly Certificate[]
  readonly signer: Certificate
  readonly digestIdentifier: Uint8Array
  readonly signatureIdentifier: Uint8Array
  /** The [0] element of the signed attributes, or `undefined` where there are none. */
  readonly signedAttributes: DerNode | undefined
  readonly signature: Uint8Array
}

const OID_DATA = bytesOfHex("06092a864886f70d010701")
const OID_SIGNED_DATA = bytesOfHex("06092a864886f70d010702")
const MAX_CERTIFICATES = 6

type ReadCertificate = (der: Uint8Array) => Certificate

/**
 * Reads a DER ContentInfo; throws `malformed-cms` or `multiple-signers`. `read` is how its certificates are read, where
 * some are known already.
 */
export function readSignedData(der: Uint8Array, read: ReadCertificate = readCertificate): SignedDataView {
  return asCode("malformed-cms", () => readContentInfo(der, read))
}

/** Runs a reader, and gives its faults of form the code that they have in this place. */
export function asCode<T>(code: ProtocolErrorCode, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    const formal =
      cause instanceof ProtocolError &&
      (cause.code === "malformed-der" || cause.code === "malformed-certificate")
    if (!formal) throw cause
    throw new ProtocolError(code, cause.message, { cause })
  }
}

function readContentInfo(der: Uint8Array, read: ReadCertificate): SignedDataView {
  const outer = new DerFields(readDer(der, "the package"), "the package")
  expectBytes(outer.next(TAG.oid, "its content type"), OID_SIGNED_DATA, "the package is not SignedData")
  const wrapper = new DerFields(
    outer.next(contextTag(0), "its content"),
    "the package's content",
    contextTag(0),
  )
  outer.end()
  const signedData = wrapper.next(TAG.sequence, "the SignedData")
  wrapper.end()
  return readFields(signedData, read)
}

function readFields(node: DerNode, read: ReadCertificate): SignedDataView {
  const fields = new DerFields(node, "the SignedData")
  expectVersionOne(fields.next(TAG.integer, "its version"), "the SignedData")
  const digests = childrenOf(
    fields.next(TAG.set, "its digest algorithms"),
    "the digest algorithms",
    8,
    TAG.set,
  )
  const content = readEncapsulatedContent(fields.next(TAG.sequence, "its content"))
  const certificates = readCertificates(fields.next(contextTag(0), "its certificates"), read)
  if (fields.optional(contextTag(1), "revocation data") !== undefined) {
    throw malformedDer("the package embeds revocation data")
  }
  const signers = childrenOf(fields.next(TAG.set, "its signers"), "the signers", 8, TAG.set)
  fields.end()
  const [signerInfo, ...others] = signers
  if (signerInfo === undefined) throw malformedDer("the package has no signer")
  if (others.length > 0)
    throw new ProtocolError("multiple-signers", `the package has ${String(signers.length)} signers`)
  return { content, certificates, ...readSignerInfo(signerInfo, certificates, digests) }
}

function expectBytes(node: DerNode, bytes: Uint8Array, otherwise: string): void {
  if (!equalBytes(rawBytes(node), bytes)) throw malformedDer(otherwise)
}

function expectVersionOne(node: DerNode, what: string): void {
  if (naturalNumber(node, `${what}'s version`) !== 1n) throw malformedDer(`${what} is not of version 1`)
}

function readEncapsulatedContent(node: DerNode): Uint8Array {
  const fields = new DerFields(node, "the encapsulated content")
  expectBytes(fields.next(TAG.oid, "its type"), OID_DATA, "the content is not of type data")
  const explicit = fields.optional(contextTag(0), "its bytes")
  fields.end()
  if (explicit === undefined) throw malformedDer("the content is detached")
  const wrapper = new DerFields(explicit, "the encapsulated content", contextTag(0))
  const octets = wrapper.next(TAG.octetString, "its octets")
  wrapper.end()
  return contentBytes(octets)
}

function readCertificates(node: DerNode, read: ReadCertificate): readonly Certificate[] {
  const elements = childrenOf(node, "the certificates", MAX_CERTIFICATES, contextTag(0)).map((element) =>
    rawBytes(element),
  )
  if (elements.length === 0) throw malformedDer("the package holds no certificate")
  expectSetOrder(elements, "the certificates")
  return elements.map((element) => read(element))
}

/** A DER SET OF is sorted by the bytes of its elements (X.690 section 11.6), and ours has none twice. */
export function expectSetOrder(elements: readonly Uint8Array[], what: string): void {
  const sorted = elements.every((element, i) => {
    const before = elements[i - 1]
    return before === undefined || compareBytes(before, element) < 0
  })
  if (!sorted) throw malformedDer(`${what} are not in DER set order`)
}

type SignerView = Omit<SignedDataView, "content" | "certificates">

function readSignerInfo(
  node: DerNode,
  certificates: readonly Certificate[],
  digests: readonly DerNode[],
): SignerView {
  const fields = new DerFields(node, "the SignerInfo")
  expectVersionOne(fields.next(TAG.integer, "its version"), "the SignerInfo")
  const signer = findSigner(fields.next(TAG.sequence, "its issuer and serial number"), certificates)
  const digestIdentifier = rawBytes(fields.next(TAG.sequence, "its digest algorithm"))
  const signedAttributes = fields.optional(contextTag(0), "its signed attributes")
  const signatureIdentifier = rawBytes(fields.next(TAG.sequence, "its signature algorithm"))
  const signature = contentBytes(fields.next(TAG.octetString, "its signature"))
  if (fields.optional(contextTag(1), "unsigned attributes") !== undefined) {
    throw malformedDer("the package has unsigned attributes")
  }
  fields.end()
  const [announced, ...others] = digests
  if (announced === undefined || others.length > 0 || !equalBytes(rawBytes(announced), digestIdentifier)) {
    throw malformedDer("the digest algorithms announced are not the one used")
  }
  return { signer, digestIdentifier, signedAttributes, signatureIdentifier, signature }
}

function findSigner(node: DerNode, certificates: readonly Certificate[]): Certificate {
  const fields = new DerFields(node, "the signer's identifier")
  const issuer = rawBytes(fields.next(TAG.sequence, "its issuer"))
  const serialNumber = serialHex(fields.next(TAG.integer, "its serial number"), "the signer's serial number")
  fields.end()
  const found = certificates.filter(
    (certificate) => certificate.serialNumber === serialNumber && equalBytes(certificate.issuer.der, issuer),
  )
  const [signer, ...others] = found
  if (signer === undefined || others.length > 0)
    throw malformedDer("the signer's certificate is not in the package")
  return signer
}
