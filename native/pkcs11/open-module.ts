import koffi from "koffi"
import pkcs11js from "pkcs11js"
import { bindLogin, type Login } from "./login.ts"

export type Pkcs11Functions = pkcs11js.PKCS11

/** A loaded and initialised PKCS#11 module. Keep it referenced: what is collected unloads the library under the card. */
export interface Pkcs11Module {
  readonly path: string
  readonly functions: Pkcs11Functions
  /** C_Login with the PIN as bytes, or without one where the reader has a PIN pad; answers the CKR value, 0 for success. */
  readonly login: Login
  /** C_Finalize, and the library is let go; the object is of no use afterwards. */
  close(): void
}

/**
 * Loads the library at `path` and initialises it for use from one thread (PKCS #11 section 5.4, C_Initialize): every call
 * is to come from the thread that loaded it. Told of more threads, OpenSC 0.23 locks itself up where a card goes at the
 * wrong moment; told of one it has no lock to do that with.
 * Throws what the loader or the module says; a library that crashes takes the process with it.
 */
export function openModule(path: string): Pkcs11Module {
  const library = koffi.load(path)
  // Bound before pkcs11js loads: an object of pkcs11js whose load() failed is half-open, and any later call on it crashes.
  const login = bindLogin(library)
  const functions = new pkcs11js.PKCS11()
  functions.load(path)
  functions.C_Initialize({ flags: 0 })
  return {
    path,
    functions,
    login,
    close() {
      functions.C_Finalize()
      functions.close()
      library.unload()
    },
  }
}

/** The CKR value of what pkcs11js threw, or `undefined` where it is no answer of the module. */
export function returnValueOf(error: unknown): number | undefined {
  return error instanceof pkcs11js.Pkcs11Error ? error.code : undefined
}
