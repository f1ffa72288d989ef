import { StoreError } from "../store/store-error.ts"
import { ProblemError } from "./problem-error.ts"

/** The problem that a thrown error is to the caller; `undefined` for a fault of our own, which belongs in the log. */
export function problemOfError(error: unknown): ProblemError | undefined {
  if (error instanceof ProblemError) return error
  // Only while stopping: the caller may come again.
  if (error instanceof StoreError && error.code === "closed") return new ProblemError("unavailable")
  const status = statusOf(error)
  if (status === 413) return new ProblemError("payload-too-large")
  // Fastify's own: bad content length, unknown media type, a path that cannot be decoded.
  if (status !== undefined && status >= 400 && status < 500) return new ProblemError("malformed-request")
  return undefined
}

function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("statusCode" in error)) return undefined
  return typeof error.statusCode === "number" ? error.statusCode : undefined
}
