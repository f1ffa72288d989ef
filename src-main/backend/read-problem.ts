import { Problem, PROBLEM_MEDIA_TYPE, problemCodeOf } from "../../src-protocol/problems.ts"
import { BackendError } from "./backend-error.ts"

const LONGEST_WAIT_SECONDS = 3_600

/**
 * The error that an answer of failure means. It speaks for the backend only as problem details of one of our own types
 * (RFC 9457) whose status is the answer's; a 404 or 410 of anything else on the way is an `unexpected-answer`.
 */
export function readProblem(
  status: number,
  mediaType: string,
  bytes: Uint8Array,
  retryAfter: string | null,
): BackendError {
  const wait = secondsOf(retryAfter)
  const common = { status, ...(wait === undefined ? {} : { retryAfterSeconds: wait }) }
  const problem = mediaType === PROBLEM_MEDIA_TYPE ? Problem.safeParse(jsonOf(bytes)) : undefined
  const code = problem?.success === true ? problemCodeOf(problem.data.type) : undefined
  if (problem?.success !== true || code === undefined || problem.data.status !== status) {
    return new BackendError(
      "unexpected-answer",
      `status ${String(status)} that is no problem of ours`,
      common,
    )
  }
  const { reason, state } = problem.data
  return new BackendError(code, `the backend answered ${String(status)} ${code}`, {
    ...common,
    ...(reason === undefined ? {} : { reason }),
    ...(state === undefined ? {} : { state }),
  })
}

/** The JSON in `bytes`, or `undefined` where it is none. */
export function jsonOf(bytes: Uint8Array): unknown {
  try {
    const json: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes))
    return json
  } catch {
    return undefined
  }
}

function secondsOf(retryAfter: string | null): number | undefined {
  if (retryAfter === null || !/^[0-9]{1,9}$/.test(retryAfter)) return undefined
  return Math.min(Number(retryAfter), LONGEST_WAIT_SECONDS)
}
