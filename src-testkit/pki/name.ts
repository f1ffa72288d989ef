import { objectIdentifier, printableString, sequence, setOf, utf8String, type Der } from "./der.ts"
import { OID } from "./oids.ts"

/** One attribute of a distinguished name; each is a RelativeDistinguishedName of its own. */
export interface NameAttribute {
  readonly oid: string
  readonly value: string
  readonly as: "printable" | "utf8"
}

/** A distinguished name as DER (RFC 5280 §4.1.2.4), in the order given. */
export function encodeName(attributes: readonly NameAttribute[]): Der {
  return sequence(...attributes.map((attribute) => setOf(encodeAttribute(attribute))))
}

function encodeAttribute(attribute: NameAttribute): Der {
  const value = attribute.as === "printable" ? printableString(attribute.value) : utf8String(attribute.value)
  return sequence(objectIdentifier(attribute.oid), value)
}

export function printable(oid: string, value: string): NameAttribute {
  return { oid, value, as: "printable" }
}

export function utf8(oid: string, value: string): NameAttribute {
  return { oid, value, as: "utf8" }
}

/** The name of an authority: C, O, organizationIdentifier where it has one, CN (CPS table 7, as measured). */
export function authorityName(
  commonName: string,
  options: { readonly organizationIdentifier: boolean },
): readonly NameAttribute[] {
  return [
    printable(OID.countryName, "NL"),
    utf8(OID.organizationName, "Vrijgave (test)"),
    ...(options.organizationIdentifier ? [utf8(OID.organizationIdentifier, "NTRNL-00000000")] : []),
    utf8(OID.commonName, commonName),
  ]
}
