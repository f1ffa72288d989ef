import { codeOfIndexes } from "./codec.ts"
import { codeDigits, type Code } from "../code.ts"
import type { CryptoPort } from "../crypto-port.ts"
import { wordsIn, type TypedWord } from "./fold-word.ts"
import type { HandOverInput, HandOverOffer, HandOverProblem } from "./hand-over-input.ts"
import { oneWordOffers, orderOffers, textOf, unknownWordOffers } from "./word-offers.ts"
import type { WordList } from "./word-list.ts"
import { standingIn, wordsInput, wordSoFar, type Standing } from "./words-so-far.ts"

type Digest = Pick<CryptoPort, "digest">
const WORDS = 4
const OFFERS = 8
/** A text is searched for the code only so far; whoever pastes a book has not pasted a code. */
const SEARCHED_WORDS = 60

interface Fitting {
  readonly code: Code
  readonly list: WordList
  readonly indexes: readonly number[]
}

/** The field's text as trustwords. `lists` in the order of trying; a text that begins with "nl:" is in that language. */
export async function understandWords(
  crypto: Digest,
  text: string,
  lists: readonly WordList[],
): Promise<HandOverInput> {
  const named = /^\s*([a-z]{2}):/i.exec(text)
  const chosen = lists.filter((list) => list.language === named?.[1]?.toLowerCase())
  const rest = named !== null && chosen.length > 0 ? text.slice(named[0].length) : text
  const words = wordsIn(rest)
  const tried = chosen.length > 0 ? chosen : lists
  if (words.length === 0) return { is: "nothing" }
  if (words.length > WORDS) return tooMany(crypto, words, tried)
  const ended = /[^\p{L}\p{M}]$/u.test(rest)
  const standings = tried.map((list) => standingIn(list, words, ended))
  return words.length < WORDS ? partOf(text, words, standings) : await whole(crypto, text, words, standings)
}

function partOf(text: string, words: readonly TypedWord[], standings: readonly Standing[]): HandOverInput {
  const fitting = standings.filter(({ unknown }) => unknown.length === 0)
  if (fitting.length > 0) return wordsInput(text, words, fitting)
  return problemOf(words, standings, undefined, [])
}

async function whole(
  crypto: Digest,
  text: string,
  words: readonly TypedWord[],
  standings: readonly Standing[],
): Promise<HandOverInput> {
  const known = standings.filter(({ indexes }) => !indexes.includes(undefined))
  const right = await fittingOf(crypto, known)
  if (right.length > 0) return codeOf(right)
  const typing = standings.filter(({ unknown }) => unknown.length === 0)
  // The last word has not been finished where it is known in no list and begins a word in one.
  if (known.length === 0 && typing.length > 0) return wordsInput(text, words, typing)
  if (known.length > 0) return wrong(crypto, words, known)
  const best = bestOf(standings)
  const offers = best === undefined ? [] : await unknownWordOffers(crypto, words, best)
  return problemOf(words, standings, undefined, offers)
}

async function fittingOf(crypto: Digest, known: readonly Standing[]): Promise<readonly Fitting[]> {
  const fitting: Fitting[] = []
  for (const { list, indexes } of known) {
    const numbers = indexes.filter((index) => index !== undefined)
    const code = await codeOfIndexes(crypto, numbers)
    if (code !== undefined) fitting.push({ code, list, indexes: numbers })
  }
  return fitting
}

function codeOf(fitting: readonly Fitting[]): HandOverInput {
  const [first] = fitting
  const codes = new Set(fitting.map(({ code }) => codeDigits(code)))
  if (first !== undefined && codes.size === 1) {
    const { text } = textOf(first.list, first.indexes)
    return { is: "code", code: first.code, way: "words", shown: text, language: first.list.language }
  }
  const offers = fitting.map(({ list, indexes }): HandOverOffer => {
    const offer = textOf(list, indexes)
    return { ...offer, text: `${list.language}: ${offer.text}`, why: "language" }
  })
  const languages = fitting.map(({ list }) => list.language)
  return { is: "problem", problem: { is: "two-languages", languages }, words: [], offers }
}

async function wrong(
  crypto: Digest,
  words: readonly TypedWord[],
  known: readonly Standing[],
): Promise<HandOverInput> {
  const orders: HandOverOffer[] = []
  const changes: HandOverOffer[] = []
  for (const standing of known) {
    orders.push(...(await orderOffers(crypto, standing)))
    changes.push(...(await oneWordOffers(crypto, words, standing)))
  }
  const problem: HandOverProblem = orders.length > 0 ? { is: "wrong-order" } : { is: "check-failed" }
  return problemOf(words, known, problem, [...orders, ...changes])
}

/** The list that has most of the words; of two, the first. */
function bestOf(standings: readonly Standing[]): Standing | undefined {
  return standings.toSorted((a, b) => a.unknown.length - b.unknown.length)[0]
}

function problemOf(
  words: readonly TypedWord[],
  standings: readonly Standing[],
  problem: HandOverProblem | undefined,
  offers: readonly HandOverOffer[],
): HandOverInput {
  const best = bestOf(standings)
  if (best === undefined) return { is: "nothing" }
  return {
    is: "problem",
    problem: problem ?? unknownOrMixed(best, standings),
    words: words.map((word, place) => wordSoFar(best, word, place)),
    offers: offers.slice(0, OFFERS),
  }
}

function unknownOrMixed(best: Standing, standings: readonly Standing[]): HandOverProblem {
  const elsewhere = best.unknown.map((place) => standings.find(({ unknown }) => !unknown.includes(place)))
  const languages = elsewhere.filter((standing) => standing !== undefined).map(({ list }) => list.language)
  const { language } = best.list
  if (languages.length === best.unknown.length && best.unknown.length < best.indexes.length)
    return { is: "mixed-languages", languages: [...new Set([language, ...languages])] }
  return { is: "unknown-words", positions: best.unknown.map((place) => place + 1), language }
}

async function tooMany(
  crypto: Digest,
  words: readonly TypedWord[],
  lists: readonly WordList[],
): Promise<HandOverInput> {
  const offers = await findInText(crypto, words, lists)
  const problem: HandOverProblem = { is: "too-many-words", found: words.length }
  return { is: "problem", problem, words: [], offers: offers.slice(0, OFFERS) }
}

/** The four words in a row, of a longer text, that fit: also where somebody said a word twice. */
export async function findInText(
  crypto: Digest,
  words: readonly TypedWord[],
  lists: readonly WordList[],
): Promise<readonly HandOverOffer[]> {
  const searched = words.slice(0, SEARCHED_WORDS)
  const once = searched.filter((word, i) => word.folded !== searched[i - 1]?.folded)
  const offers = new Map<string, HandOverOffer>()
  for (const row of [searched, once].flatMap(rowsOfFour)) {
    const standings = lists.map((list) => standingIn(list, row, true))
    const known = standings.filter(({ unknown }) => unknown.length === 0)
    for (const { list, indexes } of await fittingOf(crypto, known)) {
      const offer = textOf(list, indexes)
      offers.set(offer.text, { ...offer, why: "found-in-text" })
    }
  }
  return [...offers.values()]
}

function rowsOfFour(words: readonly TypedWord[]): readonly (readonly TypedWord[])[] {
  return words.slice(0, Math.max(0, words.length - WORDS + 1)).map((_, i) => words.slice(i, i + WORDS))
}
