import { returnValueOf, type Pkcs11Module } from "../../../native/pkcs11/open-module.ts"
import { CardError, cardErrorOf, type CardProblem } from "../card-error.ts"
import type { HostQuestion, HostResult, ModuleInfo, SignRequest } from "./host-messages.ts"
import { loadModule } from "./load-module.ts"
import type { TokenPlace } from "../reader-of-token.ts"
import { resetCard, type CardReset } from "./reset-card.ts"
import { holdsChosen, signInSession } from "./sign-in-session.ts"
import { readTokenCertificates } from "./token-certificates.ts"
import { closeSession, openSession, type TokenSession } from "./token-session.ts"
import { findTokens, tokenAmong, unpadded, type FoundToken } from "./tokens.ts"

type Request = HostQuestion["request"]

const LOOKS_OF_A_CARD_THAT_WENT: ReadonlySet<CardProblem> = new Set<CardProblem>([
  "CARD_FAILED",
  "WRONG_CERTIFICATE",
  "NO_PRIVATE_KEY",
])
/** pcscd asks a reader every 400 ms whether its card is there. */
const NOTICING_MILLISECONDS = 450

/** Answers questions about one module, which it loads at the first and lets go of after a signature and after a fault. */
export class ModuleServer {
  #module: Pkcs11Module | undefined
  /** The tokens as they were last looked at by the module that is loaded. */
  #seen: readonly FoundToken[] = []
  /** The session of a signature that was answered. */
  #toClose: TokenSession | undefined

  /** Never throws: what goes wrong is in the answer. */
  serve({ modulePath, request }: HostQuestion): HostResult {
    this.closeCard()
    try {
      return this.#answer(modulePath, request)
    } catch (error) {
      this.close()
      return failure(error, request)
    } finally {
      if (request.is === "sign") request.pin?.fill(0)
    }
  }

  /** Closes what the last signature opened, which is answered by then, and has the card forget its PIN; never throws. */
  closeCard(): void {
    const session = this.#toClose
    this.#toClose = undefined
    if (session !== undefined) this.#closeCard(session)
  }

  /** C_Finalize: with it the card can be reset, and after a fault of the reader service a module begins anew. */
  close(): void {
    const module = this.#module
    this.#module = undefined
    this.#seen = []
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
      case "close-card":
        resetCard({ description: request.slotDescription, hardware: false })
        return { is: "close-card" }
    }
  }

  #sign(path: string, request: SignRequest): HostResult {
    const session = this.#sessionWith(path, request)
    try {
      const signed = signInSession(session, request)
      this.#toClose = session
      return { is: "sign", signed }
    } catch (error) {
      // A signature can fail behind a login that did not. Of a card that went many modules only say that something failed,
      // or show nothing of what was on it.
      const reset = this.#closeCard(session)
      const { found } = session
      if (
        found.hardware &&
        LOOKS_OF_A_CARD_THAT_WENT.has(asCardError(error, request).code) &&
        this.#isGone(found, reset)
      ) {
        throw new CardError("CARD_REMOVED", "the card went in the middle of it", { cause: error })
      }
      throw error
    }
  }

  /**
   * A session with the token that holds the chosen certificate. One that the module showed at the last look is not asked
   * about its PIN again: that costs the card two commands, and a clinician waits. Another card in the same slot shows
   * other certificates; then, and where nothing was looked at yet, the tokens are looked for anew.
   */
  #sessionWith(path: string, request: SignRequest): TokenSession {
    const module = this.#open(path)
    const known = this.#seen.find(({ token }) => token.serial === request.tokenSerial)
    const session = known === undefined ? undefined : sessionIfStill(module, known, request)
    if (session !== undefined) return session
    const found = tokenAmong(this.#tokens(path), request.tokenSerial)
    return openSession(this.#open(path), found)
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
    return resetCard(placeOf(found)) === "not-needed"
  }

  /** C_Logout does not reach every card, and nobody else may use what one PIN opened: the card itself is reset. */
  #closeCard(session: TokenSession): CardReset {
    closeSession(session)
    this.close()
    return resetCard(placeOf(session.found))
  }

  /**
   * The tokens, looked for once more with a fresh module where an old one finds none or fails: after a restart of the
   * reader service a module knows only that it has lost it. No PIN has been handed over when this is done.
   */
  #tokens(path: string): readonly FoundToken[] {
    this.#seen = this.#look(path)
    return this.#seen
  }

  #look(path: string): readonly FoundToken[] {
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

function sessionIfStill(
  module: Pkcs11Module,
  known: FoundToken,
  request: SignRequest,
): TokenSession | undefined {
  // A locked PIN may have been unlocked since.
  if (known.token.pin.locked) return undefined
  let session: TokenSession | undefined
  try {
    // Asked first: with it the module notices what went and what came (OpenSC).
    if (!module.functions.C_GetSlotList(true).some((slot) => slot.equals(known.slot))) return undefined
    session = openSession(module, known)
    if (holdsChosen(session, request)) return session
  } catch {
    // No PIN was handed over: a fresh look tells what is the matter.
  }
  if (session !== undefined) closeSession(session)
  return undefined
}

function placeOf({ hardware, token }: FoundToken): TokenPlace {
  return { description: token.reader, hardware }
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
