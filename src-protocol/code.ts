import type { CryptoPort } from "./crypto-port.ts"
import { ProtocolError } from "./errors.ts"
import { drawBelow } from "./random-number.ts"

/** What the patient gives to the clinician: ten decimal digits, of which leading zeros count. */
export interface Code {
  /** The first six digits: under them the backend keeps the disclosure. */
  readonly reference: string
  /** The last four digits: they reach the backend only inside what the clinician signed. */
  readonly confirmation: string
}

const REFERENCE_DIGITS = 6
const CODE_DIGITS = 10
export const CODE_COUNT = 10 ** CODE_DIGITS

/** A new code; every one of the 10^10 is equally likely. */
export function drawCode(crypto: Pick<CryptoPort, "randomBytes">): Code {
  return codeOfNumber(drawBelow(crypto, CODE_COUNT))
}

/** The code whose ten digits are `number`, with zeros before it; throws `malformed-code` from 10^10. */
export function codeOfNumber(number: number): Code {
  const digits = Number.isInteger(number) && number >= 0 ? String(number).padStart(CODE_DIGITS, "0") : ""
  if (digits.length !== CODE_DIGITS)
    throw new ProtocolError("malformed-code", `${number} is not a number of ten digits`)
  return splitDigits(digits)
}

/**
 * The code in a text that a person typed or pasted: digits with spaces, hyphens, dots or words around and between them.
 * All digits of the text together must be ten, or else exactly one stretch of it without letters must have ten
 * ("code 123456-7890, valid until 14:30"). A letter right between two digits is a slip of the finger, and no separator.
 * Throws `malformed-code` with a message that says what is missing.
 */
export function parseCode(text: string): Code {
  const all = digitsIn(text)
  if (all.length === CODE_DIGITS && !/[0-9]\p{L}+[0-9]/u.test(text)) return splitDigits(all)
  const stretches = text.split(/\p{L}+/u).map(digitsIn)
  const [only, another] = stretches.filter((digits) => digits.length === CODE_DIGITS)
  if (only !== undefined && another === undefined) return splitDigits(only)
  throw new ProtocolError("malformed-code", whatIsMissing(all.length, only !== undefined))
}

function digitsIn(text: string): string {
  return text.replace(/[^0-9]/g, "")
}

function splitDigits(digits: string): Code {
  return { reference: digits.slice(0, REFERENCE_DIGITS), confirmation: digits.slice(REFERENCE_DIGITS) }
}

function whatIsMissing(found: number, several: boolean): string {
  const counted = `a code has ${CODE_DIGITS} digits, this has ${found}`
  if (several) return `${counted}: it holds more than one code`
  if (found < CODE_DIGITS) return `${counted}: ${CODE_DIGITS - found} missing`
  if (found > CODE_DIGITS) return `${counted}: ${found - CODE_DIGITS} too many`
  return `${counted}, with a letter between them`
}

/** `123456-7890`, as it stands on screens and in the statement; throws `malformed-code`. */
export function printCode(code: Code): string {
  checkCode(code)
  return `${code.reference}-${code.confirmation}`
}

/** The ten digits without anything between, as they are hashed and stored; throws `malformed-code`. */
export function codeDigits(code: Code): string {
  checkCode(code)
  return code.reference + code.confirmation
}

function checkCode(code: Code): void {
  if (!/^[0-9]{6}$/.test(code.reference) || !/^[0-9]{4}$/.test(code.confirmation))
    throw new ProtocolError("malformed-code", "a code is six and four digits")
}
