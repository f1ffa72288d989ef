import type {
  DeskLanguage,
  LinkName,
  Link,
  OutcomeName,
  SettingsView,
  SignedOutReason,
} from "../../src-preload/desk-state.ts"
import { en } from "./en.ts"
import { nl } from "./nl.ts"
import type { HandOverProblemName } from "../code-field/understanding.ts"
import type { CorrectionTexts, RefusalTexts } from "./refusal-texts.ts"

/** Something that patients often ask, and what the clinician can answer. */
export interface Question {
  readonly asked: string
  readonly answer: string
}

/** What helps the clinician at one step: what to say, what the patient's phone shows, what is often asked. */
export interface ScriptText {
  readonly say: readonly string[]
  readonly phone: readonly string[]
  readonly questions: readonly Question[]
}

export const SCRIPT_STEPS = [
  "before",
  "code",
  "words",
  "consent",
  "signing",
  "waiting",
  "done",
  "stopped",
] as const
export type ScriptStep = (typeof SCRIPT_STEPS)[number]

/** What a screen asks: its heading and the sentence below it. */
export interface Heading {
  readonly title: string
  readonly lead: string
}

export const STEP_NAMES = ["code", "words", "sign", "answer"] as const
export type StepName = (typeof STEP_NAMES)[number]

/** Every word of the window that main does not send. */
export interface Texts {
  readonly practiceBanner: Readonly<Record<"what" | "cards", string>>
  readonly steps: Readonly<Record<StepName, string>> & { readonly label: string }
  readonly keys: Readonly<Record<"enter" | "escape" | "control", string>>
  readonly side: {
    readonly label: string
    readonly nobody: string
    readonly nobodyHint: string
    card(ending: string): string
    signedInUntil(time: string): string
    authorised(count: number): string
    budgetLeft(count: number): string
    readonly line: string
    readonly links: Readonly<Record<LinkName, string>>
    readonly linkStatus: Readonly<Record<Link["status"], string>>
    readonly inFlight: string
    readonly noneInFlight: string
    readonly status: Readonly<Record<OutcomeName | "waiting", string>>
    readonly dismiss: string
    readonly current: string
    readonly newConsult: string
    readonly lock: string
    readonly settings: string
    readonly practise: string
    outbox(count: number): string
  }
  readonly signIn: {
    readonly title: string
    readonly because: Readonly<Record<SignedOutReason, string>>
    readonly lead: string
    readonly leadNoCard: string
    readonly choose: string
    readonly reading: string
    readonly submit: string
    readonly onPad: string
    readonly working: Heading
    uziNumber(number: string): string
    validUntil(date: string): string
  }
  readonly pin: {
    readonly label: string
    readonly forSigning: string
    readonly hint: string
    triesLeft(count: number): string
    readonly low: string
    readonly lastTry: Heading
    readonly lastTryYes: string
    readonly locked: string
    readonly pad: string
    readonly padStart: string
    length(shortest: number, longest: number): string
  }
  readonly pad: Heading & { secondsLeft(seconds: number): string }
  readonly code: Heading & {
    readonly field: string
    readonly example: string
    readonly scanner: string
    digitsMissing(count: number): string
    wordsMissing(count: number): string
    readonly complete: string
    readonly submit: string
    readonly searching: string
    readonly completions: string
    readonly completionKeys: string
    completionCount(count: number): string
    unknownWord(word: string): string
    readonly didYouMean: string
    offer(shown: string): string
    readonly problems: Readonly<Record<HandOverProblemName, string>>
    inLanguage(name: string): string
  }
  readonly comparing: Heading & {
    /** Where somebody is represented. */
    readonly leadRepresented: string
    readonly ask: string
    readonly yes: string
    readonly no: string
    readonly own: string
    readonly language: string
    readonly unreviewed: string
    readonly checkingCard: string
  }
  readonly found: {
    readonly registered: string
    readonly validFor: string
    readonly forWhom: string
    readonly patient: string
    readonly representative: string
    /** The clinician's own no to signing on behalf of somebody else. */
    readonly decline: string
    validUntil(time: string, remaining: string): string
    today(time: string): string
  }
  readonly consent: Heading & {
    readonly tell: readonly string[]
    readonly representative: string
    readonly yes: string
    readonly no: string
    readonly waitForCard: string
    readonly signer: string
  }
  readonly sign: Heading & {
    readonly statement: string
    readonly signer: string
    readonly submit: string
    readonly stop: string
  }
  readonly working: Readonly<Record<"signing" | "judging" | "posting", string>> & {
    readonly title: string
    readonly lead: string
  }
  readonly following: Heading & {
    readonly signed: string
    readonly accepted: string
    readonly phone: string
    readonly publication: string
    readonly next: string
    since(time: string): string
  }
  readonly done: Readonly<Record<OutcomeName, Heading & { readonly step: string }>> & {
    readonly next: string
  }
  readonly problem: {
    readonly now: string
    readonly retry: string
    readonly back: string
    readonly toSignIn: string
    readonly copy: string
    readonly copied: string
    readonly inOutbox: string
    readonly code: string
    retryAt(time: string): string
    triesLeft(count: number): string
    readonly close: string
    readonly check: string
  }
  readonly linkPage: Readonly<Record<LinkName, Readonly<Record<"what" | "ok", string>>>> & {
    readonly title: (link: string) => string
  }
  readonly outbox: Heading & {
    readonly empty: string
    readonly memory: string
    damaged(count: number): string
    written(time: string): string
    readonly own: string
    readonly foreign: string
    readonly send: string
    readonly discard: string
    readonly discardSure: string
    readonly discardYes: string
    readonly keep: string
  }
  readonly refusals: RefusalTexts
  readonly correction: CorrectionTexts
  readonly settings: {
    readonly title: string
    readonly language: string
    readonly idle: string
    minutes(count: number): string
    readonly appearance: string
    readonly appearances: Readonly<Record<SettingsView["appearance"], string>>
    readonly managed: string
    readonly version: string
    readonly close: string
  }
  readonly patient: {
    readonly label: string
    readonly sees: string
    readonly say: string
    readonly asked: string
    readonly fold: string
    readonly unfold: string
    readonly mayStop: string
  }
  readonly script: Readonly<Record<ScriptStep, ScriptText>>
  readonly practise: {
    readonly title: string
    progress(done: number, of: number): string
    readonly tasks: readonly Heading[]
    readonly finished: Heading
    readonly stop: string
  }
  readonly announce: {
    readonly found: string
    /** Of an earlier patient's consult, with the title of what its phone answered. */
    elsewhere(outcome: string): string
    card(name: string, ending: string): string
    step(number: number, of: number, name: string): string
  }
  readonly lost: Heading
}

/** A language without all of its words does not compile. */
export const TEXTS: Readonly<Record<DeskLanguage, Texts>> = { nl, en }
