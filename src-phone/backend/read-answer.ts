import type { z } from "zod"
import { Problem, problemCodeOf, PROBLEM_MEDIA_TYPE, type ProblemCode } from "../../src-protocol/problems.ts"
import { PhoneError, type PhoneErrorCode } from "../phone-error.ts"
import type { Answer } from "./ask-backend.ts"

/** A problem that the protocol knows, with what it carries. */
export interface KnownProblem {
  readonly code: ProblemCode
  readonly reason?: Problem["reason"]
  readonly puzzle?: Problem["puzzle"]
}

/** The JSON of `answer` as `schema` has it; PhoneError `wrong-answer` for anything else. */
export function readJson<Schema extends z.ZodType>(answer: Answer, schema: Schema): z.infer<Schema> {
  const json = answer.mediaType === "application/json" ? parseJson(answer.body) : undefined
  const parsed = schema.safeParse(json)
  if (!parsed.success) throw wrongAnswer(answer, "is not what the protocol says")
  return parsed.data
}

/** The problem in `answer`, or `undefined` where it is none of the protocol (then the network may have made it). */
export function readProblem(answer: Answer): KnownProblem | undefined {
  if (answer.mediaType !== PROBLEM_MEDIA_TYPE) return undefined
  const parsed = Problem.safeParse(parseJson(answer.body))
  const code = parsed.success ? problemCodeOf(parsed.data.type) : undefined
  if (!parsed.success || code === undefined || parsed.data.status !== answer.status) return undefined
  return { code, reason: parsed.data.reason, puzzle: parsed.data.puzzle }
}

const ERROR_OF_PROBLEM: Readonly<Partial<Record<ProblemCode, PhoneErrorCode>>> = {
  "malformed-request": "request-refused",
  "payload-too-large": "request-refused",
  "too-many-requests": "too-many-requests",
  "not-found": "not-found",
  unavailable: "backend-unavailable",
}

/** The error for an answer that no step knows what to do with. */
export function errorOf(answer: Answer): PhoneError {
  const problem = readProblem(answer)
  const code = problem === undefined ? undefined : ERROR_OF_PROBLEM[problem.code]
  if (code !== undefined)
    return new PhoneError(code, `the backend says ${problem?.code ?? code}`, retryAfter(answer))
  if (answer.status === 429) return new PhoneError("too-many-requests", "status 429", retryAfter(answer))
  if (answer.status >= 500) {
    return new PhoneError("backend-unavailable", `status ${String(answer.status)}`, retryAfter(answer))
  }
  return wrongAnswer(answer, "has no place here")
}

function retryAfter(answer: Answer): { readonly retryAfterSeconds?: number } {
  return answer.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: answer.retryAfterSeconds }
}

function wrongAnswer(answer: Answer, what: string): PhoneError {
  return new PhoneError("wrong-answer", `an answer with status ${String(answer.status)} ${what}`)
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body))
  } catch {
    return undefined
  }
}
