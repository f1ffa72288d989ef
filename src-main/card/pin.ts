import { CardError } from "./card-error.ts"

/** No card that we know takes fewer or more; a UZI pass takes 6 to 8 digits or letters, and the token says its own bounds. */
const SHORTEST = 4
const LONGEST = 64

/**
 * Throws `PIN_LENGTH` or `PIN_CHARACTERS` for what cannot be a PIN, so that no try of the card is spent on it.
 * An empty PIN must never reach a module: OpenSC takes length 0 for "use the PIN pad".
 */
export function checkPin(
  pin: Uint8Array,
  bounds: { readonly shortest: number; readonly longest: number } = ANY,
): void {
  const shortest = Math.max(bounds.shortest, SHORTEST)
  // A token that says 0 does not know its bounds.
  const longest = bounds.longest === 0 ? LONGEST : Math.min(bounds.longest, LONGEST)
  if (pin.length < shortest || pin.length > longest) {
    throw new CardError(
      "PIN_LENGTH",
      `a PIN of this card has ${String(shortest)} to ${String(longest)} characters`,
    )
  }
  if (pin.some((byte) => byte < 0x21 || byte > 0x7e)) {
    throw new CardError(
      "PIN_CHARACTERS",
      "a PIN holds digits and letters, no blanks and no control characters",
    )
  }
}

const ANY = { shortest: SHORTEST, longest: LONGEST }

/** Runs `use` with the PIN and overwrites it afterwards, whatever happens: the PIN lives for one call. */
export async function withPin<T>(pin: Uint8Array | undefined, use: () => Promise<T>): Promise<T> {
  try {
    return await use()
  } finally {
    pin?.fill(0)
  }
}
