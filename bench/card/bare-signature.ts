import { ATTRIBUTE, FLAGS, OBJECT, USER } from "../../native/pkcs11/constants.ts"
import { openModule } from "../../native/pkcs11/open-module.ts"
import { readCertificate } from "../../src-protocol/certificate.ts"
import { keyUsageOf } from "../../src-protocol/check-chain.ts"
import { KEY_USAGE } from "../../src-protocol/extensions.ts"
import { PIN } from "./open-reader.ts"

/*
 * The card's own share: one signature by nothing but the module, in a process that has the card open already: PIN, key
 * prepared, PIN for the key, signature. Prints the milliseconds of each of as many as are asked for.
 */
const CKM_SHA256_RSA_PKCS = 0x40
const [modulePath = "", count = "1"] = process.argv.slice(2)
const module = openModule(modulePath)
const { functions } = module
const [slot] = functions.C_GetSlotList(true)
if (slot === undefined) throw new Error("no card")
const session = functions.C_OpenSession(slot, FLAGS.serialSession)
const pin = new TextEncoder().encode(PIN)
module.login(session, USER.normal, pin)
const find = (kind: number): readonly Buffer[] => {
  functions.C_FindObjectsInit(session, [{ type: ATTRIBUTE.class, value: kind }])
  const found = functions.C_FindObjects(session, 64)
  functions.C_FindObjectsFinal(session)
  return found
}
const valueOf = (handle: Buffer, type: number): Uint8Array => {
  const value = functions.C_GetAttributeValue(session, handle, [{ type }])[0]?.value
  return Buffer.isBuffer(value) ? Uint8Array.from(value) : new Uint8Array()
}
const certificate = find(OBJECT.certificate).find((handle) =>
  keyUsageOf(readCertificate(valueOf(handle, ATTRIBUTE.value))).includes(KEY_USAGE.nonRepudiation),
)
if (certificate === undefined) throw new Error("no signature certificate")
const id = Buffer.from(valueOf(certificate, ATTRIBUTE.id))
const key = find(OBJECT.privateKey).find((handle) => id.equals(valueOf(handle, ATTRIBUTE.id)))
if (key === undefined) throw new Error("no signature key")
functions.C_Logout(session)

const times: number[] = []
for (let i = 0; i < Number(count); i += 1) {
  const began = performance.now()
  module.login(session, USER.normal, pin)
  functions.C_SignInit(session, { mechanism: CKM_SHA256_RSA_PKCS }, key)
  module.login(session, USER.contextSpecific, pin)
  functions.C_Sign(session, Buffer.from("what is signed"), Buffer.alloc(512))
  times.push(performance.now() - began)
  functions.C_Logout(session)
}
module.close()
console.log(JSON.stringify(times))
