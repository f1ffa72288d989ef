import { routePath, type Route } from "../../src-protocol/api.ts"
import type { Instant } from "../../src-protocol/instant.ts"
import { PhoneError } from "../phone-error.ts"
import { readLimited } from "./read-limited.ts"

/** One question to the backend. */
export interface Question {
  readonly parameters?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  /** The pickupKey, where the call proves that this phone registered. */
  readonly bearer?: string
  /** Sent as JSON, filled up with spaces to the route's size. */
  readonly body?: unknown
  /** The largest answer that is read. */
  readonly maximumBytes: number
  /** What a long poll may take on top of the ordinary time. */
  readonly extraMilliseconds?: number
}

/** What came back, still unbelieved. */
export interface Answer {
  readonly status: number
  readonly mediaType: string
  readonly body: Uint8Array
  readonly retryAfterSeconds?: number
  /** The phone's clock minus the backend's `Date`; absent where there is no readable one. */
  readonly clockDifference?: number
}

export type AskBackend = (route: Route, question: Question) => Promise<Answer>

export interface BackendAddress {
  readonly origin: string
  readonly clock: () => Instant
  readonly timeoutMilliseconds: number
}

/**
 * The phone's only way out. It follows no redirect, keeps no cookie, sends no referrer, asks for no compression (sizes
 * must tell nothing), and uses a connection for one question only, so that a publication cannot be tied to a pick-up.
 * Throws PhoneError `no-network`, `timed-out`, `redirected`, `answer-too-large`.
 */
export function backendAt(address: BackendAddress): AskBackend {
  return async (route, question) => {
    const deadline = AbortSignal.timeout(address.timeoutMilliseconds + (question.extraMilliseconds ?? 0))
    try {
      const response = await fetch(
        urlOf(address.origin, route, question),
        requestOf(route, question, deadline),
      )
      refuseRedirect(response)
      const body = await readLimited(response, question.maximumBytes)
      return answerOf(response, body, address.clock())
    } catch (cause) {
      if (cause instanceof PhoneError) throw cause
      if (deadline.aborted) throw new PhoneError("timed-out", `${route.path} took too long`, { cause })
      throw new PhoneError("no-network", `${route.path}: ${reasonOf(cause)}`, { cause })
    }
  }
}

function urlOf(origin: string, route: Route, question: Question): URL {
  const url = new URL(routePath(route, question.parameters), origin)
  for (const [name, value] of Object.entries(question.query ?? {})) url.searchParams.set(name, value)
  return url
}

function requestOf(route: Route, question: Question, signal: AbortSignal): RequestInit {
  const headers: Record<string, string> = { "accept-encoding": "identity", connection: "close" }
  if (question.bearer !== undefined) headers["authorization"] = `Bearer ${question.bearer}`
  if (question.body !== undefined) headers["content-type"] = "application/json"
  return {
    method: route.method,
    headers,
    signal,
    redirect: "manual",
    credentials: "omit",
    cache: "no-store",
    referrerPolicy: "no-referrer",
    ...(question.body === undefined ? {} : { body: padded(question.body, route.paddedTo?.request ?? 0) }),
  }
}

/** JSON of `body`, filled with trailing spaces to `size` bytes. */
export function padded(body: unknown, size: number): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(JSON.stringify(body))
  const bytes = new Uint8Array(Math.max(size, json.length)).fill(0x20)
  bytes.set(json)
  return bytes
}

const NOT_MODIFIED = 304

function refuseRedirect(response: Response): void {
  const redirected = response.status >= 300 && response.status < 400 && response.status !== NOT_MODIFIED
  // A browser does not show a redirect that it was told not to follow: it is "opaque", with status 0.
  if (redirected || response.type === "opaqueredirect") {
    throw new PhoneError("redirected", `the answer sends us elsewhere (status ${String(response.status)})`)
  }
}

function answerOf(response: Response, body: Uint8Array, now: Instant): Answer {
  const date = Date.parse(response.headers.get("date") ?? "")
  const retryAfter = response.headers.get("retry-after") ?? ""
  return {
    status: response.status,
    mediaType: (response.headers.get("content-type") ?? "").split(";", 1).join("").trim().toLowerCase(),
    body,
    ...(/^[0-9]{1,6}$/.test(retryAfter) ? { retryAfterSeconds: Number(retryAfter) } : {}),
    ...(Number.isNaN(date) ? {} : { clockDifference: now - date }),
  }
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return "the connection failed"
  return cause.cause instanceof Error ? cause.cause.message : cause.message
}
