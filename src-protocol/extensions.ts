import { booleanValue, namedBits, oidText, smallNumber } from "./der-values.ts"
import {
  childrenOf,
  contentBytes,
  contextTag,
  DerFields,
  malformedDer,
  readDer,
  TAG,
  type DerNode,
} from "./read-der.ts"

/** One extension of a certificate or CRL (RFC 5280 section 4.2): its name, whether it is critical, its bytes unread. */
export interface Extension {
  readonly oid: string
  readonly critical: boolean
  readonly value: Uint8Array
}

export const EXTENSION = {
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  crlNumber: "2.5.29.20",
  reasonCode: "2.5.29.21",
  certificatePolicies: "2.5.29.32",
  crlDistributionPoints: "2.5.29.31",
  authorityKeyIdentifier: "2.5.29.35",
  extendedKeyUsage: "2.5.29.37",
  qcStatements: "1.3.6.1.5.5.7.1.3",
} as const

const MAX_EXTENSIONS = 32

/** Reads the [n] EXPLICIT SEQUENCE OF Extension; none where it is absent. Two of one name are a `malformed-der`. */
export function readExtensions(wrapper: DerNode | undefined, what: string): readonly Extension[] {
  if (wrapper === undefined) return []
  const outer = new DerFields(wrapper, what, wrapper.tag)
  const list = outer.next(TAG.sequence, "their list")
  outer.end()
  const extensions = childrenOf(list, what, MAX_EXTENSIONS).map((node) => readExtension(node, what))
  if (extensions.length === 0) throw malformedDer(`${what} are empty`)
  if (extensions.some((extension) => extensionOf(extensions, extension.oid) !== extension))
    throw malformedDer(`${what} hold one twice`)
  return extensions
}

/** Reads one Extension. */
export function readExtension(node: DerNode, what: string): Extension {
  const fields = new DerFields(node, what)
  const oid = oidText(fields.next(TAG.oid, "an extension's name"), what)
  const flag = fields.optional(TAG.boolean, "an extension's critical flag")
  if (flag !== undefined && !booleanValue(flag, `${what}: ${oid}`)) {
    throw malformedDer(`${what}: ${oid} writes a default value`)
  }
  const value = contentBytes(fields.next(TAG.octetString, "an extension's value"))
  fields.end()
  return { oid, critical: flag !== undefined, value }
}

export function extensionOf(extensions: readonly Extension[], oid: string): Extension | undefined {
  return extensions.find((extension) => extension.oid === oid)
}

/** Bits of KeyUsage (RFC 5280 section 4.2.1.3). */
export const KEY_USAGE = { digitalSignature: 0, nonRepudiation: 1, keyCertSign: 5, cRLSign: 6 } as const

export function readKeyUsage(value: Uint8Array): readonly number[] {
  return namedBits(readDer(value, "the key usage"), "the key usage")
}

export interface BasicConstraints {
  readonly authority: boolean
  readonly pathLength: number | undefined
}

/** RFC 5280 section 4.2.1.9; throws `malformed-der`. */
export function readBasicConstraints(value: Uint8Array): BasicConstraints {
  const fields = new DerFields(readDer(value, "the basic constraints"), "the basic constraints")
  const flag = fields.optional(TAG.boolean, "the CA flag")
  if (flag !== undefined && !booleanValue(flag, "the CA flag"))
    throw malformedDer("the CA flag writes a default value")
  const length = fields.optional(TAG.integer, "the path length")
  fields.end()
  return {
    authority: flag !== undefined,
    pathLength: length === undefined ? undefined : smallNumber(length, "the path length"),
  }
}

/** The purposes of an extended key usage (RFC 5280 section 4.2.1.12). */
export function readExtendedKeyUsage(value: Uint8Array): readonly string[] {
  return childrenOf(readDer(value, "the extended key usage"), "the extended key usage").map((node) =>
    oidText(node, "a purpose"),
  )
}

/** The policy identifiers of certificatePolicies (RFC 5280 section 4.2.1.4). */
export function readPolicies(value: Uint8Array): readonly string[] {
  return childrenOf(readDer(value, "the policies"), "the policies").map((node) =>
    oidText(new DerFields(node, "a policy").next(TAG.oid, "its name"), "a policy"),
  )
}

/** The bytes of a subjectKeyIdentifier (RFC 5280 section 4.2.1.2). */
export function readSubjectKeyIdentifier(value: Uint8Array): Uint8Array {
  const node = readDer(value, "the subject key identifier")
  if (node.tag !== TAG.octetString) throw malformedDer("the subject key identifier is of another type")
  return contentBytes(node)
}

/** The keyIdentifier of an authorityKeyIdentifier, where it has one (RFC 5280 section 4.2.1.1). */
export function readAuthorityKeyIdentifier(value: Uint8Array): Uint8Array | undefined {
  const fields = new DerFields(readDer(value, "the authority key identifier"), "the authority key identifier")
  const identifier = fields.optional(contextTag(0, "primitive"), "its key identifier")
  return identifier === undefined ? undefined : contentBytes(identifier)
}

/** The QC statements (RFC 3739 section 3.2.6, EN 319 412-5): each statement's name, with the names that it lists. */
export function readQcStatements(value: Uint8Array): ReadonlyMap<string, readonly string[]> {
  const statements = childrenOf(readDer(value, "the QC statements"), "the QC statements")
  return new Map(statements.map((node) => readQcStatement(node)))
}

function readQcStatement(node: DerNode): [string, readonly string[]] {
  const fields = new DerFields(node, "a QC statement")
  const oid = oidText(fields.next(TAG.oid, "its name"), "a QC statement")
  const information = fields.optional(TAG.sequence, "its information")
  const names = information === undefined ? [] : childrenOf(information, "a QC statement's information")
  return [oid, names.filter(({ tag }) => tag === TAG.oid).map((name) => oidText(name, "a QC type"))]
}
