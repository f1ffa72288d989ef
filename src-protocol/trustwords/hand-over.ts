import { codeOfNumber, printCode } from "../code.ts"
import type { CryptoPort } from "../crypto-port.ts"
import { digitsInput, understandDigits } from "./digits-so-far.ts"
import { wordsIn } from "./fold-word.ts"
import type { HandOverInput, HandOverOffer } from "./hand-over-input.ts"
import { readScan } from "./scan-text.ts"
import { understandWords } from "./understand-words.ts"
import type { WordList } from "./word-list.ts"

type Digest = Pick<CryptoPort, "digest">
const CODE_DIGITS = 10

/**
 * What a field understands of the text that is in it now: digits, numbers in words, trustwords of any of `lists` (first
 * the one that the person chose), a pasted message, or what a scanner typed. It guesses nothing: whatever is not
 * exactly a code comes back as what there is so far, or as a problem with offers for a person to choose from.
 */
export async function understandHandOver(
  crypto: Digest,
  text: string,
  lists: readonly WordList[],
): Promise<HandOverInput> {
  const plain = withAsciiDigits(text)
  const scanned = readScan(plain)
  if (scanned !== undefined) return { is: "code", code: scanned, way: "scan", shown: printCode(scanned) }
  if (!/[\p{L}0-9]/u.test(plain)) return { is: "nothing" }
  const spoken = holdsSeveral(plain) ? undefined : understandDigits(plain)
  if (spoken !== undefined) return await preferWords(crypto, plain, lists, spoken)
  return holdsDigits(plain)
    ? await mixedText(crypto, plain, lists)
    : await understandWords(crypto, plain, lists)
}

/** Arabic, Persian and full-width digits as the ones that the code is made of. */
function withAsciiDigits(text: string): string {
  return text.replace(/[٠-٩۰-۹０-９]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
}

/** "six", "two" and "zero" are words of the English list too: four of them that fit are words, else they are digits. */
async function preferWords(
  crypto: Digest,
  text: string,
  lists: readonly WordList[],
  spoken: HandOverInput,
): Promise<HandOverInput> {
  if (/[0-9]/.test(text) || wordsIn(text).length !== 4) return spoken
  const words = await understandWords(crypto, text, lists)
  return words.is === "code" ? words : spoken
}

/** Whether two codes are in the text, so that "of" stands between codes and not between two ways to hear a digit. */
function holdsSeveral(text: string): boolean {
  return tenDigits(text).length > 1
}

/** Digits that are not just the numbering of the words ("1. appel 2. boom"). */
function holdsDigits(text: string): boolean {
  return (text.match(/[0-9]+/g) ?? []).some((digits) => digits.length > 1)
}

async function mixedText(crypto: Digest, text: string, lists: readonly WordList[]): Promise<HandOverInput> {
  const found = [...new Set(tenDigits(text))]
  const [digits, another] = found
  if (digits !== undefined && another === undefined) return await againstWords(crypto, text, lists, digits)
  if (digits !== undefined)
    return { is: "problem", problem: { is: "several-codes" }, words: [], offers: found.map(offerOf) }
  if (/[0-9]\p{L}|\p{L}[0-9]/u.test(text)) return letterBetween(text)
  return digitsInput(text.replace(/[^0-9]/g, ""))
}

/** Each row of ten digits that has no letter in it, and no more than separators. */
function tenDigits(text: string): readonly string[] {
  const rows = text.match(/(?<![0-9])(?:[0-9]{6}-[0-9]{4}(?![0-9])|[0-9](?:[\s.\-–/]{0,3}[0-9])*)/gu) ?? []
  return rows
    .filter((row) => !joinsLetters(text, row))
    .map((row) => row.replace(/[^0-9]/g, ""))
    .filter((row) => row.length === CODE_DIGITS)
}

/** Whether a letter stands right between this row and another digit: a slip of the finger, and no separator. */
function joinsLetters(text: string, row: string): boolean {
  const at = text.indexOf(row)
  return /[0-9]\p{L}+$/u.test(text.slice(0, at)) || /^\p{L}+[0-9]/u.test(text.slice(at + row.length))
}

function offerOf(digits: string): HandOverOffer {
  const shown = printCode(codeOfNumber(Number(digits)))
  return { text: shown, shown, why: "found-in-text" }
}

async function againstWords(
  crypto: Digest,
  text: string,
  lists: readonly WordList[],
  digits: string,
): Promise<HandOverInput> {
  const input = digitsInput(digits)
  if (wordsIn(text).length !== 4 || input.is !== "code") return input
  const words = await understandWords(crypto, text.replace(/[0-9]/g, " "), lists)
  if (words.is !== "code" || printCode(words.code) === input.shown) return input
  const other = { text: words.shown, shown: words.shown, why: "found-in-text" } as const
  return { is: "problem", problem: { is: "words-and-digits" }, words: [], offers: [offerOf(digits), other] }
}

const LOOK_ALIKE: Readonly<Record<string, string>> = { o: "0", i: "1", l: "1", z: "2", s: "5", b: "8" }

function letterBetween(text: string): HandOverInput {
  const meant = text.toLowerCase().replace(/[oilzsb]/g, (letter) => LOOK_ALIKE[letter] ?? letter)
  const digits = meant.replace(/[^0-9\p{L}]/gu, "")
  const offers = /^[0-9]{10}$/.test(digits) ? [{ ...offerOf(digits), why: "spelling" as const }] : []
  return { is: "problem", problem: { is: "letter-between-digits" }, words: [], offers }
}
