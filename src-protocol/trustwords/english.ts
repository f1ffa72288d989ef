import { wordlist } from "@scure/bip39/wordlists/english.js"
import type { WordList } from "./word-list.ts"

/** The English list of BIP-39. */
export const englishWords: WordList = { language: "en", words: wordlist }
