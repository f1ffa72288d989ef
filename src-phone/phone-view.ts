import { parseCode, printCode } from "../src-protocol/code.ts"
import type { CryptoPort } from "../src-protocol/crypto-port.ts"
import type { Instant } from "../src-protocol/instant.ts"
import { readBackWords } from "../src-protocol/read-back.ts"
import type { Language } from "../src-protocol/reason-words.ts"
import type { RefusalReason } from "../src-protocol/reasons.ts"
import { encodeTrustwords } from "../src-protocol/trustwords/codec.ts"
import { scanText } from "../src-protocol/trustwords/scan-text.ts"
import type { WordList } from "../src-protocol/trustwords/word-list.ts"
import type { Trouble } from "./phone-error.ts"
import type { Disclosure, DisclosureStep, Drawn, SignerView } from "./state/phone-state.ts"
import { qrPicture } from "./qr-picture.ts"
import type { StepResult } from "./steps/wait-for-authorisation.ts"
import type { Situation } from "./text/phone-words.ts"
import { phoneWordsIn, troubleSentence } from "./text/words-in.ts"

/** The code in every form in which a patient may give it. */
export interface CodeView {
  /** "123456-7890". */
  readonly digits: string
  readonly trustwords: readonly [string, string, string, string]
  readonly readBackWords: readonly [string, string]
  /** Of the words: BCP 47. */
  readonly wordLanguage: string
  /** What the QR picture holds, for a scanner that types as a keyboard. */
  readonly scanText: string
  /** The QR picture: rows of `#` (dark) and `.` (light), to be drawn with four light modules around it. */
  readonly qr: readonly string[]
  /** The message with which a patient can send the code ahead. */
  readonly shareText: string
}

/** What the phone shows: facts for the program, sentences for the patient. Holds no key and no salt. */
export interface PhoneView {
  readonly step: DisclosureStep | "nothing"
  readonly situation: Situation
  /** In the patient's language: where things stand, who signed, what is the matter, what to do. */
  readonly sentences: readonly string[]
  /** While a clinician can use it. */
  readonly code?: CodeView
  readonly hash?: string
  readonly expiresAt?: Instant
  readonly signer?: SignerView
  readonly signedAt?: Instant
  /** Why the package or the publication was refused. */
  readonly reason?: RefusalReason
  /** What passes, and kept this step from going further. */
  readonly trouble?: Trouble
  readonly retryAfterSeconds?: number
  readonly publishAt?: Instant
  readonly mayWithdraw: boolean
}

export interface ViewOptions {
  readonly language: Language
  readonly list: WordList
}

/** The view of where a step ended. */
export async function viewOf(
  crypto: CryptoPort,
  result: StepResult,
  options: ViewOptions,
): Promise<PhoneView> {
  const disclosure = result.loaded.state.disclosure
  const situation = situationOf(disclosure)
  const facts = await factsOf(crypto, disclosure, options)
  const { trouble, retryAfterSeconds } = result
  return {
    step: disclosure?.step ?? "nothing",
    situation,
    sentences: sentencesOf(situation, facts, trouble, options.language),
    ...facts,
    ...(trouble !== undefined && { trouble }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    mayWithdraw: mayWithdraw(disclosure),
  }
}

function situationOf(disclosure: Disclosure | undefined): Situation {
  switch (disclosure?.step) {
    case undefined:
      return "nothing-registered"
    case "registered":
      return disclosure.mismatch === undefined ? "registered" : "registered-after-mismatch"
    case "verified":
      return disclosure.publishAt === undefined ? "verified" : "verified-and-planned"
    case "publishing":
      return disclosure.refusedFor === undefined ? "publishing" : "publication-refused"
    case "withdrawn":
      return disclosure.owed === undefined ? "withdrawn" : "withdrawn-untold"
    case "registering":
    case "received":
    case "done":
    case "refused":
    case "expired":
      return disclosure.step
  }
}

type ViewFacts = Pick<
  PhoneView,
  "code" | "hash" | "expiresAt" | "signer" | "signedAt" | "reason" | "publishAt"
>

async function factsOf(
  crypto: CryptoPort,
  disclosure: Disclosure | undefined,
  options: ViewOptions,
): Promise<ViewFacts> {
  switch (disclosure?.step) {
    case "registered":
    case "received": {
      const { hash, expiresAt } = disclosure
      return { hash, expiresAt, code: await codeView(crypto, disclosure, options) }
    }
    case "verified": {
      const { hash, signer, signedAt, publishAt } = disclosure
      return { hash, signer, signedAt, ...(publishAt !== undefined && { publishAt }) }
    }
    case "publishing": {
      const { signer, refusedFor } = disclosure
      return { signer, ...(refusedFor !== undefined && { reason: refusedFor }) }
    }
    case "refused":
      return { reason: disclosure.reason }
    case "registering":
    case "done":
    case "withdrawn":
    case "expired":
    case undefined:
      return {}
  }
}

async function codeView(crypto: CryptoPort, drawn: Drawn, options: ViewOptions): Promise<CodeView> {
  const code = parseCode(drawn.code)
  const digits = printCode(code)
  return {
    digits,
    trustwords: await encodeTrustwords(crypto, code, options.list),
    readBackWords: await readBackWords(crypto, drawn.hash, code, options.list),
    wordLanguage: options.list.language,
    scanText: scanText(code),
    qr: qrPicture(scanText(code)),
    shareText: phoneWordsIn(options.language).shareCode(digits),
  }
}

function sentencesOf(
  situation: Situation,
  facts: ViewFacts,
  trouble: Trouble | undefined,
  language: Language,
): readonly string[] {
  const words = phoneWordsIn(language)
  const { reason, signer, signedAt, expiresAt, publishAt } = facts
  const sentences = [words.situations[situation]]
  if (signer !== undefined && signedAt !== undefined)
    sentences.push(words.signedBy(signer, timeText(signedAt, language)))
  if (expiresAt !== undefined) sentences.push(words.validUntil(timeText(expiresAt, language)))
  if (publishAt !== undefined) sentences.push(words.publishesAt(timeText(publishAt, language)))
  if (reason !== undefined) sentences.push(troubleSentence(reason, language))
  if (trouble !== undefined && trouble !== reason) sentences.push(troubleSentence(trouble, language))
  return sentences
}

/** In the phone's own time zone. */
function timeText(instant: Instant, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(instant)
}

function mayWithdraw(disclosure: Disclosure | undefined): boolean {
  switch (disclosure?.step) {
    case "registering":
    case "registered":
    case "received":
    case "verified":
      return true
    case "publishing":
      return disclosure.refusedFor !== undefined
    case "done":
    case "refused":
    case "withdrawn":
    case "expired":
    case undefined:
      return false
  }
}
