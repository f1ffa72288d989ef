import { ATTRIBUTE, FLAGS, OBJECT, USER } from "../../native/pkcs11/constants.ts"
import { openModule, type Pkcs11Functions } from "../../native/pkcs11/open-module.ts"
import { readCertificate } from "../../src-protocol/certificate.ts"
import { keyUsageOf } from "../../src-protocol/check-chain.ts"
import { KEY_USAGE } from "../../src-protocol/extensions.ts"
import { PIN, type BenchCard } from "./bench-card.ts"

/** PKCS #11, section "PKCS #1 v1.5 RSA signature with SHA-256": the token hashes. */
const CKM_SHA256_RSA_PKCS = 0x40

export interface Token {
  readonly certificate: Uint8Array
  sign(bytes: Uint8Array): Uint8Array
  close(): void
}

/** The card in this very process, logged in once: nothing but the signature is measured. */
export function openToken(card: BenchCard): Token {
  process.env["SOFTHSM2_CONF"] = card.configuration
  const module = openModule(card.module)
  const { functions } = module
  const slot = functions.C_GetSlotList(true)[0]
  if (slot === undefined) throw new Error("SoftHSM shows no token")
  const session = functions.C_OpenSession(slot, FLAGS.serialSession)
  module.login(session, USER.normal, new TextEncoder().encode(PIN))
  const bytesOf = (handle: Buffer, type: number) => valueOf(functions, session, handle, type)
  const found = objectsOf(functions, session, OBJECT.certificate).find((handle) =>
    isForSignature(bytesOf(handle, ATTRIBUTE.value)),
  )
  if (found === undefined) throw new Error("no signature certificate on the token")
  const id = Buffer.from(bytesOf(found, ATTRIBUTE.id))
  const key = objectsOf(functions, session, OBJECT.privateKey).find((handle) =>
    id.equals(bytesOf(handle, ATTRIBUTE.id)),
  )
  if (key === undefined) throw new Error("no signature key on the token")
  const certificate = bytesOf(found, ATTRIBUTE.value)
  return {
    certificate,
    sign(bytes) {
      functions.C_SignInit(session, { mechanism: CKM_SHA256_RSA_PKCS }, key)
      return Uint8Array.from(functions.C_Sign(session, Buffer.from(bytes), Buffer.alloc(512)))
    },
    close: () => {
      module.close()
    },
  }
}

function objectsOf(functions: Pkcs11Functions, session: Buffer, objectClass: number): readonly Buffer[] {
  functions.C_FindObjectsInit(session, [{ type: ATTRIBUTE.class, value: objectClass }])
  const found = functions.C_FindObjects(session, 64)
  functions.C_FindObjectsFinal(session)
  return found
}

function valueOf(functions: Pkcs11Functions, session: Buffer, handle: Buffer, type: number): Uint8Array {
  const value = functions.C_GetAttributeValue(session, handle, [{ type }])[0]?.value
  if (!Buffer.isBuffer(value)) throw new Error("an attribute that is no bytes")
  return Uint8Array.from(value)
}

function isForSignature(der: Uint8Array): boolean {
  return keyUsageOf(readCertificate(der)).includes(KEY_USAGE.nonRepudiation)
}
