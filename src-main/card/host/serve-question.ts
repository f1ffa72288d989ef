import { returnValueOf, type Pkcs11Module } from "../../../native/pkcs11/open-module.ts"
import { CardError, cardErrorOf } from "../card-error.ts"
import type { HostQuestion, HostResult, ModuleInfo, SignRequest } from "./host-messages.ts"
import { loadModule } from "./load-module.ts"
import { resetCard } from "./reset-card.ts"
import { signOnToken } from "./sign-on-token.ts"
import { readTokenCertificates } from "./token-certificates.ts"
import { findTokens, tokenAmong, unpadded, type FoundToken } from "./tokens.ts"

type Request = HostQuestion["request"]

/** pcscd asks a reader every 400 ms whether its card is there. */
const NOTICING_MILLISECONDS = 450

/** Answers questions about one module, which it loads at the first and lets go of after a signature and after a fault. */
export class ModuleServer {
  #module: Pkcs11Module | undefined

  /** Never throws: what goes wrong is in the answer. */
  serve({ modulePath, request }: HostQuestion): HostResult {
    try {
      return this.#answer(modulePath, request)
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

  #answer(path: string, request: Request): HostResult {
    switch (request.is) {
      case "probe":
        return { is: "probe", module: describeModule(this.#open(path)) }
      case "list-tokens":
        return { is: "list-tokens", tokens: this.#tokens(path).map(({ token }) => token) }
      case "read-certificates":
        this.#tokens(path)
        return {
          is: "read-certificates",
          token: readTokenCertificates(this.#open(path), request.tokenSerial),
        }
      case "sign":
        return this.#sign(path, request)
    }
  }

  #sign(path: string, request: SignRequest): HostResult {
    // Looked for once: each look costs the card two commands, and a clinician waits.
    const found = tokenAmong(this.#tokens(path), request.tokenSerial)
    try {
      const signed = signOnToken(this.#open(path), found, request)
      return { is: "sign", signed: { ...signed, cardReset: this.#closeCard(found) } }
    } catch (error) {
      // A signature can fail behind a login that did not. Of a card that went many modules only say that something failed.
      const reset = this.#closeCard(found)
      if (
        found.hardware &&
        asCardError(error, request).code === "CARD_FAILED" &&
        this.#isGone(found, reset)
      ) {
        throw new CardError("CARD_REMOVED", "the card went in the middle of it", { cause: error })
      }
      throw error
    }
  }

  /** The reader service takes a moment to notice that a card is no longer there. */
  #isGone(found: FoundToken, reset: ReturnType<typeof resetCard>): boolean {
    if (reset === "not-needed") return true
    Atomics.wait(
      new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)),
      0,
      0,
      NOTICING_MILLISECONDS,
    )
    return this.#closeCard(found) === "not-needed"
  }

  /** C_Logout does not reach every card, and nobody else may use what one PIN opened: the card itself is reset. */
  #closeCard({ hardware, token }: FoundToken): ReturnType<typeof resetCard> {
    this.close()
    return resetCard({ description: token.reader, hardware })
  }

  /**
   * The tokens, looked for once more with a fresh module where an old one finds none or fails: after a restart of the
   * reader service a module knows only that it has lost it. No PIN has been handed over when this is done.
   */
  #tokens(path: string): readonly FoundToken[] {
    const isOld = this.#module?.path === path
    try {
      const tokens = findTokens(this.#open(path))
      if (tokens.length > 0 || !isOld) return tokens
    } catch (error) {
      if (!isOld) throw error
    }
    this.close()
    return findTokens(this.#open(path))
  }

  #open(path: string): Pkcs11Module {
    if (this.#module !== undefined && this.#module.path !== path) this.close()
    this.#module ??= loadModule(path)
    return this.#module
  }
}

function describeModule({ functions }: Pkcs11Module): ModuleInfo {
  const { manufacturerID, libraryDescription, libraryVersion, cryptokiVersion } = functions.C_GetInfo()
  return {
    manufacturer: unpadded(manufacturerID),
    description: unpadded(libraryDescription),
    version: `${String(libraryVersion.major)}.${String(libraryVersion.minor)}`,
    cryptokiVersion: `${String(cryptokiVersion.major)}.${String(cryptokiVersion.minor)}`,
    slots: functions.C_GetSlotList(false).length,
  }
}

function failure(error: unknown, request: Request): HostResult {
  const known = asCardError(error, request)
  return {
    is: "failed",
    problem: known.code,
    detail: known.message.slice(0, MAX_DETAIL),
    ...(known.triesLeft === undefined ? {} : { triesLeft: known.triesLeft }),
  }
}

function asCardError(error: unknown, request: Request): CardError {
  if (error instanceof CardError) return error
  const returnValue = returnValueOf(error)
  if (returnValue !== undefined) return cardErrorOf(request.is, returnValue)
  return new CardError("CARD_FAILED", `${request.is}: ${messageOf(error)}`)
}

const MAX_DETAIL = 1_000

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "unknown"
}
