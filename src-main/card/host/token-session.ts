import type { Handle, Template } from "pkcs11js"
import { FLAGS, USER } from "../../../native/pkcs11/constants.ts"
import type { Pkcs11Module } from "../../../native/pkcs11/open-module.ts"
import { CardError, loginErrorOf, RETURN_ALREADY_LOGGED_IN, RETURN_OK } from "../card-error.ts"
import { checkPin } from "../pin.ts"
import { findToken, type FoundToken } from "./tokens.ts"

/** A session with one token. */
export interface TokenSession {
  readonly module: Pkcs11Module
  readonly found: FoundToken
  readonly handle: Handle
}

/** Opens a read-only session with a token. */
export function openSession(module: Pkcs11Module, found: FoundToken): TokenSession {
  return { module, found, handle: module.functions.C_OpenSession(found.slot, FLAGS.serialSession) }
}

/** Logs out and closes the session; never throws, for a card that was pulled out answers neither. */
export function closeSession({ module, handle }: TokenSession): void {
  quietly(() => {
    module.functions.C_Logout(handle)
  })
  quietly(() => {
    module.functions.C_CloseSession(handle)
  })
}

/** Runs `use` in a session of its own, which is closed however it ends. */
export function withSession<T>(
  module: Pkcs11Module,
  found: FoundToken,
  use: (session: TokenSession) => T,
): T {
  const session = openSession(module, found)
  try {
    return use(session)
  } finally {
    closeSession(session)
  }
}

function quietly(action: () => void): void {
  try {
    action()
  } catch {
    return
  }
}

/**
 * Logs in once, by PIN or PIN pad; never tries twice. Throws `PIN_LOCKED`, `PIN_LENGTH`, `PIN_WRONG` and the like.
 * `context` is the second login that a key with CKA_ALWAYS_AUTHENTICATE wants, between C_SignInit and C_Sign.
 */
export function logIn(session: TokenSession, pin: Uint8Array | undefined, kind: "user" | "context"): void {
  const { pin: state } = session.found.token
  if (state.locked)
    throw new CardError("PIN_LOCKED", "the token says that its PIN is locked", { triesLeft: 0 })
  if (!state.initialised) throw new CardError("TOKEN_NOT_ACTIVATED", "the token says that it has no PIN yet")
  if (!state.pinPad) checkPin(pin ?? new Uint8Array(), state)
  // With a PIN pad the PIN is typed there: PKCS #11 asks for NULL, whatever else we were handed.
  const returnValue = login(session, state.pinPad ? undefined : pin, kind)
  if (returnValue !== RETURN_OK) throw loginFailure(session, returnValue)
}

function login(session: TokenSession, pin: Uint8Array | undefined, kind: "user" | "context"): number {
  const { module, handle } = session
  const user = kind === "user" ? USER.normal : USER.contextSpecific
  const returnValue = module.login(handle, user, pin)
  if (returnValue !== RETURN_ALREADY_LOGGED_IN || kind === "context") return returnValue
  // Somebody's login was left over and this PIN was not looked at: without a PIN of its own there is no signature.
  module.functions.C_Logout(handle)
  return module.login(handle, user, pin)
}

function loginFailure(session: TokenSession, returnValue: number): CardError {
  const state = stateAfterFailure(session)
  // The try that locks a PIN still answers CKR_PIN_INCORRECT; only the flags tell.
  if (state?.locked === true) {
    return new CardError("PIN_LOCKED", "C_Login failed and the PIN is locked now", { triesLeft: 0 })
  }
  return loginErrorOf(returnValue, state?.finalTry === true ? { triesLeft: 1 } : {})
}

function stateAfterFailure({ module, found }: TokenSession): FoundToken["token"]["pin"] | undefined {
  try {
    return findToken(module, found.token.serial).token.pin
  } catch {
    return undefined
  }
}

/** All objects that match the template. */
export function findObjects({ module, handle }: TokenSession, template: Template): readonly Handle[] {
  const objects: Handle[] = []
  module.functions.C_FindObjectsInit(handle, template)
  try {
    for (let object = next(module, handle); object !== undefined; object = next(module, handle))
      objects.push(object)
  } finally {
    module.functions.C_FindObjectsFinal(handle)
  }
  return objects
}

function next(module: Pkcs11Module, session: Handle): Handle | undefined {
  return module.functions.C_FindObjects(session) ?? undefined
}

/**
 * One attribute, or `undefined` where the object has none or keeps it to itself. One at a time: a call for several
 * fails as a whole when one of them is sensitive.
 */
export function attributeOf(
  { module, handle }: TokenSession,
  object: Handle,
  type: number,
): Uint8Array | undefined {
  try {
    const value = module.functions.C_GetAttributeValue(handle, object, [{ type }])[0]?.value
    return value instanceof Uint8Array ? Uint8Array.from(value) : undefined
  } catch {
    return undefined
  }
}
