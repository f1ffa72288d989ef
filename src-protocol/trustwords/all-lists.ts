import { czechWords } from "./czech.ts"
import { dutchWords } from "./dutch.ts"
import { englishWords } from "./english.ts"
import { frenchWords } from "./french.ts"
import { germanWords } from "./german.ts"
import { italianWords } from "./italian.ts"
import { portugueseWords } from "./portuguese.ts"
import { spanishWords } from "./spanish.ts"
import type { WordList } from "./word-list.ts"

/** Every list of this version of the protocol: Dutch and English first, the others by their own names. */
export const ALL_LISTS: readonly WordList[] = [
  dutchWords,
  englishWords,
  czechWords,
  germanWords,
  spanishWords,
  frenchWords,
  italianWords,
  portugueseWords,
]

/** The list of a language, or `undefined` where there is none; "nl-BE" finds "nl". */
export function wordListIn(language: string): WordList | undefined {
  const primary = language.toLowerCase().split("-", 1)[0]
  return ALL_LISTS.find((list) => list.language === primary)
}

/** All lists, that of the language first: the order in which what people type is tried. */
export function listsFrom(language: string): readonly WordList[] {
  const first = wordListIn(language)
  return first === undefined ? ALL_LISTS : [first, ...ALL_LISTS.filter((list) => list !== first)]
}
