import type { RefusalReason } from "../src-protocol/reasons.ts"

/** Everything that can keep the phone from a step, and whether trying again later can help. */
export const PHONE_ERRORS = {
  /** The backend could not be reached, or the connection broke. */
  "no-network": { retriable: true },
  "timed-out": { retriable: true },
  /** Something on the way (a hotel's sign-in page) or the backend sent us elsewhere. */
  redirected: { retriable: true },
  /** An answer that is not the protocol's. */
  "wrong-answer": { retriable: true },
  "answer-too-large": { retriable: true },
  "backend-unavailable": { retriable: true },
  "too-many-requests": { retriable: true },
  /** The backend knows nothing of this disclosure, though its time is not over. */
  "not-found": { retriable: true },
  /** The clock of the phone and that of the backend are more than ten minutes apart. */
  "own-clock-wrong": { retriable: true },
  /** Another program wrote the state in the meantime; what was begun here has to be begun again. */
  "state-changed": { retriable: true },
  "state-not-written": { retriable: true },
  /** Every reference that was drawn is in use. */
  "no-free-reference": { retriable: true },
  "puzzle-too-hard": { retriable: true },
  "request-refused": { retriable: false },
  "insecure-backend": { retriable: false },
  /** The provider's authorization server granted nothing; the person was told why on its page. */
  "representation-refused": { retriable: false },
  "state-not-readable": { retriable: false },
  "state-corrupt": { retriable: false },
  "state-foreign": { retriable: false },
  "state-too-new": { retriable: false },
  /** There is a disclosure under way: finish it or withdraw it first. */
  "disclosure-under-way": { retriable: false },
  "nothing-registered": { retriable: false },
  "not-authorised-yet": { retriable: false },
  "already-over": { retriable: false },
  "too-late-to-withdraw": { retriable: false },
  /** The phone holds no key of the day that was asked for. */
  "day-not-held": { retriable: false },
  "no-batch-key": { retriable: false },
  "no-such-batch": { retriable: false },
  /** A batch that its publisher did not sign, or that is not in its form. */
  "wrong-batch": { retriable: false },
} as const satisfies Readonly<Record<string, { readonly retriable: boolean }>>

export type PhoneErrorCode = keyof typeof PHONE_ERRORS

export interface PhoneErrorOptions extends ErrorOptions {
  readonly retryAfterSeconds?: number
}

/** What the phone throws: `code` for the program, `message` for the developer; the patient's words are in `text/`. */
export class PhoneError extends Error {
  readonly code: PhoneErrorCode
  readonly retriable: boolean
  /** How long the backend asked us to stay away. */
  readonly retryAfterSeconds?: number

  constructor(code: PhoneErrorCode, message: string, options?: PhoneErrorOptions) {
    super(message, options)
    this.name = "PhoneError"
    this.code = code
    this.retriable = PHONE_ERRORS[code].retriable
    if (options?.retryAfterSeconds !== undefined) this.retryAfterSeconds = options.retryAfterSeconds
  }
}

/** What the patient is told when a step has not succeeded yet: an error of the phone, or a reason of judging. */
export type Trouble = PhoneErrorCode | RefusalReason

export function isRetriable(error: unknown): error is PhoneError {
  return error instanceof PhoneError && error.retriable
}
