import { editDistance } from "../../src-protocol/trustwords/edit-distance.ts"
import { foldWord } from "../../src-protocol/trustwords/fold-word.ts"
import { soundOf } from "../../src-protocol/trustwords/sound.ts"

/** The rules that a list of our own keeps besides its number of words; see docs/handover.md. */
export const SHORTEST_WORD = 4
export const LONGEST_WORD = 8
const TELLING_LETTERS = 4

/** Only a to z, so that each keyboard has the letters and nobody asks about an accent on the telephone. */
export function isPlainWord(word: string): boolean {
  return /^[a-z]+$/.test(word) && word.length >= SHORTEST_WORD && word.length <= LONGEST_WORD
}

/** A word with what is compared of it, worked out once. */
export interface Compared {
  readonly word: string
  readonly telling: string
  readonly sound: string
}

export function compared(language: string, word: string): Compared {
  return { word, telling: foldWord(word).slice(0, TELLING_LETTERS), sound: soundOf(language, word) }
}

/** Whether one list may not hold both: alike at the beginning, one letter apart, of the same sound, or of one stem. */
export function areTooAlike(language: string, a: Compared, b: Compared): boolean {
  return (
    a.telling === b.telling ||
    a.sound === b.sound ||
    editDistance(a.word, b.word, 1) !== undefined ||
    shareStem(language, a.word, b.word)
  )
}

const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  nl: [
    "en",
    "er",
    "ers",
    "s",
    "e",
    "ere",
    "t",
    "te",
    "ten",
    "de",
    "den",
    "je",
    "tje",
    "jes",
    "ing",
    "ig",
    "end",
  ],
  de: ["en", "er", "ern", "s", "e", "es", "em", "t", "te", "ten", "chen", "lein", "ung", "ig", "end", "in"],
}

/** Whether one word is the other with an ending ("boom", "bomen"): by the spelling alone, so at times too strict. */
export function shareStem(language: string, a: string, b: string): boolean {
  // A stem changes in its last letters only, so most pairs are told apart by their first two.
  if (a.slice(0, 2) !== b.slice(0, 2)) return false
  const endings = ENDINGS[language] ?? []
  return endings.some((ending) => stemsBefore(a, ending).includes(b) || stemsBefore(b, ending).includes(a))
}

function stemsBefore(word: string, ending: string): readonly string[] {
  if (!word.endsWith(ending) || word.length === ending.length) return []
  const stem = word.slice(0, -ending.length)
  // Dutch writes "boom" and "bomen", "pot" and "potten", "duif" and "duiven", "huis" and "huizen".
  const single = stem.replace(/([^aeiou])\1$/, "$1")
  const long = stem.replace(/([aeou])([^aeiou])$/, "$1$1$2")
  return [stem, single, long].flatMap((form) => [form, form.replace(/v$/, "f").replace(/z$/, "s")])
}
