import { wordlist } from "@scure/bip39/wordlists/czech.js"
import type { WordList } from "./word-list.ts"

/** The Czech list of BIP-39. */
export const czechWords: WordList = { language: "cs", words: wordlist }
