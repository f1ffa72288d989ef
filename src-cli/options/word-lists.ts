import { z } from "zod"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { parseCode, type Code } from "../../src-protocol/code.ts"
import { ProtocolError } from "../../src-protocol/errors.ts"
import { decodeTrustwords, type DecodedTrustwords } from "../../src-protocol/trustwords/codec.ts"
import { ALL_LISTS, listsFrom, wordListIn } from "../../src-protocol/trustwords/all-lists.ts"
import { englishWords } from "../../src-protocol/trustwords/english.ts"
import type { WordList } from "../../src-protocol/trustwords/word-list.ts"
import type { Flag } from "../add-command.ts"
import { CliError } from "../cli-error.ts"

const LANGUAGES = ALL_LISTS.map((list) => list.language)
const KNOWN = LANGUAGES.join(", ")

export const LANGUAGE_FLAG: Flag = {
  flags: "--language <language>",
  describes: `of the words: ${KNOWN} (default: en)`,
}
export const WordLanguage = z.enum(LANGUAGES, `there is a word list for: ${KNOWN}`).default("en")
export type WordLanguage = z.infer<typeof WordLanguage>

export function wordListOf(language: WordLanguage): WordList {
  return wordListIn(language) ?? englishWords
}

/**
 * The code of four words, of the language or else of any other; throws a usage error that says which word is wrong and
 * what it may have been.
 */
export async function decodeWords(text: string, language: WordLanguage): Promise<Code> {
  const decoded = await decodeTrustwords(nodeCrypto, text, listsFrom(language))
  if (decoded.is === "code") return decoded.code
  throw new CliError("usage", whatIsWrong(decoded))
}

function whatIsWrong(decoded: Exclude<DecodedTrustwords, { is: "code" }>): string {
  switch (decoded.is) {
    case "wrong-count":
      return `A code is four words; here are ${String(decoded.found)}. Ask for all four.`
    case "unknown-words":
      return decoded.unknown
        .map(({ word, nearest }) => `"${word}" is not in the list; perhaps: ${nearest.join(", ")}.`)
        .join("\n")
    case "check-failed":
      return checkFailed(decoded.offers)
    case "two-languages":
      return `These words exist in more than one language (${decoded.languages.join(", ")}): say which, with --language.`
  }
}

function checkFailed(offers: readonly { position: number; instead: string; word: string }[]): string {
  const said =
    "The words are all in the list, but they do not belong together: one is wrong, or they are in another order."
  if (offers.length === 0) return `${said} Ask for all four again.`
  const lines = offers.map(
    ({ position, instead, word }) => `  word ${String(position)}: "${instead}" instead of "${word}"`,
  )
  return [`${said} Ask whether it was:`, ...lines].join("\n")
}

/** A code as the patient gave it, in digits or in words. Throws a usage error with what is missing. */
export async function readCode(text: string, language: WordLanguage): Promise<Code> {
  if (!/[0-9]/.test(text)) return await decodeWords(text, language)
  try {
    return parseCode(text)
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause
    throw new CliError(
      "usage",
      `--code "${text}": ${cause.message}; it looks like 123456-7890, or is four words`,
      { cause },
    )
  }
}
