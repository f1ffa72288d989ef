import { printCode } from "../src-protocol/code.ts"
import { printInstant } from "../src-protocol/instant.ts"
import type { Refused } from "../src-protocol/judge-certificate.ts"
import { reasonWords } from "../src-protocol/reason-words.ts"
import type { RefusalReason } from "../src-protocol/reasons.ts"
import type { Authorised, Verdict } from "../src-protocol/verify-authorisation.ts"
import { EXIT, type ExitCode } from "./cli-error.ts"
import { printJson } from "./print-json.ts"
import { signerJson, signerLines } from "./signer-text.ts"
import type { Terminal } from "./terminal.ts"

/** Shows a verdict on standard output and answers the exit code that goes with it. */
export function showVerdict(terminal: Terminal, verdict: Verdict, json: boolean): ExitCode {
  if (json) printJson(terminal, verdictJson(verdict))
  else for (const line of verdictLines(verdict)) terminal.print(line)
  return verdict.is === "authorised" ? EXIT.success : EXIT.refused
}

function verdictLines(verdict: Verdict): readonly string[] {
  return verdict.is === "authorised" ? authorisedLines(verdict) : refusedLines(verdict)
}

function authorisedLines(verdict: Authorised): readonly string[] {
  return [
    "authorised",
    ...indented([
      `code          ${printCode(verdict)}`,
      `hash          ${verdict.hash}`,
      `signed at     ${printInstant(verdict.signedAt)} (the signer's claim)`,
      ...signerLines(verdict.signer),
    ]),
  ]
}

function refusedLines({ reason, detail, signer }: Refused): readonly string[] {
  const { clinician } = reasonWords.en[reason]
  const { clinician: dutch } = reasonWords.nl[reason]
  return [
    `refused: ${reason}`,
    ...indented([clinician, dutch, `where         ${detail}`, ...hintLines(reason)]),
    ...indented(signer === undefined ? [] : signerLines(signer)),
  ]
}

/** What only someone at a command line can do about it. */
const HINTS: Readonly<Partial<Record<RefusalReason, string>>> = {
  "revocation-unknown":
    "Give fresh revocation lists of every authority below the root with --crl; for an old package also --at.",
  "malformed-smime":
    "The file must be the S/MIME message itself: neither bare DER nor one that a mail program changed.",
}

function hintLines(reason: RefusalReason): readonly string[] {
  const hint = HINTS[reason]
  return hint === undefined ? [] : [`hint          ${hint}`]
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`)
}

function verdictJson(verdict: Verdict): unknown {
  if (verdict.is === "refused") return refusedJson(verdict)
  const { hash, signer, signedAt } = verdict
  return {
    verdict: "authorised",
    hash,
    code: printCode(verdict),
    signedAt: printInstant(signedAt),
    signer: signerJson(signer),
  }
}

/** A refusal for a program, with the words for people. */
export function refusedJson({ reason, detail, signer }: Refused): unknown {
  const words = { en: reasonWords.en[reason], nl: reasonWords.nl[reason] }
  return { verdict: "refused", reason, detail, words, ...(signer && { signer: signerJson(signer) }) }
}
