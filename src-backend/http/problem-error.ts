import { type DisclosureState } from "../../src-protocol/api.ts"
import { problemType, type Problem, type ProblemCode, type Puzzle } from "../../src-protocol/problems.ts"
import type { RefusalReason } from "../../src-protocol/reasons.ts"

interface Kind {
  readonly status: number
  readonly title: string
}

/** Every problem the backend can answer with (RFC 9457): its status and its title. */
export const PROBLEMS: Readonly<Record<ProblemCode, Kind>> = {
  "malformed-request": { status: 400, title: "The request is not of the form that this call asks for." },
  "payload-too-large": { status: 413, title: "The body is larger than this call allows." },
  "reference-taken": { status: 409, title: "Another disclosure has this reference: draw a new code." },
  "puzzle-required": { status: 429, title: "Many references are taken: solve the puzzle and ask again." },
  "too-many-requests": { status: 429, title: "Too many requests: ask again later." },
  "not-found": { status: 404, title: "There is nothing here for you." },
  gone: { status: 410, title: "This disclosure has ended." },
  "not-signed-in": { status: 401, title: "Sign in with the card first." },
  "already-authorised": { status: 409, title: "This disclosure has been authorised already." },
  refused: { status: 422, title: "It was judged and refused." },
  "revocation-unknown": {
    status: 503,
    title: "It is not known just now whether the certificate was revoked.",
  },
  "budget-spent": {
    status: 429,
    title: "This clinician has authorised as many disclosures as one may in a day.",
  },
  unavailable: { status: 503, title: "The backend cannot do this just now." },
}

export interface ProblemDetails {
  /** For developers; never holds a value from the request. */
  readonly detail?: string
  readonly reason?: RefusalReason
  readonly state?: DisclosureState
  readonly puzzle?: Puzzle
  readonly retryAfterSeconds?: number
}

/** Thrown by any step of a call; the HTTP layer makes the answer from it. */
export class ProblemError extends Error {
  readonly code: ProblemCode
  readonly details: ProblemDetails

  constructor(code: ProblemCode, details: ProblemDetails = {}) {
    super(details.detail ?? PROBLEMS[code].title)
    this.name = "ProblemError"
    this.code = code
    this.details = details
  }
}

/** The body of the answer. */
export function problemBody({ code, details }: ProblemError): Problem {
  const { status, title } = PROBLEMS[code]
  const { detail, reason, state, puzzle } = details
  return {
    type: problemType(code),
    title,
    status,
    ...(detail === undefined ? {} : { detail }),
    ...(reason === undefined ? {} : { reason }),
    ...(state === undefined ? {} : { state }),
    ...(puzzle === undefined ? {} : { puzzle }),
  }
}
