import pkcs11js, { type Handle, type PKCS11 } from "pkcs11js"
import type { TokenCommand } from "./token-commands.ts"

/** An open, logged-in session with the token that a command is for. */
export interface TokenSession {
  readonly module: PKCS11
  readonly handle: Handle
  readonly tokenSerialNumber: string
}

/** Opens the token by its label, runs `work`, and closes everything again, whatever happens. */
export function withToken<Result>(command: TokenCommand, work: (session: TokenSession) => Result): Result {
  const module = new pkcs11js.PKCS11()
  module.load(command.module)
  module.C_Initialize({ flags: pkcs11js.CKF_OS_LOCKING_OK })
  try {
    const { slot, tokenSerialNumber } = findToken(module, command.label)
    const handle = module.C_OpenSession(slot, pkcs11js.CKF_SERIAL_SESSION | pkcs11js.CKF_RW_SESSION)
    module.C_Login(handle, pkcs11js.CKU_USER, command.pin)
    return work({ module, handle, tokenSerialNumber })
  } finally {
    module.C_Finalize()
  }
}

function findToken(module: PKCS11, label: string): { slot: Handle; tokenSerialNumber: string } {
  for (const slot of module.C_GetSlotList(true)) {
    const info = module.C_GetTokenInfo(slot)
    if (info.label.trimEnd() === label) return { slot, tokenSerialNumber: info.serialNumber.trim() }
  }
  throw new RangeError(`no token is labelled "${label}"`)
}
