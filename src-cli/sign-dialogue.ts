import type { StateEvent } from "../src-protocol/api.ts"
import type { Code } from "../src-protocol/code.ts"
import { printInstant, SECOND } from "../src-protocol/instant.ts"
import { reasonWords } from "../src-protocol/reason-words.ts"
import type { SignerIdentity } from "../src-protocol/signer-identity.ts"
import { wordsIn } from "../src-protocol/trustwords/fold-word.ts"
import type { WordList } from "../src-protocol/trustwords/word-list.ts"
import type { Desk, SignedPackage } from "../src-main/consult/desk.ts"
import type { Token } from "../src-main/card/host/host-messages.ts"
import { CliError } from "./cli-error.ts"
import type { PinSource } from "./options/pin.ts"
import { signerLines } from "./signer-text.ts"
import type { Terminal } from "./terminal.ts"

/** What the clinician said beforehand; the rest is asked. */
export interface SaidBeforehand {
  readonly consent: boolean
  readonly readBackConfirmed: boolean
  /** The two words that the patient said. */
  readonly readBack?: string
}

export interface SignRequest {
  readonly token: string
  readonly code: Code
  readonly words: WordList
  readonly said: SaidBeforehand
  readonly followSeconds: number
}

export interface Signed {
  readonly signer: SignerIdentity
  readonly readBackWords: readonly [string, string]
  readonly package: SignedPackage
  /** The last that was heard of it. */
  readonly outcome: StateEvent
}

/** Walks a clinician through one authorisation. Nothing is signed before words, consent and PIN were given. */
export async function signDialogue(
  desk: Desk,
  pins: PinSource,
  request: SignRequest,
  terminal: Terminal,
): Promise<Signed> {
  const token = await findToken(desk, request.token)
  await signIn(desk, pins, token, terminal)
  try {
    const readBackWords = await lookUp(desk, request, terminal)
    // The desk itself refuses words that differ, and a consent that was not given.
    if (!(await askReadBack(readBackWords, request.said, terminal)))
      desk.confirm({ readBack: false, consent: false })
    const signer = await review(desk, terminal)
    desk.confirm({ readBack: true, consent: await askConsent(request.said, terminal) })
    const signed = await desk.sign(await pinFor(pins, token, "PIN, to sign (it is not shown): "))
    terminal.tell("Signed, and judged by this desk as the phone will judge it: it is right.")
    const accepted = await desk.post()
    terminal.tell("The backend has judged it too and keeps it for the phone.")
    const outcome = await follow(desk, { state: accepted.state }, request.followSeconds, terminal)
    return { signer, readBackWords, package: signed, outcome }
  } finally {
    await desk.signOut()
  }
}

async function findToken(desk: Desk, labelOrSerial: string): Promise<Token> {
  const tokens = await desk.listCards()
  const found = tokens.filter(({ label, serial }) => label === labelOrSerial || serial === labelOrSerial)
  const [token, another] = found
  if (token !== undefined && another === undefined) return token
  const there = tokens.map(({ label, serial }) => `  ${label} (serial ${serial})`).join("\n")
  const said =
    token === undefined ? `There is no card "${labelOrSerial}".` : `More than one card is "${labelOrSerial}".`
  throw new CliError(
    "usage",
    `${said}${there === "" ? " No reader holds a card." : ` These are there:\n${there}`}`,
  )
}

async function pinFor(pins: PinSource, token: Token, question: string): Promise<Uint8Array | undefined> {
  return token.pin.pinPad ? undefined : await pins.next(question)
}

async function signIn(desk: Desk, pins: PinSource, token: Token, terminal: Terminal): Promise<void> {
  terminal.tell(`Card ${token.label} in ${token.reader}.`)
  const { session, outbox, damaged } = await desk.signIn(
    token.serial,
    await pinFor(pins, token, "PIN, to sign in (it is not shown): "),
  )
  const { clinician, authorisedSinceLastSignIn, budgetLeft } = session
  terminal.tell(`Signed in as ${clinician.name}, UZI number ${clinician.uziNumber}.`)
  terminal.tell(
    `By the backend's count you authorised ${String(authorisedSinceLastSignIn)} since your last sign-in; ${String(budgetLeft)} more are possible today.`,
  )
  for (const report of outbox)
    terminal.tell(`A package of an earlier run (${printInstant(report.entry.writtenAt)}): ${report.is}.`)
  for (const file of damaged)
    terminal.tell(`A file in the outbox cannot be read and was left as it is: ${file}`)
}

async function lookUp(
  desk: Desk,
  request: SignRequest,
  terminal: Terminal,
): Promise<readonly [string, string]> {
  const { disclosure, warning } = await desk.lookUp(request.code)
  terminal.tell(`Found: registered at ${disclosure.registeredAt}, valid until ${disclosure.expiresAt}.`)
  if (disclosure.represented) terminal.tell("The patient is represented by somebody else.")
  if (warning !== undefined) terminal.tell(`Careful: ${warning.detail}. Have the clock set before you sign.`)
  return await desk.readBackWords(request.words)
}

async function review(desk: Desk, terminal: Terminal): Promise<SignerIdentity> {
  const signer = await desk.reviewSigner()
  terminal.tell("You will sign as:")
  for (const line of signerLines(signer)) terminal.tell(`  ${line}`)
  return signer
}

async function askReadBack(
  words: readonly [string, string],
  said: SaidBeforehand,
  terminal: Terminal,
): Promise<boolean> {
  terminal.tell(`Check words: ${words.join(" ")}`)
  if (said.readBack !== undefined) return sameWords(said.readBack, words)
  if (said.readBackConfirmed) return true
  return await askYes(terminal, "Does the patient, asked to read them, say these two words? (yes/no) ")
}

function sameWords(text: string, words: readonly string[]): boolean {
  return (
    wordsIn(text)
      .map(({ folded }) => folded)
      .join(" ") === words.join(" ")
  )
}

async function askConsent({ consent }: SaidBeforehand, terminal: Terminal): Promise<boolean> {
  return consent || (await askYes(terminal, "Has the patient consented to publishing these keys? (yes/no) "))
}

const YES: ReadonlySet<string> = new Set(["yes", "y", "ja", "j"])

async function askYes(terminal: Terminal, question: string): Promise<boolean> {
  return YES.has((await terminal.ask(question)).trim().toLowerCase())
}

/** To its end, or as long as was asked. */
async function follow(
  desk: Desk,
  first: StateEvent,
  seconds: number,
  terminal: Terminal,
): Promise<StateEvent> {
  if (seconds === 0 || desk.state.is !== "following") return first
  terminal.tell(`Waiting for the phone, at most ${String(seconds)} seconds …`)
  const signal = AbortSignal.any([terminal.stopping, AbortSignal.timeout(seconds * SECOND)])
  const last = await desk.follow(({ state, reason }) => {
    terminal.tell(`  ${state}${reason === undefined ? "" : `: ${reasonWords.en[reason].clinician}`}`)
  }, signal)
  return last ?? first
}
