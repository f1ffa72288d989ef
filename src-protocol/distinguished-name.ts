import { hexOf } from "./bytes.ts"
import { checkOid, checkString, oidText, stringValue } from "./der-values.ts"
import { once } from "./once.ts"
import { DerFields, eachChild, rawBytes, TAG, type DerNode } from "./read-der.ts"

/** An X.501 name (RFC 5280 section 4.1.2.4). Names are compared by their bytes, never by how they print. */
export interface DistinguishedName {
  readonly der: Uint8Array
  /** In the order of the certificate; a RDN of several attributes is flattened. Made into text when first asked for. */
  readonly attributes: readonly NameAttribute[]
}

interface NameAttribute {
  readonly oid: string
  readonly value: string
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

/** Reads a Name; throws `malformed-der`. Its form is checked here; most names are only compared, and never become text. */
export function readDistinguishedName(node: DerNode, what: string): DistinguishedName {
  const nodes: DerNode[] = []
  eachChild(node, what, MAX_ATTRIBUTES, TAG.sequence, (rdn) => {
    eachChild(rdn, what, MAX_ATTRIBUTES, TAG.set, (attribute) => nodes.push(attribute))
  })
  for (const attribute of nodes) readAttribute(attribute, what, checkOid, checkString)
  const attributes = once(() =>
    nodes.map((attribute): NameAttribute => {
      const [oid, value] = readAttribute(attribute, what, oidText, stringValue)
      return { oid, value }
    }),
  )
  return {
    der: rawBytes(node),
    get attributes() {
      return attributes()
    },
  }
}

type ReadPart<T> = (node: DerNode, what: string) => T

function readAttribute<Type, Value>(
  node: DerNode,
  what: string,
  readType: ReadPart<Type>,
  readValue: ReadPart<Value>,
): readonly [Type, Value] {
  const fields = new DerFields(node, what)
  const type = readType(fields.next(TAG.oid, "an attribute's type"), what)
  const value = readValue(fields.any("an attribute's value"), what)
  fields.end()
  return [type, value]
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
