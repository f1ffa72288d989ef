import { wordlist } from "@scure/bip39/wordlists/portuguese.js"
import type { WordList } from "./word-list.ts"

/** The Portuguese list of BIP-39. */
export const portugueseWords: WordList = { language: "pt", words: wordlist }
