import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import type { ServerResponse } from "node:http"
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
      return send(reply, await handle(callOf(request, reply, body)), route)
    },
  })
}

function callOf<Body>(request: FastifyRequest, reply: FastifyReply, body: Body): Call<Body> {
  let signal: AbortSignal | undefined
  return {
    parameters: textsOf(request.params),
    query: textsOf(request.query),
    body,
    bearer: /^Bearer ([A-Za-z0-9._~+/-]+=*)$/i.exec(request.headers.authorization ?? "")?.[1],
    ifNoneMatch: request.headers["if-none-match"],
    address: request.ip,
    // Only a call that waits asks for it, and a signal costs more than the rest of this.
    get signal() {
      return (signal ??= goneSignal(reply.raw))
    },
  }
}

function goneSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController()
  // Every answer closes; whoever got the whole of it is not gone, and nobody listens any more.
  const closed = () => {
    if (!response.writableFinished) gone.abort()
  }
  if (response.closed) closed()
  else response.once("close", closed)
  return gone.signal
}

/** Parameters that occur once; one that is given twice is as good as absent. */
function textsOf(found: unknown): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {}
  if (typeof found !== "object" || found === null) return texts
  for (const [name, value] of Object.entries(found)) if (typeof value === "string") texts[name] = value
  return texts
}

function send(reply: FastifyReply, answer: Answer, { answers, paddedTo }: Route): FastifyReply {
  void reply.code(answer.status)
  if (answer.headers !== undefined) void reply.headers(answer.headers)
  const described = answers[answer.status]
  if (answer.body === undefined) return reply.send()
  if (typeof described === "string") return reply.type(described).send(rawBody(answer.body))
  return sendJson(reply, "application/json", answer.body, paddedTo?.answer)
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
  void reply.code(PROBLEMS[problem.code].status)
  return sendJson(reply, PROBLEM_MEDIA_TYPE, problemBody(problem), paddingOf(reply))
}

function paddingOf(reply: FastifyReply): number | undefined {
  const config: unknown = reply.request.routeOptions.config
  if (typeof config !== "object" || config === null || !("paddedTo" in config)) return undefined
  return typeof config.paddedTo === "number" ? config.paddedTo : undefined
}

/**
 * As text, which goes out in one piece with its headers. It is its own serialiser: to JSON without one the framework adds
 * a charset, which that media type does not have (RFC 8259 section 11).
 */
function sendJson(
  reply: FastifyReply,
  mediaType: string,
  body: unknown,
  size: number | undefined,
): FastifyReply {
  return reply
    .type(mediaType)
    .serializer((text: string) => text)
    .send(paddedJson(body, size))
}

function paddedJson(body: unknown, size: number | undefined): string {
  const json = JSON.stringify(body)
  if (size === undefined) return json
  const length = Buffer.byteLength(json)
  if (length > size) throw new RangeError(`an answer of ${length} bytes does not fit in its ${size}`)
  return json + " ".repeat(size - length)
}
