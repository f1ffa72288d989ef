import type { Token } from "../card/host/host-messages.ts"
import { DeskError, ownProblem } from "../desk-problem.ts"

export interface PinGiven {
  readonly pin: Uint8Array | undefined
  readonly lastTryConfirmed: boolean
  /** What the last wrong PIN left, where the card told. */
  readonly triesLeft: number | undefined
}

/**
 * Throws before any try of the card is spent: `LAST_TRY` where another wrong PIN would lock the card and nobody said twice
 * that they are sure, `PIN_MISSING` where one must be typed here and was not. A PIN that is typed on the reader is not taken.
 */
export function checkPinGiven(
  token: Token,
  { pin, lastTryConfirmed, triesLeft }: PinGiven,
): Uint8Array | undefined {
  const isLast = token.pinState === "final-try" || triesLeft === 1
  if (isLast && !lastTryConfirmed)
    throw new DeskError(
      ownProblem("LAST_TRY", "the last try was not confirmed", { retriable: true, triesLeft: 1 }),
    )
  if (token.pin.pinPad) return undefined
  if (pin === undefined || pin.length === 0)
    throw new DeskError(ownProblem("PIN_MISSING", "no PIN was typed", { retriable: true }))
  return pin
}
