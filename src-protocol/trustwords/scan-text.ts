import { codeDigits, codeOfNumber, type Code } from "../code.ts"

const NAME = "VRIJGAVE"
/** The digits' keys, unshifted, on a Belgian and on a French keyboard: what a scanner types that takes it for a US one. */
const UNSHIFTED = ["&é\"'(§è!çà", "&é\"'(-è_çà"].map((keys) => Array.from(keys))

/**
 * What the QR code holds: `VRIJGAVE 4071928356`. Capitals, digits and the space are all in QR's alphanumeric mode, so it
 * is a small picture (version 1); and they lie on the same keys of most keyboards, for a scanner types as a keyboard.
 * Throws `malformed-code`.
 */
export function scanText(code: Code): string {
  return `${NAME} ${codeDigits(code)}`
}

/** The code in what a scanner typed, with whatever it is set to put before and after it; else `undefined`. */
export function readScan(text: string): Code | undefined {
  // On a French keyboard the key of A gives Q, and in capitals lock the digits come out as they should.
  const scanned = /VRIJG[AQ]VE\s([^\s]{10})(?![0-9])/iu.exec(text)?.[1]
  if (scanned === undefined) return undefined
  if (/^[0-9]{10}$/.test(scanned)) return codeOfNumber(Number(scanned))
  const found = UNSHIFTED.map((keys) => digitsBy(keys, scanned)).find((digits) => digits !== undefined)
  return found === undefined ? undefined : codeOfNumber(Number(found))
}

function digitsBy(keys: readonly string[], scanned: string): string | undefined {
  const digits = Array.from(scanned).map((key) => keys.indexOf(key))
  return digits.includes(-1) ? undefined : digits.map((key) => (key + 1) % 10).join("")
}
