import { PROBLEM_MEDIA_TYPE } from "../../src-protocol/problems.ts"
import { BackendError } from "./backend-error.ts"
import { readProblem } from "./read-problem.ts"

export interface Exchange {
  readonly url: URL
  readonly method: "GET" | "POST" | "PUT" | "DELETE"
  readonly accept: string
  readonly body?: { readonly mediaType: string; readonly bytes: Uint8Array }
  /** A bearer token: a session's or a status token. */
  readonly token?: string
  readonly largestAnswer: number
  readonly timeoutMilliseconds: number
}

type Request = Omit<Exchange, "largestAnswer" | "timeoutMilliseconds">

export interface Answer {
  readonly status: number
  readonly mediaType: string
  readonly bytes: Uint8Array
  /** The backend's own clock (the `Date` header), where it says. */
  readonly date: number | undefined
}

/**
 * One request and its whole answer, bounded in time and size; redirects are not followed, for a credential must not
 * travel to where an answer points. Throws BackendError for everything but a status of success.
 */
export async function exchange(request: Exchange): Promise<Answer> {
  const signal = AbortSignal.timeout(request.timeoutMilliseconds)
  const response = await send(request, signal)
  const bytes = await readBody(response, request.largestAnswer)
  const mediaType = mediaTypeOf(response)
  checkStatus(response, mediaType, bytes)
  return { status: response.status, mediaType, bytes, date: dateOf(response) }
}

/** Sends the request and answers with the head; the body is still to be read. */
export async function send(request: Request, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(request.url, {
      method: request.method,
      headers: headersOf(request),
      redirect: "manual",
      signal,
      // A copy in a buffer of its own: fetch takes no view on shared memory.
      ...(request.body === undefined ? {} : { body: Uint8Array.from(request.body.bytes) }),
    })
  } catch (cause) {
    throw networkError(cause)
  }
}

function headersOf({ accept, body, token }: Request): Record<string, string> {
  return {
    accept: `${accept}, ${PROBLEM_MEDIA_TYPE}`,
    ...(body === undefined ? {} : { "content-type": body.mediaType }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  }
}

/** What fetch and a broken body throw, as one of ours. */
export function networkError(cause: unknown): BackendError {
  if (cause instanceof BackendError) return cause
  const timedOut = cause instanceof Error && cause.name === "TimeoutError"
  if (timedOut) return new BackendError("timed-out", "the backend did not answer in time", { cause })
  return new BackendError("unreachable", "the backend could not be reached", { cause })
}

/** Throws `redirected`, or the problem that the answer is, unless its status is one of success. */
export function checkStatus(response: Response, mediaType: string, bytes: Uint8Array): void {
  const { status } = response
  if (status >= 200 && status < 300) return
  if (status >= 300 && status < 400) {
    throw new BackendError("redirected", `the answer ${String(status)} points elsewhere`, { status })
  }
  throw readProblem(status, mediaType, bytes, response.headers.get("retry-after"))
}

export function mediaTypeOf(response: Response): string {
  return (response.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? ""
}

/** The body as it comes in; none where there is none. */
export async function* partsOf(response: Response): AsyncGenerator<Uint8Array, void, undefined> {
  const parts: AsyncIterable<unknown> | null = response.body
  if (parts === null) return
  for await (const part of parts) if (part instanceof Uint8Array) yield part
}

export async function readBody(response: Response, largest: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  try {
    for await (const part of partsOf(response)) {
      length += part.length
      if (length > largest)
        throw new BackendError("answer-too-large", `the answer exceeds ${String(largest)} bytes`)
      parts.push(part)
    }
  } catch (cause) {
    throw networkError(cause)
  }
  return Uint8Array.from(Buffer.concat(parts))
}

function dateOf(response: Response): number | undefined {
  const date = Date.parse(response.headers.get("date") ?? "")
  return Number.isNaN(date) ? undefined : date
}
