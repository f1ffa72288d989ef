import { wordlist } from "@scure/bip39/wordlists/french.js"
import type { WordList } from "./word-list.ts"

/** The French list of BIP-39; it holds accents as characters of their own, which screens show badly. */
export const frenchWords: WordList = { language: "fr", words: wordlist.map((word) => word.normalize("NFC")) }
