import { wordlist } from "@scure/bip39/wordlists/italian.js"
import type { WordList } from "./word-list.ts"

/** The Italian list of BIP-39. */
export const italianWords: WordList = { language: "it", words: wordlist }
