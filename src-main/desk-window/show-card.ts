import { identifySigner, type SignerIdentity } from "../../src-protocol/signer-identity.ts"
import type { CryptoPort } from "../../src-protocol/crypto-port.ts"
import type { Instant } from "../../src-protocol/instant.ts"
import { professionOf } from "../../src-protocol/uzi/professions.ts"
import type { CardView, DeskLanguage, HolderView, PinView } from "../../src-preload/desk-state.ts"
import type { Token } from "../card/host/host-messages.ts"
import type { Card } from "../card/read-card.ts"
import type { DeskProblem } from "../desk-problem.ts"
import { showProblem } from "./show-problem.ts"

/** A card in a reader, with the holder that its certificate claims. */
export interface KnownCard {
  readonly token: Token
  readonly holder?: SignerIdentity
  /** Why nobody can sign in with it. */
  readonly problem?: DeskProblem
}

/** Whom the card's certificate names: the signature certificate's holder, else that of the one for signing in. */
export async function holderOf(
  crypto: Pick<CryptoPort, "digest">,
  { certificates }: Card,
): Promise<SignerIdentity | undefined> {
  const known = certificates.signature ?? certificates.authentication
  return known === undefined ? undefined : await identifySigner(crypto, known.certificate)
}

export function showCard(
  { token, holder, problem }: KnownCard,
  language: DeskLanguage,
  at: Instant,
): CardView {
  const lockedOrNot = token.pinState === "locked" ? pinLocked : problem
  return {
    id: token.serial,
    reader: token.reader,
    label: token.label,
    pin: showPin(token),
    ...(holder === undefined ? {} : { holder: showHolder(holder, token.serial, language) }),
    ...(lockedOrNot === undefined ? {} : { problem: showProblem(lockedOrNot, language, at) }),
  }
}

/** A card of which nothing is known yet but the reader that it is in. */
export function showCardBeingRead(reader: string): CardView {
  const pin = { pinPad: false, shortest: 0, longest: 0, state: "ok" } as const
  return { id: `being read in ${reader}`, reader, label: reader, pin }
}

const pinLocked: DeskProblem = {
  code: "PIN_LOCKED",
  retriable: false,
  detail: "the token says that its PIN is locked",
}

/** `triesLeft`: what the last try was told, where the card tells. */
export function showPin({ pin, pinState }: Token, triesLeft?: number): PinView {
  const known = pinState === "locked" ? 0 : pinState === "final-try" ? 1 : triesLeft
  return {
    pinPad: pin.pinPad,
    shortest: pin.shortest,
    longest: pin.longest,
    state: triesLeft === 1 && pinState !== "locked" ? "final-try" : pinState,
    ...(known === undefined ? {} : { triesLeft: known }),
  }
}

const SHOWN_OF_NUMBER = 4

export function showHolder(
  { name, roleCode, profession, organisation, uziNumber, subscriberNumber, notAfter }: SignerIdentity,
  cardNumber: string,
  language: DeskLanguage,
): HolderView {
  const known = professionOf(roleCode)
  return {
    name,
    profession: language === "en" ? (known?.english ?? profession) : profession,
    ...(organisation === undefined ? {} : { organisation }),
    uziNumber,
    subscriberNumber,
    cardNumber: cardNumber.slice(-SHOWN_OF_NUMBER),
    validUntil: notAfter,
  }
}
