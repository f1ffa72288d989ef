import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import { Readable } from "node:stream"
import type { z } from "zod"
import { MAX_AUTHORISATION_BYTES, type Route } from "../../src-protocol/api.ts"
import { PROBLEM_MEDIA_TYPE } from "../../src-protocol/problems.ts"
import { parseBody } from "./parse-body.ts"
import { PROBLEMS, problemBody, type ProblemError } from "./problem-error.ts"

/** One request, parsed: what the steps of the journey get to see of HTTP. */
export interface Call<Body> {
  readonly parameters: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly body: Body
  /** The token of `Authorization: Bearer`. */
  readonly bearer: string | undefined
  readonly ifNoneMatch: string | undefined
  /** For budgets only; it is hashed there and kept nowhere. */
  readonly address: string
  /** Aborted when the caller is gone. */
  readonly signal: AbortSignal
}

/** What a step answers: JSON, bytes, a stream of events, or nothing. */
export interface Answer {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** The parsed body of a route: what its schema says, bytes where it names a media type. */
export type BodyOf<R extends Route> = R["request"] extends z.ZodType
  ? z.output<R["request"]>
  : R["request"] extends string
    ? Uint8Array
    : undefined

const SMALL_BODY_BYTES = 16 * 1_024

/** The largest body that a route reads. */
export function bodyLimitOf(route: Route): number {
  if (typeof route.request === "string") return MAX_AUTHORISATION_BYTES
  return route.paddedTo?.request ?? SMALL_BODY_BYTES
}

/** Serves one route of `ROUTES`: parses what comes in, pads what goes out, turns a ProblemError into its answer. */
export function serveRoute<R extends Route>(
  app: FastifyInstance,
  name: string,
  route: R,
  handle: (call: Call<BodyOf<R>>) => Promise<Answer>,
): void {
  app.route({
    method: route.method,
    url: route.path,
    bodyLimit: bodyLimitOf(route),
    config: {
      routeName: name,
      ...(route.paddedTo?.answer === undefined ? {} : { paddedTo: route.paddedTo.answer }),
    },
    handler: async (request, reply) => {
      // Sound: parseBody answers what route.request describes, which is how BodyOf is defined.
      const body = parseBody(route.request, request) as BodyOf<R>
      return send(reply, await handle({ ...partsOf(request, reply), body }), route.answers)
    },
  })
}

function partsOf(request: FastifyRequest, reply: FastifyReply): Omit<Call<unknown>, "body"> {
  const gone = new AbortController()
  reply.raw.once("close", () => {
    // Every answer closes; whoever got the whole of it is not gone, and nobody listens any more.
    if (!reply.raw.writableFinished) gone.abort()
  })
  return {
    parameters: textsOf(request.params),
    query: textsOf(request.query),
    bearer: /^Bearer ([A-Za-z0-9._~+/-]+=*)$/i.exec(request.headers.authorization ?? "")?.[1],
    ifNoneMatch: request.headers["if-none-match"],
    address: request.ip,
    signal: gone.signal,
  }
}

/** Parameters that occur once; one that is given twice is as good as absent. */
function textsOf(found: unknown): Readonly<Record<string, string>> {
  if (typeof found !== "object" || found === null) return {}
  return Object.fromEntries(
    Object.entries(found).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  )
}

function send(reply: FastifyReply, answer: Answer, answers: Route["answers"]): FastifyReply {
  void reply.code(answer.status).headers(answer.headers ?? {})
  const described = answers[answer.status]
  if (answer.body === undefined) return reply.send()
  if (typeof described === "string") return reply.type(described).send(rawBody(answer.body))
  return reply.type("application/json").send(paddedJson(answer.body, paddingOf(reply)))
}

function rawBody(body: unknown): Uint8Array | Readable {
  if (body instanceof Uint8Array || body instanceof Readable) return body
  throw new TypeError("an answer that is no JSON must be bytes or a stream")
}

/** The answer to a problem, of the size that any other answer of the call has. */
export function sendProblem(reply: FastifyReply, problem: ProblemError): FastifyReply {
  const { retryAfterSeconds } = problem.details
  if (retryAfterSeconds !== undefined) void reply.header("retry-after", String(Math.ceil(retryAfterSeconds)))
  if (problem.code === "not-signed-in") void reply.header("www-authenticate", "Bearer")
  return reply
    .code(PROBLEMS[problem.code].status)
    .type(PROBLEM_MEDIA_TYPE)
    .send(paddedJson(problemBody(problem), paddingOf(reply)))
}

function paddingOf(reply: FastifyReply): number | undefined {
  const config: unknown = reply.request.routeOptions.config
  if (typeof config !== "object" || config === null || !("paddedTo" in config)) return undefined
  return typeof config.paddedTo === "number" ? config.paddedTo : undefined
}

function paddedJson(body: unknown, size: number | undefined): Buffer {
  const json = Buffer.from(JSON.stringify(body), "utf8")
  if (size === undefined) return json
  if (json.length > size)
    throw new RangeError(`an answer of ${json.length} bytes does not fit in its ${size}`)
  return Buffer.concat([json, Buffer.alloc(size - json.length, " ")])
}
