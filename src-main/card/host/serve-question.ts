import { openModule, returnValueOf, type Pkcs11Module } from "../../../native/pkcs11/open-module.ts"
import { CardError, cardErrorOf } from "../card-error.ts"
import type { HostQuestion, HostResult, ModuleInfo } from "./host-messages.ts"
import { signOnToken } from "./sign-on-token.ts"
import { readTokenCertificates } from "./token-certificates.ts"
import { findTokens, unpadded } from "./tokens.ts"

type Request = HostQuestion["request"]

/** Answers questions about one module, which it loads at the first and lets go of after a signature and after a fault. */
export class ModuleServer {
  #module: Pkcs11Module | undefined

  /** Never throws: what goes wrong is in the answer. */
  serve({ modulePath, request }: HostQuestion): HostResult {
    try {
      return this.#answer(this.#open(modulePath), request)
    } catch (error) {
      this.close()
      return failure(error, request)
    } finally {
      if (request.is === "sign") request.pin?.fill(0)
    }
  }

  /** C_Finalize: with it the card can be reset, and after a fault of the reader service a module begins anew. */
  close(): void {
    const module = this.#module
    this.#module = undefined
    try {
      module?.close()
    } catch {
      return
    }
  }

  #open(path: string): Pkcs11Module {
    if (this.#module !== undefined && this.#module.path !== path) this.close()
    this.#module ??= loadModule(path)
    return this.#module
  }

  #answer(module: Pkcs11Module, request: Request): HostResult {
    switch (request.is) {
      case "probe":
        return { is: "probe", module: describeModule(module) }
      case "list-tokens":
        return { is: "list-tokens", tokens: findTokens(module).map(({ token }) => token) }
      case "read-certificates":
        return { is: "read-certificates", token: readTokenCertificates(module, request.tokenSerial) }
      case "sign": {
        const signed = signOnToken(module, request)
        // C_Logout does not reach every card (OpenSC leaves it open); letting the module go is what resets it.
        this.close()
        return { is: "sign", signed }
      }
    }
  }
}

function loadModule(path: string): Pkcs11Module {
  try {
    return openModule(path)
  } catch (cause) {
    const returnValue = returnValueOf(cause)
    if (returnValue !== undefined) throw cardErrorOf("C_Initialize", returnValue, { cause })
    throw new CardError("MODULE_INVALID", `not a usable PKCS#11 module: ${messageOf(cause)}`, { cause })
  }
}

function describeModule({ functions }: Pkcs11Module): ModuleInfo {
  const { manufacturerID, libraryDescription, libraryVersion, cryptokiVersion } = functions.C_GetInfo()
  return {
    manufacturer: unpadded(manufacturerID),
    description: unpadded(libraryDescription),
    version: `${String(libraryVersion.major)}.${String(libraryVersion.minor)}`,
    cryptokiVersion: `${String(cryptokiVersion.major)}.${String(cryptokiVersion.minor)}`,
  }
}

function failure(error: unknown, request: Request): HostResult {
  const known = cardErrorFrom(error, request)
  return {
    is: "failed",
    problem: known.code,
    detail: known.message.slice(0, MAX_DETAIL),
    ...(known.triesLeft === undefined ? {} : { triesLeft: known.triesLeft }),
  }
}

function cardErrorFrom(error: unknown, request: Request): CardError {
  if (error instanceof CardError) return error
  const returnValue = returnValueOf(error)
  if (returnValue !== undefined) return cardErrorOf(request.is, returnValue)
  return new CardError("CARD_FAILED", `${request.is}: ${messageOf(error)}`)
}

const MAX_DETAIL = 1_000

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "unknown"
}
