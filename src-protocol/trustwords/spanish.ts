import { wordlist } from "@scure/bip39/wordlists/spanish.js"
import type { WordList } from "./word-list.ts"

/** The Spanish list of BIP-39; it holds accents as characters of their own, which screens show badly. */
export const spanishWords: WordList = { language: "es", words: wordlist.map((word) => word.normalize("NFC")) }
