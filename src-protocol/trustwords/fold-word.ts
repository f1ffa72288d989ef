/** A word as a person wrote it, and as it is compared. */
export interface TypedWord {
  readonly typed: string
  readonly folded: string
}

/** Letters that Unicode does not take apart into a letter and an accent, although people leave the mark out. */
const UNDIVIDED: Readonly<Record<string, string>> = {
  ı: "i",
  ł: "l",
  ø: "o",
  đ: "d",
  ß: "ss",
  æ: "ae",
  œ: "oe",
}

/** The word without case and accents, so that "CAFÉ" and "cafe" are one. */
export function foldWord(word: string): string {
  const plain = word.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
  return plain.replace(/[ıłøđßæœ]/gu, (letter) => UNDIVIDED[letter] ?? letter)
}

/** The words of a text; whatever is no letter divides them: spaces, line breaks, commas, hyphens, numbering. */
export function wordsIn(text: string): readonly TypedWord[] {
  const words = text.normalize("NFC").match(/[\p{L}\p{M}]+/gu) ?? []
  return words.map((typed) => ({ typed, folded: foldWord(typed) })).filter((word) => word.folded !== "")
}
