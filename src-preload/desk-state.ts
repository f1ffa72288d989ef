export type {
  Completion,
  HandOverInput,
  HandOverOffer as Offer,
  HandOverProblem,
  WordSoFar,
} from "../src-protocol/trustwords/hand-over-input.ts"

/**
 * What the window shows: one value, pushed whole whenever something changes. The renderer draws it and keeps nothing of
 * it. No bytes of a certificate, no token, no path and no PIN is ever in here; a patient's code is, while it is on screen.
 */
export interface DeskState {
  /** `test` is the practice environment: its signatures are worth nothing elsewhere, and the window says so loudly. */
  readonly environment: "production" | "test"
  readonly language: DeskLanguage
  /** From the card service to the backend: the first broken link is why nothing works. */
  readonly line: readonly Link[]
  /** What is in the readers now; the clinician chooses, the program never does. */
  readonly cards: readonly CardView[]
  readonly session?: SessionView
  readonly consult: ConsultView
  /** Consults whose phone has still to answer, and those that ended since the clinician last looked; newest first. */
  readonly inFlight: readonly ConsultInFlight[]
  readonly outbox: OutboxView
  readonly settings: SettingsView
  /** Set once by the program itself: for pictures in reports and for help desks. */
  readonly version: string
}

export const DESK_LANGUAGES = ["nl", "en"] as const
export type DeskLanguage = (typeof DESK_LANGUAGES)[number]

export type LinkName = "service" | "reader" | "card" | "module" | "certificate" | "connection"
export interface Link {
  readonly name: LinkName
  /** `unknown` behind a broken link, for nobody can see further. */
  readonly status: "ok" | "checking" | "broken" | "unknown"
  readonly problem?: ProblemView
}

/** A problem's page: in the window's language, complete, and without anything of a patient. */
export interface ProblemView {
  readonly code: string
  /** Of the protocol's closed list, where a package or certificate was refused. */
  readonly reason?: string
  readonly title: string
  readonly sentence: string
  /** What to do now, one thing a line. */
  readonly steps: readonly string[]
  readonly retriable: boolean
  readonly triesLeft?: number
  /** Until when trying again has no use. */
  readonly retryAt?: number
}

export interface PinView {
  /** The PIN is typed on the reader, never here. */
  readonly pinPad: boolean
  readonly shortest: number
  readonly longest: number
  /** `low`: a wrong PIN went before. `final-try`: one more wrong PIN blocks the card. */
  readonly state: "ok" | "low" | "final-try" | "locked"
  /** Where the card tells it. */
  readonly triesLeft?: number
}

export interface CardView {
  /** To name it in calls; the token's serial number. */
  readonly id: string
  readonly reader: string
  readonly label: string
  /** Absent while it is being read, and where the card cannot be read. */
  readonly holder?: HolderView
  readonly pin: PinView
  /** Why this card cannot be signed in with. */
  readonly problem?: ProblemView
}

export interface HolderView {
  readonly name: string
  /** In the window's language where it is known: "huisarts", "physician". */
  readonly profession: string
  readonly organisation?: string
  readonly uziNumber: string
  readonly subscriberNumber: string
  /** The last four characters, as they stand on the card. */
  readonly cardNumber: string
  readonly validUntil: number
}

export interface SessionView {
  readonly holder: HolderView
  readonly cardId: string
  readonly expiresAt: number
  /** By the backend's count. */
  readonly authorisedSinceLastSignIn: number
  readonly budgetLeft: number
  /** Whether people can be represented at the clinician's provider, so that there can be refused attempts to see. */
  readonly hasRepresentation: boolean
}

export type SignedOutReason = "card-removed" | "idle" | "screen-locked" | "by-hand" | "session-ended"

/** What every state of a found disclosure shows. */
interface Found {
  readonly registeredAt: number
  readonly expiresAt: number
  /** The authorization server checked that a representative may do this. */
  readonly represented: boolean
  /** An obstacle that is none yet: the clocks differ. */
  readonly warning?: ProblemView
}

export type ConsultView =
  /** `problem`: why the last sign-in did not succeed, where trying again can; it stands beside the PIN. */
  | { readonly is: "signed-out"; readonly because?: SignedOutReason; readonly problem?: ProblemView }
  | { readonly is: "signing-in"; readonly card: CardView; readonly pinPadUntil?: number }
  /** `typed`: what had been typed before the clinician went back. */
  | { readonly is: "ready"; readonly typed: string; readonly problem?: ProblemView }
  | { readonly is: "looking-up"; readonly code: string }
  | ({ readonly is: "comparing"; readonly readBack: ReadBackView; readonly signer?: HolderView } & Found)
  | ({ readonly is: "reviewing"; readonly signer?: HolderView } & Found)
  | ({
      readonly is: "entering-pin"
      readonly statement: StatementView
      readonly pin: PinView
      readonly problem?: ProblemView
    } & Found)
  /** `pinPadUntil`: until when the reader waits for a PIN. */
  | {
      readonly is: "signing" | "judging" | "posting"
      readonly statement: StatementView
      readonly pinPadUntil?: number
    }
  | { readonly is: "following"; readonly id: string; readonly since: number }
  | {
      readonly is: "done"
      readonly id: string
      readonly outcome: OutcomeName
      readonly at: number
      /** Why, where the phone or the backend refused. */
      readonly problem?: ProblemView
    }
  | { readonly is: "problem"; readonly problem: ProblemView; readonly inOutbox: boolean }

/** `returned`: the phone found that the package is not for its code; the code can be signed again. */
export type OutcomeName = "confirmed" | "refused" | "withdrawn" | "expired" | "returned"

export interface ReadBackView {
  readonly words: readonly [string, string]
  /** BCP 47, of the words. */
  readonly language: string
  /** The same two in the clinician's own language, where the patient's is another. */
  readonly own?: readonly [string, string]
  /** What the clinician asks, in the patient's language. */
  readonly question: string
  /** How that language is written; absent: from left to right. */
  readonly direction?: "ltr" | "rtl"
  /** What the clinician says when the words are the same, and when they are not, in the patient's language. */
  readonly answers?: { readonly isRight: string; readonly isWrong: string }
}

/** What will be signed, literally. */
export interface StatementView {
  /** The bytes of the statement as text, line for line. */
  readonly text: string
  /** `123456-7890` */
  readonly code: string
  /** 64 hex digits. */
  readonly hash: string
  readonly signer: HolderView
}

export interface ConsultInFlight {
  readonly id: string
  /** When its package was posted. */
  readonly since: number
  readonly status: "waiting" | OutcomeName
  /** When the status became what it is. */
  readonly at: number
  readonly problem?: ProblemView
  /** The one on screen now. */
  readonly isCurrent: boolean
}

export interface OutboxView {
  /** `memory`: this computer has no key ring, so what waits is lost when the program ends; the window says so. */
  readonly kept: "encrypted" | "memory"
  readonly waiting: readonly OutboxEntryView[]
  /** Files of the outbox that cannot be read; they are left as they are. */
  readonly damaged: number
}
export interface OutboxEntryView {
  readonly id: string
  readonly writtenAt: number
  /** Whether it is of the one who is signed in: only then can it be sent. */
  readonly isOwn: boolean
  readonly problem?: ProblemView
}

export interface SettingsView {
  readonly idleMinutes: number
  readonly appearance: "system" | "light" | "dark"
  readonly readBackLanguages: readonly {
    readonly language: string
    readonly name: string
    readonly reviewed: boolean
  }[]
  /** Settings that a managed policy fixed cannot be changed here. */
  readonly managed: readonly string[]
}
