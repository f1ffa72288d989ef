import type { Handle, TokenInfo } from "pkcs11js"
import { FLAGS } from "../../../native/pkcs11/constants.ts"
import type { Pkcs11Module } from "../../../native/pkcs11/open-module.ts"
import { CardError } from "../card-error.ts"
import type { PinState, Token } from "./host-messages.ts"

export interface FoundToken {
  readonly slot: Handle
  /** CKF_HW_SLOT of the slot. */
  readonly hardware: boolean
  readonly token: Token
}

/** Every initialised token that is in a reader now. */
export function findTokens(module: Pkcs11Module): readonly FoundToken[] {
  // C_GetSlotList first: straight after a swap C_GetTokenInfo can still tell the label of the card before (OpenSC).
  const slots = module.functions.C_GetSlotList(true)
  return slots.flatMap((slot) => {
    const { slotDescription, flags } = module.functions.C_GetSlotInfo(slot)
    const hardware = (flags & FLAGS.hardwareSlot) !== 0
    const token = module.functions.C_GetTokenInfo(slot)
    return isInitialised(token) ? [{ slot, hardware, token: describeToken(token, slotDescription) }] : []
  })
}

/** As `tokenAmong`, of the tokens that are in a reader now. */
export function findToken(module: Pkcs11Module, serial: string): FoundToken {
  return tokenAmong(findTokens(module), serial)
}

/** Throws `NO_TOKEN` where there is no card at all and `TOKEN_NOT_FOUND` where there is another one. */
export function tokenAmong(tokens: readonly FoundToken[], serial: string): FoundToken {
  const found = tokens.find(({ token }) => token.serial === serial)
  if (found !== undefined) return found
  if (tokens.length === 0) throw new CardError("NO_TOKEN", "no reader holds a card")
  throw new CardError("TOKEN_NOT_FOUND", "the card that was chosen is not in a reader; another one is")
}

function isInitialised(token: TokenInfo): boolean {
  return (token.flags & FLAGS.tokenInitialised) !== 0
}

function describeToken(token: TokenInfo, reader: string): Token {
  const pin = pinState(token)
  return {
    serial: unpadded(token.serialNumber),
    label: unpadded(token.label),
    manufacturer: unpadded(token.manufacturerID),
    model: unpadded(token.model),
    reader: unpadded(reader),
    pin,
    pinState: whatToShow(pin),
  }
}

function pinState({ flags, minPinLen, maxPinLen }: TokenInfo): PinState {
  return {
    initialised: (flags & FLAGS.pinInitialised) !== 0,
    countLow: (flags & FLAGS.pinCountLow) !== 0,
    finalTry: (flags & FLAGS.pinFinalTry) !== 0,
    locked: (flags & FLAGS.pinLocked) !== 0,
    shortest: minPinLen,
    longest: maxPinLen,
    pinPad: (flags & FLAGS.pinPad) !== 0,
  }
}

function whatToShow({ locked, finalTry, countLow }: PinState): Token["pinState"] {
  if (locked) return "locked"
  if (finalTry) return "final-try"
  return countLow ? "low" : "ok"
}

/** PKCS #11 fills its texts with blanks; some modules with zero bytes. */
export function unpadded(text: string): string {
  return text.replace(/[\0 ]+$/, "")
}
