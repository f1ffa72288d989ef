import type { Code } from "../../src-protocol/code.ts"
import type { CryptoPort } from "../../src-protocol/crypto-port.ts"
import { listsFrom } from "../../src-protocol/trustwords/all-lists.ts"
import type { HandOverInput } from "../../src-protocol/trustwords/hand-over-input.ts"
import { understandHandOver } from "../../src-protocol/trustwords/hand-over.ts"
import { DeskError, ownProblem } from "../desk-problem.ts"

/** What the code field holds so far; words of the window's language are tried first. */
export function understand(
  crypto: Pick<CryptoPort, "digest">,
  text: string,
  language: string,
): Promise<HandOverInput> {
  return understandHandOver(crypto, text, listsFrom(language))
}

/** The code in a text, and the language of its words where it is words; throws `CODE_MALFORMED`. */
export async function understandCode(
  crypto: Pick<CryptoPort, "digest">,
  text: string,
  language: string,
): Promise<{ readonly code: Code; readonly language?: string }> {
  const input = await understand(crypto, text, language)
  if (input.is === "code") return input
  // What was typed is in no message.
  throw new DeskError(ownProblem("CODE_MALFORMED", `what was typed is ${input.is}`, { retriable: true }))
}
