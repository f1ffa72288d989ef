import { createHash } from "node:crypto"
import { asciiBytes } from "../../src-protocol/bytes.ts"
import {
  booleanTrue,
  context,
  contextPrimitive,
  ia5String,
  integer,
  namedBits,
  objectIdentifier,
  octetString,
  printableString,
  sequence,
  utf8String,
  type Der,
} from "./der.ts"
import { OID } from "./oids.ts"

/** One certificate or CRL extension; `value` is what goes inside the OCTET STRING. */
export interface Extension {
  readonly oid: string
  readonly critical: boolean
  readonly value: Der
}

/** The bits of keyUsage (RFC 5280 §4.2.1.3). */
export const KEY_USAGE_BITS = {
  digitalSignature: 0,
  nonRepudiation: 1,
  keyEncipherment: 2,
  dataEncipherment: 3,
  keyAgreement: 4,
  keyCertSign: 5,
  cRLSign: 6,
} as const

export type KeyUsageBit = keyof typeof KEY_USAGE_BITS

/** An extension as DER (RFC 5280 §4.1): `critical` is left out when false, as DER demands. */
export function encodeExtension(extension: Extension): Der {
  const critical = extension.critical ? [booleanTrue()] : []
  return sequence(objectIdentifier(extension.oid), ...critical, octetString(extension.value))
}

export function keyUsage(...usages: readonly KeyUsageBit[]): Extension {
  return { oid: OID.keyUsage, critical: true, value: namedBits(usages.map((usage) => KEY_USAGE_BITS[usage])) }
}

export function extendedKeyUsage(...purposes: readonly string[]): Extension {
  return { oid: OID.extendedKeyUsage, critical: false, value: sequence(...purposes.map(objectIdentifier)) }
}

/** basicConstraints, critical as CIBG makes it; for an end entity `cA` is left out, as DER demands. */
export function basicConstraints(authority?: { readonly pathLength?: number }): Extension {
  const pathLength = authority?.pathLength === undefined ? [] : [integer(authority.pathLength)]
  const value = authority === undefined ? sequence() : sequence(booleanTrue(), ...pathLength)
  return { oid: OID.basicConstraints, critical: true, value }
}

/** The identifier of a key: SHA-1 of the public key's bits (RFC 5280 §4.2.1.2 (1)), a name and no protection. */
export function keyIdentifier(publicKeySpki: Uint8Array): Uint8Array {
  return new Uint8Array(createHash("sha1").update(publicKeyBits(publicKeySpki)).digest())
}

/** What the BIT STRING at the end of a SubjectPublicKeyInfo holds, without its count of unused bits. */
function publicKeyBits(spki: Uint8Array): Uint8Array {
  const outer = contentOffset(spki, 0)
  const algorithm = contentOffset(spki, outer)
  const bits = contentOffset(spki, algorithm + contentLength(spki, outer))
  return spki.subarray(bits + 1)
}

function contentOffset(der: Uint8Array, offset: number): number {
  const first = der[offset + 1] ?? 0
  return offset + 2 + (first < 0x80 ? 0 : first & 0x7f)
}

function contentLength(der: Uint8Array, offset: number): number {
  const first = der[offset + 1] ?? 0
  if (first < 0x80) return first
  return der
    .subarray(offset + 2, contentOffset(der, offset))
    .reduce((length, octet) => length * 256 + octet, 0)
}

export function subjectKeyIdentifier(identifier: Uint8Array): Extension {
  return { oid: OID.subjectKeyIdentifier, critical: false, value: octetString(identifier) }
}

/** authorityKeyIdentifier with the key identifier only, as measured. */
export function authorityKeyIdentifier(identifier: Uint8Array): Extension {
  return {
    oid: OID.authorityKeyIdentifier,
    critical: false,
    value: sequence(contextPrimitive(0, identifier)),
  }
}

export function crlDistributionPoint(url: string): Extension {
  const value = sequence(sequence(context(0, context(0, contextPrimitive(6, asciiBytes(url))))))
  return { oid: OID.cRLDistributionPoints, critical: false, value }
}

/** authorityInfoAccess: caIssuers first, then OCSP, as the pass of 2017 has them. */
export function authorityInfoAccess(urls: { readonly caIssuers: string; readonly ocsp?: string }): Extension {
  const access = (method: string, url: string) =>
    sequence(objectIdentifier(method), contextPrimitive(6, asciiBytes(url)))
  const ocsp = urls.ocsp === undefined ? [] : [access(OID.ocsp, urls.ocsp)]
  const value = sequence(access(OID.caIssuers, urls.caIssuers), ...ocsp)
  return { oid: OID.authorityInfoAccess, critical: false, value }
}

export interface Policy {
  readonly oid: string
  readonly cpsUri?: string
  readonly notice?: string
}

/** certificatePolicies: for each the CPS address first, then the notice (RFC 5280 §4.2.1.4). */
export function certificatePolicies(...policies: readonly Policy[]): Extension {
  return { oid: OID.certificatePolicies, critical: false, value: sequence(...policies.map(encodePolicy)) }
}

function encodePolicy(policy: Policy): Der {
  const cps =
    policy.cpsUri === undefined ? [] : [sequence(objectIdentifier(OID.cpsUri), ia5String(policy.cpsUri))]
  const notice =
    policy.notice === undefined
      ? []
      : [sequence(objectIdentifier(OID.userNotice), sequence(utf8String(policy.notice)))]
  const qualifiers = [...cps, ...notice]
  return sequence(objectIdentifier(policy.oid), ...(qualifiers.length === 0 ? [] : [sequence(...qualifiers)]))
}

/** One otherName of a subjectAltName; `value` is the string as DER. */
export interface OtherName {
  readonly oid: string
  readonly value: Der
}

export function subjectAltName(...names: readonly OtherName[]): Extension {
  const encoded = names.map((name) => context(0, objectIdentifier(name.oid), context(0, name.value)))
  return { oid: OID.subjectAltName, critical: false, value: sequence(...encoded) }
}

/** The UZI name (CPS §7.1.5): otherName 2.5.5.5 as IA5String. */
export function uziOtherName(text: string): OtherName {
  return { oid: OID.uziName, value: ia5String(text) }
}

/** The log-in name that stands first in a certificate authenticiteit: `<UZI number>@<subscriber>` as UTF8String. */
export function userPrincipalName(text: string): OtherName {
  return { oid: OID.userPrincipalName, value: utf8String(text) }
}

/** The four statements of a qualified signature certificate (CPS table 9; ETSI EN 319 412-5 §4). */
export function qcStatements(pdsUrl: string): Extension {
  const statement = (oid: string, ...information: readonly Der[]) =>
    sequence(objectIdentifier(oid), ...information)
  const value = sequence(
    statement(OID.qcCompliance),
    statement(OID.qcSscd),
    statement(OID.qcType, sequence(objectIdentifier(OID.qcTypeEsign))),
    statement(OID.qcPds, sequence(sequence(ia5String(pdsUrl), printableString("en")))),
  )
  return { oid: OID.qcStatements, critical: false, value }
}

/** `extensions` with `replacement` in the place of the one of the same type, or at the end where there is none. */
export function withExtension(
  extensions: readonly Extension[],
  replacement: Extension,
): readonly Extension[] {
  if (!extensions.some(({ oid }) => oid === replacement.oid)) return [...extensions, replacement]
  return extensions.map((extension) => (extension.oid === replacement.oid ? replacement : extension))
}

export function withoutExtension(extensions: readonly Extension[], oid: string): readonly Extension[] {
  return extensions.filter((extension) => extension.oid !== oid)
}
