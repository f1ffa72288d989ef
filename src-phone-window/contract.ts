import * as z from "zod/mini"
import type { PhoneView } from "../src-phone/phone-view.ts"

/** The door between the phone's window and its main process: the calls, what goes in, and the state that comes out. */
export const PHONE_CALLS = {
  readState: z.undefined(),
  /** Draws a code and registers it; when that stopped half-way, goes on with it. */
  register: z.undefined(),
  /** The patient's own decision, after the clinician's signature was judged. */
  publish: z.undefined(),
  withdraw: z.undefined(),
  /** Of the sentences and of the words: the patient's language. */
  chooseLanguage: z.strictObject({ language: z.enum(["nl", "en"]) }),
  /** Of the words alone: BCP 47. */
  chooseWords: z.strictObject({ language: z.string().check(z.maxLength(35)) }),
} as const satisfies Readonly<Record<string, z.ZodMiniType>>

export type PhoneCall = keyof typeof PHONE_CALLS
export type PhoneArgument<Call extends PhoneCall> = z.infer<(typeof PHONE_CALLS)[Call]>

export const PHONE_STATE_CHANNEL = "phone-state"
export function phoneChannelOf(call: string): string {
  return `phone:${call}`
}

export type PhoneActivity = "registering" | "waiting" | "publishing" | "withdrawing"

/** What the phone's window draws. Holds no seed, no salt and no package. */
export interface PhoneWindowState {
  readonly language: "nl" | "en"
  readonly words: { readonly language: string; readonly all: readonly WordChoice[] }
  readonly view: PhoneView
  readonly activity?: PhoneActivity
  /** One sentence, in the patient's language: why the last thing that was asked for was not done. */
  readonly problem?: string
}

export interface WordChoice {
  readonly language: string
  readonly name: string
}

/** `window.phone` */
export type PhoneDoor = {
  readonly [Call in PhoneCall]: (
    ...argument: undefined extends PhoneArgument<Call> ? [] : [PhoneArgument<Call>]
  ) => Promise<Call extends "readState" ? PhoneWindowState : undefined>
} & {
  /** Answers how to stop. */
  onState(listener: (state: PhoneWindowState) => void): () => void
}
