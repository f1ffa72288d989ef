import { z } from "zod"
import { DisclosureState, Reason } from "./api.ts"

/** What a call answers when it cannot do what was asked: RFC 9457, with a closed list of what can be the matter. */
export const PROBLEM_MEDIA_TYPE = "application/problem+json"

/** A puzzle: find a number so that SHA-256(reference ‖ hash ‖ number in ASCII digits) begins with `leadingZeroBits` zero bits. */
export const Puzzle = z.strictObject({ leadingZeroBits: z.int().min(1).max(40) })

/** What a problem is, once and for all: the last part of its `type`. */
export const PROBLEM_CODES = [
  "malformed-request",
  "payload-too-large",
  "reference-taken",
  "puzzle-required",
  "too-many-requests",
  "not-found",
  "gone",
  "not-signed-in",
  "already-authorised",
  "refused",
  "revocation-unknown",
  "budget-spent",
  "unavailable",
] as const
export type ProblemCode = (typeof PROBLEM_CODES)[number]
const PROBLEM_TYPE_PREFIX = "urn:vrijgave:problem:"

/** RFC 9457 problem details, with our extension members `reason` and `puzzle`. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  /** With `refused` and `revocation-unknown`: which of the closed list it was. */
  reason: Reason.optional(),
  /** With `puzzle-required`. */
  puzzle: Puzzle.optional(),
  /** With `gone`: what became of the disclosure, for its own signer alone. */
  state: DisclosureState.optional(),
})

/** The `type` member for a problem code. */
export function problemType(code: ProblemCode): string {
  return PROBLEM_TYPE_PREFIX + code
}

/** The problem code in a `type` member, or `undefined` where it is none of ours. */
export function problemCodeOf(type: string): ProblemCode | undefined {
  return PROBLEM_CODES.find((code) => problemType(code) === type)
}

export type Puzzle = z.infer<typeof Puzzle>
export type Problem = z.infer<typeof Problem>
