import { createPublicKey } from "node:crypto"
import { endianness } from "node:os"
import pkcs11js, { type Handle, type KeyPair, type Template } from "pkcs11js"
import type { Curve } from "../../src-protocol/crypto-port.ts"
import { objectIdentifier } from "../pki/der.ts"
import { curveOf, rsaBitsOf } from "../pki/keys.ts"
import type { CertificateToStore, KeyRequest } from "./token-commands.ts"
import type { TokenSession } from "./token-session.ts"

const CURVE_OID: Readonly<Record<Curve, string>> = {
  "P-256": "1.2.840.10045.3.1.7",
  "P-384": "1.3.132.0.34",
  "P-521": "1.3.132.0.35",
}
const COORDINATE_BYTES: Readonly<Record<Curve, number>> = { "P-256": 32, "P-384": 48, "P-521": 66 }
const TOKEN_USER = 1
const AUTHORITY = 2

/** Generates a key pair on the token, from which the private half never comes; returns the public one (DER SPKI). */
export function generateKeyPair(session: TokenSession, request: KeyRequest): Uint8Array {
  const curve = curveOf(request.kind)
  const pair = curve === undefined ? generateRsa(session, request) : generateEc(session, request, curve)
  return curve === undefined ? rsaSpki(session, pair.publicKey) : ecSpki(session, pair.publicKey, curve)
}

function generateRsa(session: TokenSession, request: KeyRequest): KeyPair {
  const mechanism = { mechanism: pkcs11js.CKM_RSA_PKCS_KEY_PAIR_GEN }
  const size: Template = [
    { type: pkcs11js.CKA_MODULUS_BITS, value: rsaBitsOf(request.kind) ?? 2048 },
    { type: pkcs11js.CKA_PUBLIC_EXPONENT, value: Buffer.from("010001", "hex") },
  ]
  return session.module.C_GenerateKeyPair(
    session.handle,
    mechanism,
    [...publicTemplate(request), ...size],
    privateTemplate(request),
  )
}

function generateEc(session: TokenSession, request: KeyRequest, curve: Curve): KeyPair {
  const mechanism = { mechanism: pkcs11js.CKM_EC_KEY_PAIR_GEN }
  const parameters = { type: pkcs11js.CKA_EC_PARAMS, value: Buffer.from(objectIdentifier(CURVE_OID[curve])) }
  return session.module.C_GenerateKeyPair(
    session.handle,
    mechanism,
    [...publicTemplate(request), parameters],
    privateTemplate(request),
  )
}

function publicTemplate(request: KeyRequest): Template {
  const capability = request.use === "sign" ? pkcs11js.CKA_VERIFY : pkcs11js.CKA_ENCRYPT
  return [
    ...commonTemplate(request),
    { type: pkcs11js.CKA_PRIVATE, value: false },
    { type: capability, value: true },
  ]
}

function privateTemplate(request: KeyRequest): Template {
  const capability = request.use === "sign" ? pkcs11js.CKA_SIGN : pkcs11js.CKA_DECRYPT
  return [
    ...commonTemplate(request),
    { type: pkcs11js.CKA_PRIVATE, value: true },
    { type: pkcs11js.CKA_SENSITIVE, value: true },
    { type: pkcs11js.CKA_EXTRACTABLE, value: false },
    { type: capability, value: true },
    { type: pkcs11js.CKA_ALWAYS_AUTHENTICATE, value: request.alwaysAuthenticate },
    ...(request.pssOnly ? [{ type: pkcs11js.CKA_ALLOWED_MECHANISMS, value: pssMechanisms() }] : []),
  ]
}

function commonTemplate(request: KeyRequest): Template {
  return [
    { type: pkcs11js.CKA_TOKEN, value: true },
    { type: pkcs11js.CKA_ID, value: Buffer.from(request.id, "hex") },
    { type: pkcs11js.CKA_LABEL, value: request.label },
  ]
}

/** An array of CK_MECHANISM_TYPE as it stands in memory: a CK_ULONG each, 4 bytes on Windows, else 8. */
function pssMechanisms(): Buffer {
  const mechanisms = [
    pkcs11js.CKM_SHA256_RSA_PKCS_PSS,
    pkcs11js.CKM_SHA384_RSA_PKCS_PSS,
    pkcs11js.CKM_SHA512_RSA_PKCS_PSS,
  ]
  const size = process.platform === "win32" ? 4 : 8
  return Buffer.concat(
    mechanisms.map((mechanism) => {
      const bytes = Buffer.alloc(size)
      if (endianness() === "LE") bytes.writeUInt32LE(mechanism, 0)
      else bytes.writeUInt32BE(mechanism, size - 4)
      return bytes
    }),
  )
}

function rsaSpki(session: TokenSession, publicKey: Handle): Uint8Array {
  const n = readAttribute(session, publicKey, pkcs11js.CKA_MODULUS).toString("base64url")
  const e = readAttribute(session, publicKey, pkcs11js.CKA_PUBLIC_EXPONENT).toString("base64url")
  return createPublicKey({ key: { kty: "RSA", n, e }, format: "jwk" }).export({ type: "spki", format: "der" })
}

/** CKA_EC_POINT is an OCTET STRING around 04 ‖ X ‖ Y: the coordinates are its last bytes. */
function ecSpki(session: TokenSession, publicKey: Handle, curve: Curve): Uint8Array {
  const size = COORDINATE_BYTES[curve]
  const coordinates = readAttribute(session, publicKey, pkcs11js.CKA_EC_POINT).subarray(-2 * size)
  const x = coordinates.subarray(0, size).toString("base64url")
  const y = coordinates.subarray(size).toString("base64url")
  return createPublicKey({ key: { kty: "EC", crv: curve, x, y }, format: "jwk" }).export({
    type: "spki",
    format: "der",
  })
}

function readAttribute(session: TokenSession, object: Handle, type: number): Buffer {
  const [attribute] = session.module.C_GetAttributeValue(session.handle, object, [{ type }])
  if (attribute === undefined) throw new RangeError(`the token gave no attribute ${type}`)
  return Buffer.from(attribute.value)
}

/** Puts a certificate on the token, under the identifier of its key; an authority's under none of ours. */
export function storeCertificate(session: TokenSession, certificate: CertificateToStore): void {
  session.module.C_CreateObject(session.handle, [
    { type: pkcs11js.CKA_CLASS, value: pkcs11js.CKO_CERTIFICATE },
    { type: pkcs11js.CKA_CERTIFICATE_TYPE, value: pkcs11js.CKC_X_509 },
    { type: pkcs11js.CKA_CERTIFICATE_CATEGORY, value: certificate.authority ? AUTHORITY : TOKEN_USER },
    { type: pkcs11js.CKA_TOKEN, value: true },
    { type: pkcs11js.CKA_PRIVATE, value: false },
    { type: pkcs11js.CKA_ID, value: Buffer.from(certificate.id, "hex") },
    { type: pkcs11js.CKA_LABEL, value: certificate.label },
    { type: pkcs11js.CKA_SUBJECT, value: Buffer.from(certificate.subject, "hex") },
    { type: pkcs11js.CKA_ISSUER, value: Buffer.from(certificate.issuer, "hex") },
    { type: pkcs11js.CKA_SERIAL_NUMBER, value: Buffer.from(certificate.serialNumber, "hex") },
    { type: pkcs11js.CKA_VALUE, value: Buffer.from(certificate.certificate, "hex") },
  ])
}
