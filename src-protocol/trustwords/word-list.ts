import { ProtocolError } from "../errors.ts"

/** The words of one language, in the order that gives each its eleven bits. Frozen with the version of the protocol. */
export interface WordList {
  /** BCP 47. */
  readonly language: string
  /** 2,048 words, told apart by their first four letters. */
  readonly words: readonly string[]
}

export const WORD_COUNT = 2_048

/** The word with this index; throws `wrong-length` where the list has none. */
export function wordAt(list: WordList, index: number): string {
  const word = list.words[index]
  if (word === undefined)
    throw new ProtocolError("wrong-length", `word list "${list.language}" has no word ${index}`)
  return word
}
