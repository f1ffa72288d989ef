import * as z from "zod/mini"
import type { CallName } from "./channels.ts"
import { DESK_LANGUAGES, type DeskState, type HandOverInput, type ProblemView } from "./desk-state.ts"

export { channelOf, STATE_CHANNEL, type CallName } from "./channels.ts"

/**
 * The door between window and main process: every call there is, what goes in (parsed in main, whoever sent it) and what
 * comes out. Channel names, `window.desk` and its type are derived from this table; nothing else passes.
 */

const LONGEST_TEXT = 2_048
const LONGEST_PIN = 64
const Nothing = z.undefined()
const Text = z.string().check(z.maxLength(LONGEST_TEXT))
const Id = z.string().check(z.minLength(1), z.maxLength(128))
/** Bytes, so that it can be wiped. Absent where the reader has a PIN pad. */
const Pin = z.optional(
  z.custom<Uint8Array>(
    (value) => value instanceof Uint8Array && value.length <= LONGEST_PIN,
    "a PIN as bytes",
  ),
)

/** As the interface of the backend has them: a provider's own reference, and JJJJMMDD with 00 for what nobody knows. */
const Dossier = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/))
const BirthDate = z.string().check(z.regex(/^[0-9]{8}$/))

/** An attempt at representation that was refused: nothing in it says who. */
export interface RefusedAttempt {
  /** The number of the exception in the tables of MedMij. */
  readonly exception: string
  readonly refusedAt: number
  readonly dossier?: string
}

interface Call<Argument extends z.ZodMiniType, Answer> {
  readonly argument: Argument
  /** Never there: carries the type of the answer. */
  readonly answers?: Answer
}
function call<Answer = undefined>() {
  return <Argument extends z.ZodMiniType>(argument: Argument): Call<Argument, Answer> => ({ argument })
}

export const CALLS = {
  /** The state as it is now; after this, each new one comes as the event `state`. */
  readState: call<DeskState>()(Nothing),
  /** `pin` is wiped on both sides. The outcome comes as state, also when it failed. */
  signIn: call()(z.strictObject({ card: Id, pin: Pin, lastTryConfirmed: z.optional(z.boolean()) })),
  signOut: call()(Nothing),
  /** What a text of the code field is so far: digits, words, completions, help. Asked at each key. */
  understand: call<HandOverInput>()(z.strictObject({ text: Text })),
  lookUp: call()(z.strictObject({ text: Text })),
  chooseReadBackLanguage: call()(z.strictObject({ language: Id })),
  agreeWords: call()(Nothing),
  denyWords: call()(Nothing),
  giveConsent: call()(Nothing),
  /** The clinician does not sign on behalf of somebody else: the consult ends. */
  declineRepresentation: call()(Nothing),
  sign: call()(z.strictObject({ pin: Pin, lastTryConfirmed: z.optional(z.boolean()) })),
  /** One step back: Escape. Nothing that was typed is lost by it. */
  goBack: call()(Nothing),
  /** Does the step that failed once more. */
  retry: call()(Nothing),
  /** The outcome or problem was read, or the phone's answer is left to the list: on to the next patient. */
  startNext: call()(Nothing),
  openConsult: call()(z.strictObject({ id: Id })),
  /** Takes an ended consult off the list. */
  dismissConsult: call()(z.strictObject({ id: Id })),
  sendOutbox: call()(Nothing),
  /** Throws a signed package away that could not be sent. */
  discardOutboxEntry: call()(z.strictObject({ id: Id })),
  /** Looks at every link of the line again. */
  checkLine: call()(Nothing),
  /** Puts a report without personal data on the clipboard and answers its text. */
  copyReport: call<string>()(z.strictObject({ code: Id })),
  /** Refused attempts at representation at the clinician's own provider, the latest first. */
  readRefusals: call<readonly RefusedAttempt[]>()(Nothing),
  /** Answers when it was corrected. The date is kept nowhere on this side. */
  correctBirthDate: call<number>()(z.strictObject({ dossier: Dossier, birthDate: BirthDate })),
  chooseSettings: call()(
    z.strictObject({
      language: z.optional(z.enum(DESK_LANGUAGES)),
      idleMinutes: z.optional(z.int().check(z.minimum(1), z.maximum(60))),
      appearance: z.optional(z.enum(["system", "light", "dark"])),
    }),
  ),
} as const satisfies Readonly<Record<CallName, Call<z.ZodMiniType, unknown>>>

/** What main tells the window unasked. */
export interface DeskEvents {
  readonly state: DeskState
}

type Calls = typeof CALLS
export type ArgumentOf<Name extends CallName> = z.infer<Calls[Name]["argument"]>
export type AnswerOf<Name extends CallName> = NonNullable<Calls[Name]["answers"]>

/** No call throws: what went wrong comes back as a problem with its words. */
export type Answered<Answer> =
  { readonly ok: true; readonly answer: Answer } | { readonly ok: false; readonly problem: ProblemView }

/** `window.desk` */
export type DeskDoor = {
  readonly [Name in CallName]: (
    ...argument: undefined extends ArgumentOf<Name> ? [] : [ArgumentOf<Name>]
  ) => Promise<Answered<AnswerOf<Name>>>
} & {
  /** Answers how to stop. */
  onState(listener: (state: DeskState) => void): () => void
}
