import type { Language } from "../../../src-protocol/reason-words.ts"
import { englishPages } from "./en.ts"
import { dutchPages } from "./nl.ts"
import type { PageWords } from "./page-words.ts"

const WORDS: Readonly<Record<Language, PageWords>> = { nl: dutchPages, en: englishPages }

export function pageWordsIn(language: Language): PageWords {
  return WORDS[language]
}
