import { ProtocolError } from "../src-protocol/errors.ts"
import type { Refused } from "../src-protocol/judge-certificate.ts"
import { PASSING_REASONS, type RefusalReason } from "../src-protocol/reasons.ts"
import { BackendError, type BackendProblem } from "./backend/backend-error.ts"
import { CardError, type CardProblem } from "./card/card-error.ts"
import { OutboxError, type OutboxProblem } from "./outbox/outbox-error.ts"

/** What only the desk itself can find. */
export const OWN_PROBLEMS = [
  "CODE_MALFORMED",
  "READ_BACK_DIFFERS",
  "CONSENT_MISSING",
  "JUDGED_UNFIT",
  "ALREADY_HANDLED",
  "CLOCK_DIFFERS",
  "LAST_TRY",
  "PIN_MISSING",
  "TEST_CARD",
  "REAL_CARD",
  "REPRESENTATION_DECLINED",
  "REPRESENTATION_ABSENT",
  "DOSSIER_UNKNOWN",
  "BIRTH_DATE_MALFORMED",
  "OUT_OF_ORDER",
  "UNEXPECTED",
] as const
export type OwnProblem = (typeof OWN_PROBLEMS)[number]
export type DeskProblemCode = CardProblem | BackendProblem | OutboxProblem | OwnProblem

/** What stands in the way, as the clinician's screen shows it; the words are in `text/`. */
export interface DeskProblem {
  readonly code: DeskProblemCode
  /** Of the protocol's closed list, where judging or the backend refused. */
  readonly reason?: RefusalReason
  /** Whether the same step can be done again. */
  readonly retriable: boolean
  readonly triesLeft?: number
  readonly retryAfterSeconds?: number
  /** Programs that may be holding the card. */
  readonly heldBy?: readonly string[]
  /** For the developer; never a PIN, a code or a hash. */
  readonly detail: string
}

/** What every step of the desk throws. */
export class DeskError extends Error {
  readonly problem: DeskProblem

  constructor(problem: DeskProblem, options?: ErrorOptions) {
    super(`${problem.code}: ${problem.detail}`, options)
    this.name = "DeskError"
    this.problem = problem
  }
}

/** A problem of the desk's own. */
export function ownProblem(code: OwnProblem, detail: string, more: Partial<DeskProblem> = {}): DeskProblem {
  return { code, retriable: false, detail, ...more }
}

/** The desk's own judgement refused: `retriable` where time or a network can cure the reason. */
export function judgedUnfit({ reason, detail }: Refused): DeskError {
  return new DeskError(ownProblem("JUDGED_UNFIT", detail, { reason, retriable: PASSING_REASONS.has(reason) }))
}

/** The problem that any error of a layer below is. */
export function deskProblemOf(error: unknown): DeskProblem {
  if (error instanceof DeskError) return error.problem
  if (error instanceof CardError) return cardProblem(error)
  if (error instanceof BackendError) return backendProblem(error)
  if (error instanceof OutboxError) return { code: error.code, retriable: false, detail: error.message }
  if (error instanceof ProtocolError && error.code === "malformed-code") {
    // The message counts digits and repeats none.
    return ownProblem("CODE_MALFORMED", error.message, { retriable: true })
  }
  return ownProblem("UNEXPECTED", error instanceof Error ? `${error.name}: ${error.message}` : "unknown")
}

function cardProblem({ code, message, retriable, triesLeft }: CardError): DeskProblem {
  return { code, retriable, detail: message, ...(triesLeft === undefined ? {} : { triesLeft }) }
}

function backendProblem({ code, message, retriable, reason, retryAfterSeconds }: BackendError): DeskProblem {
  return {
    code,
    retriable,
    detail: message,
    ...(reason === undefined ? {} : { reason }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  }
}
