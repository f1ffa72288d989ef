import { equalBytes } from "../../../src-protocol/bytes.ts"
import { authoritiesInPackage } from "../../../src-protocol/authorities-path.ts"
import type { SignedDataView } from "../../../src-protocol/read-signed-data.ts"
import {
  childrenOf,
  contextTag,
  rawBytes,
  readDer,
  TAG,
  type DerNode,
} from "../../../src-protocol/read-der.ts"

const ATTRIBUTES: ReadonlyMap<string, string> = new Map([
  ["06092a864886f70d010903", "contentType"],
  ["06092a864886f70d010904", "messageDigest"],
  ["06092a864886f70d010905", "signingTime"],
  ["060b2a864886f70d010910022f", "signingCertificateV2"],
])
const CERTIFICATES = ["of the signer", "of the issuing authority", "of the second level"]

/** For each byte of a package's DER the name of the innermost region that it is in. */
export function regionsOfMessage(der: Uint8Array, view: SignedDataView): readonly string[] {
  const names = new Array<string>(der.length).fill("ContentInfo and the tags around it")
  const mark = (node: DerNode, name: string): void => void names.fill(name, node.start, node.end)
  const [, wrapper] = childrenOf(readDer(der), "the package")
  const [signedData] = within(wrapper, contextTag(0))
  mark(defined(signedData), "SignedData: its own tag and length")
  const [version, digests, content, certificates, signers] = within(signedData, TAG.sequence)
  mark(defined(version), "SignedData: version")
  mark(defined(digests), "SignedData: digest algorithms")
  mark(defined(content), "encapsulated content: type and tags")
  const [, explicit] = within(content, TAG.sequence)
  for (const octets of within(explicit, contextTag(0)))
    names.fill("the statement", octets.contentStart, octets.end)
  mark(defined(certificates), "certificates: tag and length")
  const path = [view.signer, ...authoritiesInPackage(view.signer, view.certificates)]
  for (const node of within(certificates, contextTag(0))) {
    const place = path.findIndex((certificate) => equalBytes(certificate.der, rawBytes(node)))
    markCertificate(mark, node, CERTIFICATES[place] ?? "of another")
  }
  mark(defined(signers), "SignerInfos: tags and lengths")
  for (const signer of within(signers, TAG.set)) markSigner(mark, signer)
  return names
}

type Mark = (node: DerNode, name: string) => void

function markCertificate(mark: Mark, node: DerNode, whose: string): void {
  mark(node, `certificate ${whose}: algorithm and tags`)
  const [toBeSigned, , signature] = within(node, TAG.sequence)
  mark(defined(toBeSigned), `certificate ${whose}: what it says`)
  mark(defined(signature), `certificate ${whose}: its signature`)
}

function markSigner(mark: Mark, node: DerNode): void {
  const [version, identifier, digest, attributes, algorithm, signature] = within(node, TAG.sequence)
  mark(defined(version), "SignerInfo: version")
  mark(defined(identifier), "SignerInfo: issuer and serial number")
  mark(defined(digest), "SignerInfo: digest algorithm")
  mark(defined(attributes), "signed attributes: tag and length")
  for (const attribute of within(attributes, contextTag(0))) {
    const [type] = within(attribute, TAG.sequence)
    const hex = Buffer.from(rawBytes(defined(type))).toString("hex")
    mark(attribute, `signed attribute ${ATTRIBUTES.get(hex) ?? hex}`)
  }
  mark(defined(algorithm), "SignerInfo: signature algorithm")
  mark(defined(signature), "the signature")
}

function within(node: DerNode | undefined, tag: number): readonly DerNode[] {
  return childrenOf(defined(node), "a region", 64, tag)
}

function defined<T>(value: T | undefined): T {
  if (value === undefined) throw new TypeError("the package is not of the form that its regions are named by")
  return value
}
