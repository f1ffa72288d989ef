import { editDistance } from "./edit-distance.ts"
import { foldWord, type TypedWord } from "./fold-word.ts"
import type { WordList } from "./word-list.ts"

/** The rule of every list: the first four letters tell a word from all others. */
const TELLING_LETTERS = 4
const NEAREST_DISTANCE = 3
const NEAREST_COUNT = 5
const CONFUSED_DISTANCE = 2

interface FoldedList {
  readonly words: readonly string[]
  readonly indexByWord: ReadonlyMap<string, number>
  readonly indexesByTellingLetters: ReadonlyMap<string, readonly number[]>
}

/** The words of a list as they are compared, in its order. */
export function foldedWords(list: WordList): readonly string[] {
  return foldedList(list).words
}

const foldedLists = new WeakMap<WordList, FoldedList>()

function foldedList(list: WordList): FoldedList {
  const known = foldedLists.get(list)
  if (known !== undefined) return known
  const words = list.words.map(foldWord)
  const folded = {
    words,
    indexByWord: new Map(words.map((word, index) => [word, index])),
    indexesByTellingLetters: Map.groupBy(words.keys(), (index) =>
      (words[index] ?? "").slice(0, TELLING_LETTERS),
    ),
  }
  foldedLists.set(list, folded)
  return folded
}

/** The index of a typed word: the whole word, or its beginning from four letters on; `undefined` where the list has none. */
export function findWord(list: WordList, word: TypedWord): number | undefined {
  const folded = foldedList(list)
  const whole = folded.indexByWord.get(word.folded)
  if (whole !== undefined) return whole
  // Fewer than four letters find nothing here: only a word as short has them for its telling letters, and that is `whole`.
  const alike = folded.indexesByTellingLetters.get(word.folded.slice(0, TELLING_LETTERS)) ?? []
  const [only, another] = alike.filter((index) => folded.words[index]?.startsWith(word.folded) === true)
  return another === undefined ? only : undefined
}

/** At most five words that look most like the typed one, the nearest first, and how far the first is. */
export function nearestWords(
  list: WordList,
  word: TypedWord,
): { readonly words: readonly string[]; readonly distance: number } {
  const near = [...foldedList(list).words.entries()]
    .map(([index, other]) => ({ index, distance: typedDistance(word.folded, other, NEAREST_DISTANCE) }))
    .filter((candidate) => candidate.distance !== undefined)
    .map(({ index, distance }) => ({ index, distance: distance ?? NEAREST_DISTANCE }))
    .sort((a, b) => a.distance - b.distance || a.index - b.index)
  return {
    words: near.slice(0, NEAREST_COUNT).map(({ index }) => list.words[index] ?? ""),
    distance: near[0]?.distance ?? NEAREST_DISTANCE + 1,
  }
}

/** The indexes of all words that may have been meant where the word `index` was typed: two changed letters at most. */
export function confusedWith(list: WordList, word: TypedWord, index: number): readonly number[] {
  const words = foldedList(list).words
  const taken = words[index] ?? ""
  const mayBeMeant = (other: string) =>
    typedDistance(word.folded, other, CONFUSED_DISTANCE) !== undefined ||
    editDistance(taken, other, CONFUSED_DISTANCE) !== undefined
  return [...words.keys()].filter((other) => other !== index && mayBeMeant(words[other] ?? ""))
}

/** Four letters may be an abbreviation with a slip in it, so they are held against the first four of the word as well. */
export function typedDistance(typed: string, word: string, limit: number): number | undefined {
  const whole = editDistance(typed, word, limit)
  if (typed.length !== TELLING_LETTERS || word.length <= TELLING_LETTERS) return whole
  return editDistance(typed, word.slice(0, TELLING_LETTERS), 1) ?? whole
}
