import { hexOf } from "./bytes.ts"
import { oidText, stringValue } from "./der-values.ts"
import { childrenOf, DerFields, rawBytes, TAG, type DerNode } from "./read-der.ts"

/** An X.501 name (RFC 5280 section 4.1.2.4). Names are compared by their bytes, never by how they print. */
export interface DistinguishedName {
  readonly der: Uint8Array
  /** In the order of the certificate; a RDN of several attributes is flattened. */
  readonly attributes: readonly { readonly oid: string; readonly value: string }[]
}

export const ATTRIBUTE = {
  commonName: "2.5.4.3",
  surname: "2.5.4.4",
  serialNumber: "2.5.4.5",
  country: "2.5.4.6",
  organisation: "2.5.4.10",
  title: "2.5.4.12",
  givenName: "2.5.4.42",
  organisationIdentifier: "2.5.4.97",
} as const

const SHORT_NAMES: ReadonlyMap<string, string> = new Map([
  [ATTRIBUTE.commonName, "CN"],
  [ATTRIBUTE.surname, "SN"],
  [ATTRIBUTE.serialNumber, "serialNumber"],
  [ATTRIBUTE.country, "C"],
  [ATTRIBUTE.organisation, "O"],
  [ATTRIBUTE.title, "title"],
  [ATTRIBUTE.givenName, "GN"],
  [ATTRIBUTE.organisationIdentifier, "organizationIdentifier"],
  ["2.5.4.7", "L"],
  ["2.5.4.8", "ST"],
  ["2.5.4.11", "OU"],
])

const MAX_ATTRIBUTES = 32

/** Reads a Name; throws `malformed-der`. */
export function readDistinguishedName(node: DerNode, what: string): DistinguishedName {
  const attributes = childrenOf(node, what, MAX_ATTRIBUTES).flatMap((rdn) => {
    return childrenOf(rdn, what, MAX_ATTRIBUTES, TAG.set).map((attribute) => readAttribute(attribute, what))
  })
  return { der: rawBytes(node), attributes }
}

function readAttribute(node: DerNode, what: string): { oid: string; value: string } {
  const fields = new DerFields(node, what)
  const oid = oidText(fields.next(TAG.oid, "an attribute's type"), what)
  const value = stringValue(fields.any("an attribute's value"), `${what}, attribute ${oid}`)
  fields.end()
  return { oid, value }
}

/** The only attribute of this type, or `undefined` where there is none or more than one: two tell nothing. */
export function attributeOf(name: DistinguishedName, oid: string): string | undefined {
  const found = name.attributes.filter((attribute) => attribute.oid === oid)
  return found.length === 1 ? found[0]?.value : undefined
}

/** For people: `C=NL, O=…, CN=…` in the order of the certificate; commas, equals signs and controls within a value are escaped. */
export function printDistinguishedName(name: DistinguishedName): string {
  return name.attributes
    .map(({ oid, value }) => `${SHORT_NAMES.get(oid) ?? oid}=${escapeValue(value)}`)
    .join(", ")
}

function escapeValue(value: string): string {
  return value
    .replace(/[\\,=+"<>;]/g, (character) => `\\${character}`)
    .replace(/\p{Cc}/gu, (control) => `\\${hexOf(Uint8Array.of(control.charCodeAt(0)))}`)
}
