import { asciiBytes } from "../bytes.ts"
import { CODE_COUNT, codeDigits, codeOfNumber, type Code } from "../code.ts"
import type { CryptoPort } from "../crypto-port.ts"
import { confusedWith, findWord, nearestWords } from "./find-word.ts"
import { wordsIn, type TypedWord } from "./fold-word.ts"
import { wordAt, WORD_COUNT, type WordList } from "./word-list.ts"

/** What became of four words that a person typed. Only `code` is an answer; the others say what to ask. */
export type DecodedTrustwords =
  | { readonly is: "code"; readonly code: Code; readonly language: string }
  | { readonly is: "wrong-count"; readonly found: number }
  /** In the language that fits best: each word that it does not have, as typed, and those that look like it. */
  | { readonly is: "unknown-words"; readonly unknown: readonly UnknownWord[] }
  /** All words exist, and one of them is wrong. Offers are for the person to choose from; none is ever taken. */
  | { readonly is: "check-failed"; readonly offers: readonly Offer[] }
  | { readonly is: "two-languages"; readonly languages: readonly string[] }

export interface UnknownWord {
  readonly word: string
  readonly nearest: readonly string[]
}

export interface Offer {
  /** 1 to 4, as people count. */
  readonly position: number
  /** The word that would make the four right. */
  readonly instead: string
  /** The word that was typed there. */
  readonly word: string
}

const WORDS = 4
const CHECK_VALUES = 1_024
const LABEL = "trustwords1:"

/** `n ‖ check` in four words of eleven bits: the code as a number, and ten bits of a hash. Throws `malformed-code`. */
export async function encodeTrustwords(
  crypto: Pick<CryptoPort, "digest">,
  code: Code,
  list: WordList,
): Promise<readonly [string, string, string, string]> {
  const number = Number(codeDigits(code)) * CHECK_VALUES + (await checkOf(crypto, code))
  const word = (place: number) => wordAt(list, Math.floor(number / WORD_COUNT ** place) % WORD_COUNT)
  return [word(3), word(2), word(1), word(0)]
}

async function checkOf(crypto: Pick<CryptoPort, "digest">, code: Code): Promise<number> {
  const digest = await crypto.digest("sha-256", asciiBytes(LABEL + codeDigits(code)))
  return new DataView(digest.buffer, digest.byteOffset).getUint16(0) >>> 6
}

/** The code that four indexes stand for, or `undefined` where they are no code or their check is wrong. */
export async function codeOfIndexes(
  crypto: Pick<CryptoPort, "digest">,
  indexes: readonly number[],
): Promise<Code | undefined> {
  const number = indexes.reduce((all, index) => all * WORD_COUNT + index, 0)
  const digits = Math.floor(number / CHECK_VALUES)
  if (digits >= CODE_COUNT) return undefined
  const code = codeOfNumber(digits)
  return (await checkOf(crypto, code)) === number % CHECK_VALUES ? code : undefined
}

/** A list that has all four typed words. */
interface Reading {
  readonly list: WordList
  readonly indexes: readonly number[]
  readonly code: Code | undefined
}

/**
 * Reads four trustwords as forgivingly as protocol.md says. `lists` are tried in their order, the language of the app
 * first; a list fits when it has all four words and their check is right. Where two fit with different codes, it asks.
 */
export async function decodeTrustwords(
  crypto: Pick<CryptoPort, "digest">,
  text: string,
  lists: readonly WordList[],
): Promise<DecodedTrustwords> {
  const words = wordsIn(text)
  if (words.length !== WORDS) return { is: "wrong-count", found: words.length }
  const readings = await readIn(crypto, words, lists)
  const [first, ...others] = readings.filter((reading) => reading.code !== undefined)
  if (first?.code !== undefined) return choose(first.code, first, others)
  if (readings.length === 0) return { is: "unknown-words", unknown: unknownWords(words, lists) }
  const offers = await Promise.all(readings.map((reading) => offersFor(crypto, words, reading)))
  return { is: "check-failed", offers: offers.flat() }
}

async function readIn(
  crypto: Pick<CryptoPort, "digest">,
  words: readonly TypedWord[],
  lists: readonly WordList[],
): Promise<readonly Reading[]> {
  const readings: Reading[] = []
  for (const list of lists) {
    const indexes = words.map((word) => findWord(list, word)).filter((index) => index !== undefined)
    if (indexes.length === WORDS) readings.push({ list, indexes, code: await codeOfIndexes(crypto, indexes) })
  }
  return readings
}

function choose(code: Code, first: Reading, others: readonly Reading[]): DecodedTrustwords {
  const same = (other: Reading) => other.code !== undefined && codeDigits(other.code) === codeDigits(code)
  if (others.every(same)) return { is: "code", code, language: first.list.language }
  return { is: "two-languages", languages: [first, ...others].map((reading) => reading.list.language) }
}

/** Of the list that has most of the words, or else comes nearest to them. */
function unknownWords(words: readonly TypedWord[], lists: readonly WordList[]): readonly UnknownWord[] {
  const attempts = lists.map((list) => {
    const unknown = words.filter((word) => findWord(list, word) === undefined)
    const nearest = unknown.map((word) => ({ word: word.typed, ...nearestWords(list, word) }))
    return { nearest, distance: nearest.reduce((sum, near) => sum + near.distance, 0) }
  })
  attempts.sort((a, b) => a.nearest.length - b.nearest.length || a.distance - b.distance)
  return (attempts[0]?.nearest ?? []).map((near) => ({ word: near.word, nearest: near.words }))
}

async function offersFor(
  crypto: Pick<CryptoPort, "digest">,
  words: readonly TypedWord[],
  reading: Reading,
): Promise<readonly Offer[]> {
  const offers: Offer[] = []
  for (const [place, word] of words.entries()) {
    for (const index of confusedWith(reading.list, word, reading.indexes[place] ?? 0)) {
      const changed = reading.indexes.with(place, index)
      if ((await codeOfIndexes(crypto, changed)) === undefined) continue
      offers.push({ position: place + 1, instead: wordAt(reading.list, index), word: word.typed })
    }
  }
  return offers
}
