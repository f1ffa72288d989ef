import type { Handle } from "pkcs11js"
import { ATTRIBUTE, OBJECT, X509_CERTIFICATE } from "../../../native/pkcs11/constants.ts"
import type { Pkcs11Module } from "../../../native/pkcs11/open-module.ts"
import { readCertificate, type Certificate } from "../../../src-protocol/certificate.ts"
import { EXTENSION, extensionOf, readBasicConstraints } from "../../../src-protocol/extensions.ts"
import type { TokenCertificates } from "./host-messages.ts"
import { attributeOf, findObjects, withSession, type TokenSession } from "./token-session.ts"
import { findToken } from "./tokens.ts"

export interface CertificateObject {
  readonly object: Handle
  readonly certificate: Certificate
}

/** What a card holds without a PIN: its certificates, those of authorities apart, and its mechanisms. */
export function readTokenCertificates(module: Pkcs11Module, serial: string): TokenCertificates {
  const found = findToken(module, serial)
  return withSession(module, found, (session) => {
    const all = certificateObjects(session).map(({ certificate }) => certificate)
    return {
      certificates: all.filter((certificate) => !isAuthority(certificate)).map(({ der }) => der),
      authorities: all.filter((certificate) => isAuthority(certificate)).map(({ der }) => der),
      mechanisms: module.functions.C_GetMechanismList(found.slot),
    }
  })
}

/** Every readable X.509 certificate on the token; what cannot be read is nothing that anybody could choose. */
export function certificateObjects(session: TokenSession): readonly CertificateObject[] {
  const objects = findObjects(session, [
    { type: ATTRIBUTE.class, value: OBJECT.certificate },
    { type: ATTRIBUTE.certificateType, value: X509_CERTIFICATE },
  ])
  return objects.flatMap((object) => {
    const certificate = readable(attributeOf(session, object, ATTRIBUTE.value))
    return certificate === undefined ? [] : [{ object, certificate }]
  })
}

function readable(der: Uint8Array | undefined): Certificate | undefined {
  try {
    return der === undefined ? undefined : readCertificate(der)
  } catch {
    return undefined
  }
}

/** Real passes carry their whole CA chain beside the holder's certificates: told apart by basicConstraints alone. */
function isAuthority(certificate: Certificate): boolean {
  const constraints = extensionOf(certificate.extensions, EXTENSION.basicConstraints)
  try {
    return constraints !== undefined && readBasicConstraints(constraints.value).authority
  } catch {
    return false
  }
}
