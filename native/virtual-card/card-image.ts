import { arrayField, objectOf, textField } from "./fields.ts"

/** The places of keys on the chip: sign-in, signature, deciphering (SP 800-73-4 part 1 §3.2). */
export const KEY_PLACES = ["9A", "9C", "9D"] as const
export type KeyPlace = (typeof KEY_PLACES)[number]

/** "always": the PIN right before each use of the key. */
export const PIN_POLICIES = ["never", "once", "always"] as const
export type PinPolicy = (typeof PIN_POLICIES)[number]

export interface CardImageKey {
  readonly place: KeyPlace
  /** PKCS #8 in PEM. */
  readonly privateKey: string
  /** DER in base64; a key may lack one. */
  readonly certificate?: string
  readonly pinPolicy: PinPolicy
}

/** All that makes a card this card and no other, as JSON. Test cards only: the keys and secrets are in it in clear. */
export interface CardImage {
  /** 16 bytes in hexadecimal: the card's GUID, of which OpenSC shows the last 8 as the serial number. */
  readonly id: string
  /** For people; the chip does not show it. */
  readonly label: string
  /** 6 to 8 digits each. */
  readonly pin: string
  readonly puk: string
  readonly keys: readonly CardImageKey[]
  /** In hexadecimal; absent: the one that says PIV. Another one makes the card unknown to whoever looks at it only. */
  readonly atr?: string
}

/** Reads a card image; throws TypeError naming the field that is not as it should be. */
export function parseCardImage(value: unknown): CardImage {
  const image = objectOf(value, "a card image")
  const atr = image["atr"] === undefined ? {} : { atr: textField(image, "atr", /^([0-9a-f]{2}){2,33}$/) }
  return {
    id: textField(image, "id", /^[0-9a-f]{32}$/),
    label: textField(image, "label", /^.*$/u),
    pin: textField(image, "pin", /^[0-9]{6,8}$/),
    puk: textField(image, "puk", /^[0-9]{6,8}$/),
    keys: arrayField(image, "keys").map(parseKey),
    ...atr,
  }
}

function parseKey(value: unknown): CardImageKey {
  const key = objectOf(value, "a key of a card image")
  const certificate =
    key["certificate"] === undefined
      ? {}
      : { certificate: textField(key, "certificate", /^[A-Za-z0-9+/]+=*$/) }
  const place = KEY_PLACES.find((known) => known === key["place"])
  const pinPolicy = PIN_POLICIES.find((known) => known === key["pinPolicy"])
  if (place === undefined || pinPolicy === undefined) throw new TypeError("a key has a place and a pinPolicy")
  return {
    place,
    pinPolicy,
    privateKey: textField(key, "privateKey", /^-----BEGIN PRIVATE KEY-----/),
    ...certificate,
  }
}
