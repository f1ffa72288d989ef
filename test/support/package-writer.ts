import { digestIdentifierHex, signatureIdentifierHex } from "../../src-protocol/algorithm-identifier.ts"
import { bytesOfHex } from "../../src-protocol/bytes.ts"
import { readCertificate } from "../../src-protocol/certificate.ts"
import type { HashAlgorithm, SignatureAlgorithm } from "../../src-protocol/crypto-port.ts"
import type { Instant } from "../../src-protocol/instant.ts"
import type { Signer } from "../../src-protocol/signed-data.ts"
import { wrapSmime } from "../../src-protocol/smime.ts"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import {
  context,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  tagged,
  time,
  type Der,
} from "../../src-testkit/pki/der.ts"

/**
 * Writes authorisations by hand, each part replaceable: what an attacker, or a sloppy signer, could send.
 * It is a second writer beside `signed-data.ts`; left alone, it gives a package that must be accepted.
 */
export interface PackageChanges {
  /** Replaces the statement's bytes within the package, and what is signed. */
  readonly content?: Uint8Array
  /** As `content`, but only what travels: the digest stays that of the true content. */
  readonly contentAsSent?: Uint8Array
  readonly digestIdentifier?: Der
  readonly signatureIdentifier?: Der
  readonly algorithm?: SignatureAlgorithm
  /** The certificates of the package; the signer's chain in DER set order when left out. */
  readonly certificates?: readonly Uint8Array[]
  readonly inAnyOrder?: boolean
  /** The signed attributes before they are signed; `undefined` for none at all. */
  readonly attributes?: (usual: Attributes) => readonly Der[] | undefined
  readonly attributesInAnyOrder?: boolean
  readonly signature?: (usual: Uint8Array) => Uint8Array
  /** The fields of the one SignerInfo. */
  readonly signerInfo?: (usual: readonly Der[]) => readonly Der[]
  readonly signerInfos?: (usual: Der) => readonly Der[]
  /** The fields of the SignedData. */
  readonly signedData?: (usual: readonly Der[]) => readonly Der[]
  readonly contentInfo?: (usual: Der) => Uint8Array
  readonly smime?: (usual: Uint8Array) => Uint8Array
}

/** The four attributes by name, in the order of their DER. */
export type Attributes = {
  readonly contentType: Der
  readonly signingTime: Der
  readonly messageDigest: Der
  readonly signingCertificate: Der
}

const OID = {
  data: "1.2.840.113549.1.7.1",
  signedData: "1.2.840.113549.1.7.2",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingTime: "1.2.840.113549.1.9.5",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47",
} as const

/** An attribute of one type with these values. */
export function attribute(oid: string, ...values: readonly Der[]): Der {
  return sequence(objectIdentifier(oid), setOf(...values))
}

/** An AlgorithmIdentifier for the hash of an algorithm, without parameters. */
export function digestIdentifier(hash: HashAlgorithm): Der {
  return bytesOfHex(digestIdentifierHex(hash))
}

/** The ESSCertIDv2 of a certificate, SHA-256, with its issuer and serial number. */
export async function signingCertificateAttribute(certificate: Uint8Array): Promise<Der> {
  const { issuer, serialNumber } = readCertificate(certificate)
  const digest = octetString(await nodeCrypto.digest("sha-256", certificate))
  const issuerSerial = sequence(sequence(context(4, issuer.der)), tagged(0x02, bytesOfHex(serialNumber)))
  return attribute(OID.signingCertificateV2, sequence(sequence(sequence(digest, issuerSerial))))
}

/** A package over `content`, signed by `signer`, with everything as it must be but for `changes`. */
export async function writePackage(
  content: Uint8Array,
  signer: Signer,
  signedAt: Instant,
  changes: PackageChanges = {},
): Promise<Uint8Array> {
  const algorithm = changes.algorithm ?? signer.algorithms[0]
  const [certificate] = signer.certificateChain
  if (algorithm === undefined || algorithm.scheme === "ed25519" || certificate === undefined) {
    throw new RangeError("this signer cannot sign a package")
  }
  const digest = changes.digestIdentifier ?? digestIdentifier(algorithm.hash)
  const signedContent = changes.content ?? content
  const usual = await usualAttributes(signedContent, certificate, algorithm.hash, signedAt)
  const attributes = changes.attributes === undefined ? Object.values(usual) : changes.attributes(usual)
  const signed =
    attributes === undefined ? signedContent : setOrList(0x31, attributes, changes.attributesInAnyOrder)
  const usualSignature = await signer.sign(signed, algorithm)
  const signature = changes.signature?.(usualSignature) ?? usualSignature
  const { issuer, serialNumber } = readCertificate(certificate)
  const fields = [
    integer(1),
    sequence(issuer.der, tagged(0x02, bytesOfHex(serialNumber))),
    digest,
    ...(attributes === undefined ? [] : [setOrList(0xa0, attributes, changes.attributesInAnyOrder)]),
    changes.signatureIdentifier ?? bytesOfHex(signatureIdentifierHex(algorithm)),
    octetString(signature),
  ]
  const signerInfo = sequence(...(changes.signerInfo?.(fields) ?? fields))
  const contentInfo = wrapSignedData(
    changes,
    digest,
    changes.contentAsSent ?? signedContent,
    signer,
    signerInfo,
  )
  const smime = wrapSmime(changes.contentInfo?.(contentInfo) ?? contentInfo)
  return changes.smime?.(smime) ?? smime
}

async function usualAttributes(
  content: Uint8Array,
  certificate: Uint8Array,
  hash: HashAlgorithm,
  signedAt: Instant,
): Promise<Attributes> {
  return {
    contentType: attribute(OID.contentType, objectIdentifier(OID.data)),
    signingTime: attribute(OID.signingTime, time(signedAt)),
    messageDigest: attribute(OID.messageDigest, octetString(await nodeCrypto.digest(hash, content))),
    signingCertificate: await signingCertificateAttribute(certificate),
  }
}

/** A SET OF under another tag: sorted unless the test wants it otherwise. */
function setOrList(tag: number, parts: readonly Der[], inAnyOrder = false): Der {
  if (inAnyOrder) return tagged(tag, ...parts)
  const set = Uint8Array.from(setOf(...parts))
  set[0] = tag
  return set
}

function wrapSignedData(
  changes: PackageChanges,
  digest: Der,
  content: Uint8Array,
  signer: Signer,
  signerInfo: Der,
): Der {
  const certificates = changes.certificates ?? signer.certificateChain
  const fields = [
    integer(1),
    setOf(digest),
    sequence(objectIdentifier(OID.data), context(0, octetString(content))),
    setOrList(0xa0, certificates, changes.inAnyOrder),
    tagged(0x31, ...(changes.signerInfos?.(signerInfo) ?? [signerInfo])),
  ]
  const signedData = sequence(...(changes.signedData?.(fields) ?? fields))
  return sequence(objectIdentifier(OID.signedData), context(0, signedData))
}
