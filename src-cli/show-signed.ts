import type { DisclosureState } from "../src-protocol/api.ts"
import { printCode } from "../src-protocol/code.ts"
import { printInstant } from "../src-protocol/instant.ts"
import { reasonWords } from "../src-protocol/reason-words.ts"
import { printJson } from "./print-json.ts"
import type { Signed } from "./sign-dialogue.ts"
import { signerText } from "../src-protocol/signer-text.ts"
import { signerJson } from "./signer-text.ts"
import type { Terminal } from "./terminal.ts"

const STATE_WORDS: Readonly<Record<DisclosureState, string>> = {
  registered:
    "The phone found that this was not about its data, and threw it away. Ask for the code and sign again.",
  authorised: "It waits for the phone, which has 72 hours to pick it up. There is nothing more to do.",
  confirmed: "The phone has judged it and it is right. There is nothing more to do.",
  refused: "The phone has refused it.",
  withdrawn: "The patient has withdrawn it.",
  expired: "The phone did not pick it up in time.",
}

/** What came of a signature, on standard output. */
export function showSigned(terminal: Terminal, signed: Signed, json: boolean): void {
  if (json) printJson(terminal, jsonOf(signed))
  else for (const line of linesOf(signed)) terminal.print(line)
}

function linesOf({ signer, package: { verdict }, outcome }: Signed): readonly string[] {
  const { state, reason } = outcome
  return [
    state,
    `  code          ${printCode(verdict)}`,
    `  hash          ${verdict.hash}`,
    `  signed by     ${signerText(signer)}`,
    `  signed at     ${printInstant(verdict.signedAt)}`,
    `  ${STATE_WORDS[state]}`,
    ...(reason === undefined ? [] : [`  ${reason}: ${reasonWords.en[reason].clinician}`]),
  ]
}

function jsonOf({ signer, readBackWords, package: { authorisation, verdict }, outcome }: Signed): unknown {
  return {
    ...outcome,
    code: printCode(verdict),
    hash: verdict.hash,
    readBackWords,
    signedAt: printInstant(verdict.signedAt),
    signer: signerJson(signer),
    authorisation: Buffer.from(authorisation).toString("base64"),
  }
}
