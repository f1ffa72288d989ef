import { findWord, foldedWords } from "./find-word.ts"
import type { TypedWord } from "./fold-word.ts"
import type { Completion, HandOverInput, WordSoFar } from "./hand-over-input.ts"
import { meantWords } from "./meant-words.ts"
import { wordAt, type WordList } from "./word-list.ts"

const WORDS = 4
const COMPLETIONS = 6
const NEAREST = 5

/** How the typed words stand in one list. */
export interface Standing {
  readonly list: WordList
  readonly indexes: readonly (number | undefined)[]
  /** Whether the last word is still being typed and some word begins with it. */
  readonly begins: boolean
  readonly unknown: readonly number[]
}

export function standingIn(list: WordList, words: readonly TypedWord[], ended: boolean): Standing {
  const indexes = words.map((word) => findWord(list, word))
  const last = words.at(-1)
  const begins = !ended && last !== undefined && beginnings(list, last.folded).length > 0
  const unknown = indexes.flatMap((index, place) =>
    index === undefined && !(begins && place === words.length - 1) ? [place] : [],
  )
  return { list, indexes, begins, unknown }
}

function beginnings(list: WordList, folded: string): readonly number[] {
  return [...foldedWords(list).entries()]
    .filter(([, word]) => word.startsWith(folded))
    .map(([index]) => index)
}

/** Fewer than four words, or a fourth that is still being typed; `fitting` are the lists in which they stand. */
export function wordsInput(
  text: string,
  words: readonly TypedWord[],
  fitting: readonly Standing[],
): HandOverInput {
  const [first] = fitting
  return {
    is: "words",
    words: first === undefined ? [] : words.map((word, place) => wordSoFar(first, word, place)),
    languages: fitting.map(({ list }) => list.language),
    completions: completionsOf(text, words, fitting),
    missing: WORDS - words.length,
  }
}

function completionsOf(
  text: string,
  words: readonly TypedWord[],
  fitting: readonly Standing[],
): readonly Completion[] {
  const last = words.at(-1)
  if (last === undefined) return []
  const before = text.slice(0, text.lastIndexOf(last.typed))
  return fitting
    .filter(({ begins }) => begins)
    .flatMap(({ list }) =>
      beginnings(list, last.folded).map((index) => ({ list, word: wordAt(list, index) })),
    )
    .filter(({ word }) => word !== last.typed)
    .slice(0, COMPLETIONS)
    .map(({ list, word }) => ({ word, language: list.language, text: `${before}${word} ` }))
}

/** How one typed word stands in the list. */
export function wordSoFar(standing: Standing, word: TypedWord, place: number): WordSoFar {
  const { list, indexes, unknown } = standing
  const index = indexes[place]
  if (index !== undefined)
    return { is: "known", typed: word.typed, word: wordAt(list, index), language: list.language }
  if (!unknown.includes(place)) return { is: "beginning", typed: word.typed }
  const nearest = meantWords(list, word).slice(0, NEAREST)
  return { is: "unknown", typed: word.typed, nearest: nearest.map((meant) => wordAt(list, meant.index)) }
}
