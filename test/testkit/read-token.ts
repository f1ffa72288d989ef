import { PSS_PARAMETERS } from "../../native/pkcs11/constants.ts"
import { openModule, type Pkcs11Functions } from "../../native/pkcs11/open-module.ts"
import { findSofthsmModule } from "../../native/softhsm/find-softhsm-module.ts"
import { softhsmConfigurationPath } from "../../native/softhsm/softhsm-home.ts"

type Handle = ReturnType<Pkcs11Functions["C_OpenSession"]>
type Template = Parameters<Pkcs11Functions["C_FindObjectsInit"]>[1]
export type Mechanism = Parameters<Pkcs11Functions["C_SignInit"]>[1]

/** Numbers of PKCS #11, as pkcs11t.h has them. */
export const CLASS = { certificate: 1, publicKey: 2, privateKey: 3 } as const
export const ATTRIBUTE = {
  class: 0x000,
  value: 0x011,
  issuer: 0x081,
  serialNumber: 0x082,
  subject: 0x101,
  id: 0x102,
  sensitive: 0x103,
  modulus: 0x120,
  extractable: 0x162,
  local: 0x163,
} as const
export const MECHANISM = {
  rsaWithSha256: { mechanism: 0x040 },
  pssWithSha256: {
    mechanism: 0x043,
    parameter: { type: PSS_PARAMETERS, hashAlg: 0x250, mgf: 2, saltLen: 32 },
  },
  ecdsa: { mechanism: 0x1041 },
} as const

const SERIAL_SESSION = 4
const NORMAL_USER = 1
const CONTEXT_SPECIFIC = 2

/** An open token, read and used through PKCS #11 alone. */
export interface OpenToken {
  readonly module: Pkcs11Functions
  readonly session: Handle
}

/**
 * Runs `look` on the token of that label, logged in. SoftHSM takes its home from the environment at C_Initialize, so
 * it is set for that long only.
 */
export function lookAtToken<Result>(
  directory: string,
  label: string,
  pin: string,
  look: (token: OpenToken) => Result,
): Result {
  process.env["SOFTHSM2_CONF"] = softhsmConfigurationPath(directory)
  const opened = openModule(findSofthsmModule())
  const module = opened.functions
  try {
    const slot = module
      .C_GetSlotList(true)
      .find((one) => module.C_GetTokenInfo(one).label.trimEnd() === label)
    if (slot === undefined) throw new RangeError(`no token ${label}`)
    const session = module.C_OpenSession(slot, SERIAL_SESSION)
    module.C_Login(session, NORMAL_USER, pin)
    return look({ module, session })
  } finally {
    opened.close()
    delete process.env["SOFTHSM2_CONF"]
  }
}

/** All objects of a class. */
export function objectsOf(token: OpenToken, objectClass: number): readonly Handle[] {
  return find(token, [{ type: ATTRIBUTE.class, value: objectClass }])
}

/** All objects that match, copied out of the module's buffers. */
export function find({ module, session }: OpenToken, template: Template): readonly Handle[] {
  module.C_FindObjectsInit(session, template)
  try {
    return module.C_FindObjects(session, 100).map((handle) => Buffer.from(handle))
  } finally {
    module.C_FindObjectsFinal(session)
  }
}

export function attribute({ module, session }: OpenToken, object: Handle, type: number): Buffer {
  const [answer] = module.C_GetAttributeValue(session, object, [{ type }])
  return Buffer.from(answer?.value ?? [])
}

/** Signs `bytes` with the private key of that identifier; with a PIN in between where the key asks for one. */
export function signWith(
  { module, session }: OpenToken,
  id: Buffer,
  mechanism: Mechanism,
  bytes: Buffer,
  pin?: string,
): Buffer {
  const [key] = find({ module, session }, [
    { type: ATTRIBUTE.class, value: CLASS.privateKey },
    { type: ATTRIBUTE.id, value: id },
  ])
  if (key === undefined) throw new RangeError("no private key of that identifier")
  module.C_SignInit(session, mechanism, key)
  if (pin !== undefined) module.C_Login(session, CONTEXT_SPECIFIC, pin)
  return Buffer.from(module.C_Sign(session, bytes, Buffer.alloc(1024)))
}
