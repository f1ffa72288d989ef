import { equalBytes } from "./bytes.ts"
import { hashOfIdentifier } from "./algorithm-identifier.ts"
import type { Certificate } from "./certificate.ts"
import type { CryptoPort, HashAlgorithm } from "./crypto-port.ts"
import { oidText, serialHex, timeValue } from "./der-values.ts"
import { ProtocolError } from "./errors.ts"
import type { Instant } from "./instant.ts"
import {
  childrenOf,
  contentBytes,
  contextTag,
  DerFields,
  malformedDer,
  rawBytes,
  TAG,
  type DerNode,
} from "./read-der.ts"
import { asCode, expectSetOrder } from "./read-signed-data.ts"
import { certificateSha256 } from "./signer-identity.ts"

/** The four signed attributes of CAdES-B-B (EN 319 122-1 section 6.3), as far as they are read. */
export interface SignedAttributes {
  /** The SET OF bytes that the signature covers (RFC 5652 section 5.4). */
  readonly signedBytes: Uint8Array
  readonly messageDigest: Uint8Array
  readonly signingTime: Instant
  readonly signingCertificate: SigningCertificate
}

interface SigningCertificate {
  readonly hash: HashAlgorithm
  readonly certificateDigest: Uint8Array
  /** Where it is stated; it may be absent (RFC 5035 section 4). */
  readonly issuerSerial: { readonly issuer: Uint8Array; readonly serialNumber: string } | undefined
}

const OID = {
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingTime: "1.2.840.113549.1.9.5",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47",
} as const
const ID_DATA = "1.2.840.113549.1.7.1"

/** Reads exactly the four attributes, each once, each of one value, in DER set order; throws `bad-signed-attributes`. */
export function readSignedAttributes(node: DerNode | undefined): SignedAttributes {
  return asCode("bad-signed-attributes", () => {
    if (node === undefined) throw malformedDer("there are no signed attributes")
    const elements = childrenOf(node, "the signed attributes", 16, contextTag(0))
    expectSetOrder(
      elements.map((element) => rawBytes(element)),
      "the signed attributes",
    )
    const values = new Map(elements.map((element) => readAttribute(element)))
    if (elements.length !== 4 || values.size !== 4)
      throw malformedDer("the signed attributes are not exactly four")
    expectContentType(valueOf(values, OID.contentType))
    return {
      signedBytes: asSetOf(node),
      messageDigest: octets(valueOf(values, OID.messageDigest)),
      signingTime: timeValue(valueOf(values, OID.signingTime), "the signing time"),
      signingCertificate: readSigningCertificate(valueOf(values, OID.signingCertificateV2)),
    }
  })
}

function readAttribute(node: DerNode): [string, DerNode] {
  const fields = new DerFields(node, "a signed attribute")
  const oid = oidText(fields.next(TAG.oid, "its type"), "a signed attribute")
  const values = childrenOf(fields.next(TAG.set, "its values"), `the attribute ${oid}`, 4, TAG.set)
  fields.end()
  const [value, ...others] = values
  if (value === undefined || others.length > 0)
    throw malformedDer(`the attribute ${oid} has not exactly one value`)
  return [oid, value]
}

function valueOf(values: ReadonlyMap<string, DerNode>, oid: string): DerNode {
  const value = values.get(oid)
  if (value === undefined) throw malformedDer(`the attribute ${oid} is missing`)
  return value
}

function expectContentType(value: DerNode): void {
  if (oidText(value, "the contentType attribute") !== ID_DATA)
    throw malformedDer("the contentType attribute is not data")
}

function octets(node: DerNode): Uint8Array {
  if (node.tag !== TAG.octetString) throw malformedDer("the messageDigest attribute is of another type")
  return contentBytes(node)
}

/** What was signed is a SET OF; what travels is the same bytes under the tag [0]. */
function asSetOf(node: DerNode): Uint8Array {
  const bytes = Uint8Array.from(rawBytes(node))
  bytes[0] = TAG.set
  return bytes
}

/** SigningCertificateV2 (RFC 5035 section 3) with exactly one ESSCertIDv2 and no policies. */
function readSigningCertificate(node: DerNode): SigningCertificate {
  const outer = new DerFields(node, "signingCertificateV2")
  const identifiers = childrenOf(outer.next(TAG.sequence, "its certificates"), "signingCertificateV2", 4)
  outer.end()
  const [identifier, ...others] = identifiers
  if (identifier === undefined || others.length > 0)
    throw malformedDer("signingCertificateV2 names not exactly one")
  const fields = new DerFields(identifier, "ESSCertIDv2")
  const stated = fields.optional(TAG.sequence, "its hash algorithm")
  const certificateDigest = contentBytes(fields.next(TAG.octetString, "its hash"))
  const issuerSerial = fields.optional(TAG.sequence, "its issuer and serial number")
  fields.end()
  return {
    hash: stated === undefined ? "sha-256" : statedHash(rawBytes(stated)),
    certificateDigest,
    issuerSerial: issuerSerial === undefined ? undefined : readIssuerSerial(issuerSerial),
  }
}

function statedHash(identifier: Uint8Array): HashAlgorithm {
  const hash = hashOfIdentifier(identifier)
  // DER leaves a default value out, and SHA-256 is the default (RFC 5035 section 4).
  if (hash === undefined || hash === "sha-256")
    throw malformedDer("signingCertificateV2 states an odd hash algorithm")
  return hash
}

function readIssuerSerial(node: DerNode): { issuer: Uint8Array; serialNumber: string } {
  const fields = new DerFields(node, "IssuerSerial")
  const names = new DerFields(fields.next(TAG.sequence, "its names"), "IssuerSerial's names")
  const directory = new DerFields(
    names.next(contextTag(4), "its directory name"),
    "IssuerSerial's directory name",
    contextTag(4),
  )
  names.end()
  const issuer = rawBytes(directory.next(TAG.sequence, "its name"))
  directory.end()
  const serialNumber = serialHex(
    fields.next(TAG.integer, "its serial number"),
    "IssuerSerial's serial number",
  )
  fields.end()
  return { issuer, serialNumber }
}

/** Throws `bad-signed-attributes` unless signingCertificateV2 names this very certificate. */
export async function checkSigningCertificate(
  crypto: Pick<CryptoPort, "digest">,
  attributes: SignedAttributes,
  signer: Certificate,
): Promise<void> {
  const { hash, certificateDigest, issuerSerial } = attributes.signingCertificate
  const digest =
    hash === "sha-256" ? await certificateSha256(crypto, signer) : await crypto.digest(hash, signer.der)
  const sameBytes = equalBytes(digest, certificateDigest)
  const sameName =
    issuerSerial === undefined ||
    (issuerSerial.serialNumber === signer.serialNumber && equalBytes(issuerSerial.issuer, signer.issuer.der))
  if (!sameBytes || !sameName) {
    throw new ProtocolError("bad-signed-attributes", "signingCertificateV2 names another certificate")
  }
}
