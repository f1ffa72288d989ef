import type { FastifyRequest } from "fastify"
import type { z } from "zod"
import type { Route } from "../../src-protocol/api.ts"
import { bytesOfBase64Url } from "../../src-protocol/bytes.ts"
import { ProtocolError } from "../../src-protocol/errors.ts"
import { ProblemError } from "./problem-error.ts"

/** The body of a request as its route describes it; throws `malformed-request` for anything else. */
export function parseBody(described: Route["request"], request: FastifyRequest): unknown {
  if (described === undefined) return undefined
  const mediaType = (request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase()
  const expected = typeof described === "string" ? described : "application/json"
  if (mediaType !== expected) throw malformed(`the body must be ${expected}`)
  if (!(request.body instanceof Uint8Array)) throw malformed("the body is missing")
  return typeof described === "string" ? new Uint8Array(request.body) : parseJson(described, request.body)
}

function parseJson(schema: z.ZodType, bytes: Uint8Array): unknown {
  const parsed = schema.safeParse(jsonOf(bytes))
  if (parsed.success) return parsed.data
  const places = parsed.error.issues.map((issue) => placeOf(issue.path))
  // Only the places: the messages of the schema could quote what was sent.
  throw malformed(`not as it must be: ${[...new Set(places)].join(", ")}`)
}

function placeOf(path: readonly PropertyKey[]): string {
  return path.length === 0 ? "the whole" : path.map(String).join(".")
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes))
  } catch {
    throw malformed("the body is not JSON in UTF-8")
  }
}

function malformed(detail: string): ProblemError {
  return new ProblemError("malformed-request", { detail })
}

/** The bytes of a base64url member; throws `malformed-request` where its last character has stray bits. */
export function bytesOfMember(text: string): Uint8Array {
  try {
    return bytesOfBase64Url(text)
  } catch (error) {
    if (error instanceof ProtocolError) throw malformed("not base64url without padding")
    throw error
  }
}
