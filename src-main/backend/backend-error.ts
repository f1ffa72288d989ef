import type { DisclosureState } from "../../src-protocol/api.ts"
import type { ProblemCode } from "../../src-protocol/problems.ts"
import type { RefusalReason } from "../../src-protocol/reasons.ts"

/** What can happen to a call besides what the backend itself says. */
export const TRANSPORT_PROBLEMS = [
  "unreachable",
  "timed-out",
  "redirected",
  "answer-too-large",
  "malformed-answer",
  "unexpected-answer",
] as const
export type TransportProblem = (typeof TRANSPORT_PROBLEMS)[number]
export type BackendProblem = ProblemCode | TransportProblem

/** Whether the very same call can succeed later on. */
const RETRIABLE: Readonly<Record<BackendProblem, boolean>> = {
  unreachable: true,
  "timed-out": true,
  // What stands between us and the backend answers in its place: a captive portal, a proxy, a load balancer.
  redirected: true,
  "answer-too-large": true,
  "malformed-answer": true,
  "unexpected-answer": true,
  "malformed-request": false,
  "payload-too-large": false,
  "reference-taken": false,
  "puzzle-required": false,
  "too-many-requests": true,
  "not-found": false,
  gone: false,
  "not-signed-in": false,
  "already-authorised": false,
  refused: false,
  "revocation-unknown": true,
  "budget-spent": false,
  unavailable: true,
}

export interface BackendErrorOptions extends ErrorOptions {
  readonly status?: number
  readonly retryAfterSeconds?: number
  readonly reason?: RefusalReason
  readonly state?: DisclosureState
}

/** What a call to the backend came to, where it did not succeed. Texts of the network are never in the message. */
export class BackendError extends Error {
  readonly code: BackendProblem
  readonly retriable: boolean
  readonly status: number | undefined
  readonly retryAfterSeconds: number | undefined
  /** With `refused` and `revocation-unknown`. */
  readonly reason: RefusalReason | undefined
  /** With `gone`: what became of the disclosure. */
  readonly state: DisclosureState | undefined

  constructor(code: BackendProblem, message: string, options: BackendErrorOptions = {}) {
    super(message, options)
    this.name = "BackendError"
    this.code = code
    this.retriable = RETRIABLE[code]
    this.status = options.status
    this.retryAfterSeconds = options.retryAfterSeconds
    this.reason = options.reason
    this.state = options.state
  }
}
