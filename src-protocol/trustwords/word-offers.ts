import { codeOfIndexes } from "./codec.ts"
import type { CryptoPort } from "../crypto-port.ts"
import type { TypedWord } from "./fold-word.ts"
import type { HandOverOffer } from "./hand-over-input.ts"
import { meantWords } from "./meant-words.ts"
import { wordAt, type WordList } from "./word-list.ts"

/** Four typed words in one list; an index is `undefined` where the list does not have the word. */
export interface ListReading {
  readonly list: WordList
  readonly indexes: readonly (number | undefined)[]
}

type Digest = Pick<CryptoPort, "digest">
/** More unknown words than this are not guessed at: there would be something that fits by accident. */
const GUESSED_WORDS = 2

/** The orders of four known words that make the check right. */
export async function orderOffers(crypto: Digest, reading: ListReading): Promise<readonly HandOverOffer[]> {
  const indexes = reading.indexes.filter((index) => index !== undefined)
  if (indexes.length < reading.indexes.length) return []
  const seen = new Set([indexes.join()])
  const offers: HandOverOffer[] = []
  for (const order of ordersOf(indexes)) {
    if (seen.has(order.join())) continue
    seen.add(order.join())
    if ((await codeOfIndexes(crypto, order)) !== undefined)
      offers.push({ ...textOf(reading.list, order), why: "order" })
  }
  return offers
}

function ordersOf(indexes: readonly number[]): readonly (readonly number[])[] {
  if (indexes.length <= 1) return [indexes]
  return indexes.flatMap((first, i) => ordersOf(indexes.toSpliced(i, 1)).map((rest) => [first, ...rest]))
}

/** The changes of one word, to one that sounds or looks like it, that make the check right; the likeliest first. */
export async function oneWordOffers(
  crypto: Digest,
  words: readonly TypedWord[],
  reading: ListReading,
): Promise<readonly HandOverOffer[]> {
  const indexes = reading.indexes.filter((index) => index !== undefined)
  const found: { cost: number; offer: HandOverOffer }[] = []
  for (const [place, word] of words.entries())
    for (const { index, cost, why } of meantWords(reading.list, word)) {
      if (index === indexes[place]) continue
      const changed = indexes.with(place, index)
      if ((await codeOfIndexes(crypto, changed)) === undefined) continue
      found.push({ cost, offer: { ...changeOf(reading.list, changed, place, word), why } })
    }
  return found.toSorted((a, b) => a.cost - b.cost).map(({ offer }) => offer)
}

/** The ways to read one or two unknown words that make the check right; the likeliest first. */
export async function unknownWordOffers(
  crypto: Digest,
  words: readonly TypedWord[],
  reading: ListReading,
): Promise<readonly HandOverOffer[]> {
  const unknown = reading.indexes.flatMap((index, place) => (index === undefined ? [place] : []))
  if (unknown.length === 0 || unknown.length > GUESSED_WORDS) return []
  const found: { cost: number; offer: HandOverOffer }[] = []
  for (const { indexes, cost, why } of filledIn(words, reading, unknown)) {
    if ((await codeOfIndexes(crypto, indexes)) === undefined) continue
    const place = unknown[0] ?? 0
    const word = words[place]
    const offer =
      unknown.length === 1 && word !== undefined
        ? changeOf(reading.list, indexes, place, word)
        : textOf(reading.list, indexes)
    found.push({ cost, offer: { ...offer, why } })
  }
  return found.toSorted((a, b) => a.cost - b.cost).map(({ offer }) => offer)
}

interface Filled {
  readonly indexes: readonly number[]
  readonly cost: number
  readonly why: "sound" | "spelling"
}

function filledIn(
  words: readonly TypedWord[],
  reading: ListReading,
  unknown: readonly number[],
): readonly Filled[] {
  let filled: readonly Filled[] = [
    { indexes: reading.indexes.map((index) => index ?? 0), cost: 0, why: "sound" },
  ]
  for (const place of unknown) {
    const word = words[place]
    const meant = word === undefined ? [] : meantWords(reading.list, word)
    filled = filled.flatMap((sofar) =>
      meant.map(({ index, cost, why }) => ({
        indexes: sofar.indexes.with(place, index),
        cost: sofar.cost + cost,
        why: why === "spelling" ? why : sofar.why,
      })),
    )
  }
  return filled
}

function changeOf(
  list: WordList,
  indexes: readonly number[],
  place: number,
  word: TypedWord,
): Omit<HandOverOffer, "why"> {
  const instead = wordAt(list, indexes[place] ?? 0)
  return { ...textOf(list, indexes), position: place + 1, typed: word.typed, instead }
}

/** The four whole words as an offer, without a reason. */
export function textOf(list: WordList, indexes: readonly number[]): Omit<HandOverOffer, "why"> {
  const text = indexes.map((index) => wordAt(list, index)).join(" ")
  return { text, shown: text, language: list.language }
}
