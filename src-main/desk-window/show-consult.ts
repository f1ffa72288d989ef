import { asciiText } from "../../src-protocol/bytes.ts"
import { printCode } from "../../src-protocol/code.ts"
import type { Instant } from "../../src-protocol/instant.ts"
import type { SignerIdentity } from "../../src-protocol/signer-identity.ts"
import { encodeStatement } from "../../src-protocol/statement.ts"
import type {
  ConsultView,
  DeskLanguage,
  HolderView,
  ProblemView,
  ReadBackView,
  SignedOutReason,
  StatementView,
} from "../../src-preload/desk-state.ts"
import type { Confirmed, ConsultState, Patient } from "../consult/next-state.ts"
import type { DeskProblem } from "../desk-problem.ts"
import type { Followed } from "./in-flight.ts"
import { showCard, showHolder, showPin, type KnownCard } from "./show-card.ts"
import { showProblem, showRefusal } from "./show-problem.ts"

/** What the middle of the window is made of. */
export interface Shown {
  readonly state: ConsultState
  readonly language: DeskLanguage
  readonly at: Instant
  readonly typed: string
  /** A problem that stands beside a field, and does not take the page. */
  readonly beside?: DeskProblem | undefined
  readonly because?: SignedOutReason | undefined
  readonly readBack?: ReadBackView | undefined
  readonly pinPadUntil?: Instant | undefined
  /** What the last wrong PIN left, where the card told. */
  readonly triesLeft?: number | undefined
  /** The card of the session, or of the sign-in that is under way. */
  readonly card?: KnownCard | undefined
  /** A consult in flight that is on screen in the dialogue's place. */
  readonly opened?: Followed | undefined
}

export function showConsult(shown: Shown): ConsultView {
  const { state, opened, language, at } = shown
  if (opened !== undefined) return showFollowed(opened, language, at)
  switch (state.is) {
    case "signed-out":
      return { is: "signed-out", ...besideOf(shown), ...optional({ because: shown.because }) }
    case "signing-in":
      return showSigningIn(shown)
    case "ready":
      return { is: "ready", typed: shown.typed, ...besideOf(shown) }
    case "looking-up":
      return { is: "looking-up", code: printCode(state.code) }
    case "comparing":
      // The words take a moment to reckon.
      if (shown.readBack === undefined) return { is: "looking-up", code: printCode(state.code) }
      return {
        is: "comparing",
        readBack: shown.readBack,
        ...signerOf(shown, state.signer),
        ...found(shown, state),
      }
    case "reviewing":
      return { is: "reviewing", ...signerOf(shown, state.signer), ...found(shown, state) }
    case "entering-pin":
      return showEnteringPin(shown, state)
    case "signing":
      return {
        is: "signing",
        statement: showStatement(shown, state),
        ...optional({ pinPadUntil: shown.pinPadUntil }),
      }
    case "judging":
    case "posting":
      return { is: state.is, statement: showStatement(shown, state) }
    case "following":
    case "done":
      // On its way into the list of consults in flight; what is shown of it comes from there.
      return { is: "ready", typed: shown.typed }
    case "problem":
      return { is: "problem", problem: showProblem(state.problem, language, at), inOutbox: state.inOutbox }
  }
}

function showSigningIn(shown: Shown): ConsultView {
  const { card, language, at, pinPadUntil } = shown
  if (card === undefined) return { is: "signed-out" }
  return { is: "signing-in", card: showCard(card, language, at), ...optional({ pinPadUntil }) }
}

function showEnteringPin(shown: Shown, state: Extract<ConsultState, { is: "entering-pin" }>): ConsultView {
  const { card, language, at, triesLeft, beside } = shown
  const problem = beside ?? state.problem
  return {
    is: "entering-pin",
    statement: showStatement(shown, state),
    pin: card === undefined ? NO_PIN : showPin(card.token, triesLeft),
    ...(problem === undefined ? {} : { problem: showProblem(problem, language, at) }),
    ...found(shown, state),
  }
}

const NO_PIN = { pinPad: false, shortest: 0, longest: 0, state: "ok" } as const

function showFollowed(followed: Followed, language: DeskLanguage, now: Instant): ConsultView {
  const { id, since, status, at, problem } = followed
  if (status === "waiting" && problem !== undefined)
    return { is: "problem", problem: showProblem(problem, language, now), inOutbox: false }
  if (status === "waiting") return { is: "following", id, since }
  return { is: "done", id, outcome: status, at, ...followedProblem(followed, language, now) }
}

/** Why a consult in flight came to nothing, in words. */
export function followedProblem(
  { reason, problem }: Followed,
  language: DeskLanguage,
  at: Instant,
): { readonly problem?: ProblemView } {
  if (problem !== undefined) return { problem: showProblem(problem, language, at) }
  return reason === undefined ? {} : { problem: showRefusal(reason, language) }
}

function besideOf({ beside, language, at }: Shown): { readonly problem?: ProblemView } {
  return beside === undefined ? {} : { problem: showProblem(beside, language, at) }
}

function found({ language, at }: Shown, { disclosure, warning }: Patient) {
  return {
    registeredAt: Date.parse(disclosure.registeredAt),
    expiresAt: Date.parse(disclosure.expiresAt),
    represented: disclosure.represented,
    ...(warning === undefined ? {} : { warning: showProblem(warning, language, at) }),
  }
}

function signerOf(shown: Shown, signer: SignerIdentity | undefined): { readonly signer?: HolderView } {
  return signer === undefined ? {} : { signer: showSigner(shown, signer) }
}

function showSigner({ card, language }: Shown, signer: SignerIdentity): HolderView {
  return showHolder(signer, card?.token.serial ?? "", language)
}

/** What the card will be asked to sign, byte for byte. */
function showStatement(shown: Shown, { code, disclosure: { hash }, signer }: Confirmed): StatementView {
  const text = asciiText(encodeStatement({ hash, code })) ?? ""
  return { text, code: printCode(code), hash, signer: showSigner(shown, signer) }
}

/** Fields that are there only where they have a value. */
function optional<Fields extends Readonly<Record<string, unknown>>>(
  fields: Fields,
): { readonly [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } {
  const there = Object.entries(fields).filter(([, value]) => value !== undefined)
  // Sound: what is left has its own name and a value that is not `undefined`.
  return Object.fromEntries(there) as { readonly [Name in keyof Fields]?: Exclude<Fields[Name], undefined> }
}
