import { createRequire } from "node:module"
import { boundary } from "./boundary.ts"
import { wrapMethod } from "./wrap-method.ts"

/** What a card process asks of a PKCS#11 module for a signature; the login goes past the addon. */
const CALLS = ["C_OpenSession", "C_SignInit", "C_Sign", "C_Logout", "C_CloseSession"]

/** Makes the calls to a PKCS#11 module in this process pass the boundary. */
export function hookModule(): void {
  const loaded: unknown = createRequire(import.meta.url)("pkcs11js")
  const PKCS11: unknown =
    typeof loaded === "object" && loaded !== null && "PKCS11" in loaded ? loaded.PKCS11 : undefined
  if (typeof PKCS11 !== "function") throw new TypeError("pkcs11js has changed")
  const methods: unknown = PKCS11.prototype
  if (typeof methods !== "object" || methods === null) throw new TypeError("pkcs11js has changed")
  for (const call of CALLS) wrapMethod(methods, call, (_, __, run) => boundary.pass(call, run))
}
