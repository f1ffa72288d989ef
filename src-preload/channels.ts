/**
 * The name of every call that there is. What each takes and answers is in the table of contract.ts, which has these names and
 * no others; they stand alone so that the preload carries nothing else.
 */
export const CALL_NAMES = [
  "readState",
  "signIn",
  "signOut",
  "understand",
  "lookUp",
  "chooseReadBackLanguage",
  "agreeWords",
  "denyWords",
  "giveConsent",
  "declineRepresentation",
  "sign",
  "goBack",
  "retry",
  "startNext",
  "openConsult",
  "dismissConsult",
  "sendOutbox",
  "discardOutboxEntry",
  "checkLine",
  "copyReport",
  "readRefusals",
  "correctBirthDate",
  "chooseSettings",
] as const
export type CallName = (typeof CALL_NAMES)[number]

/** The channel that a call travels on, in both directions. */
export function channelOf(name: string): string {
  return `desk:${name}`
}
export const STATE_CHANNEL = "desk-event:state"
