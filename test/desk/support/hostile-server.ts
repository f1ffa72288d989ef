import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { buffer } from "node:stream/consumers"
import { whenFileIsDone } from "../../card/support/when-file-is-done.ts"

export type Behaviour = (
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
) => void | Promise<void>

/** A server that does whatever a test tells it, as a network between desk and backend can. */
export interface HostileServer {
  readonly origin: string
  /** What came in, as `METHOD /path`. */
  readonly asked: string[]
  behave(behaviour: Behaviour): void
}

export async function openHostileServer(): Promise<HostileServer> {
  let current: Behaviour = answerWith(500, {})
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method ?? ""} ${request.url ?? ""}`)
    void buffer(request).then((body) => current(request, response, body))
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  whenFileIsDone(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === "string") throw new RangeError("no port")
  return {
    origin: `http://127.0.0.1:${address.port}`,
    asked,
    behave(behaviour) {
      current = behaviour
    },
  }
}

/** Passes a request on to the real backend; what it answers is the caller's to pass back or lose. */
export function passOn(origin: string, request: IncomingMessage, body: Buffer): Promise<Response> {
  return fetch(new URL(request.url ?? "/", origin), {
    method: request.method ?? "GET",
    headers: headersOf(request),
    redirect: "manual",
    ...(body.length === 0 ? {} : { body: Uint8Array.from(body) }),
  })
}

/** Passes requests on to the real backend and its answers back. */
export function forwardTo(origin: () => string): Behaviour {
  return async (request, response, body) => {
    const answer = await passOn(origin(), request, body)
    const bytes = Buffer.from(await answer.arrayBuffer())
    const passed = [...answer.headers].filter(([name]) => name === "content-type" || name === "retry-after")
    response.writeHead(answer.status, Object.fromEntries(passed)).end(bytes)
  }
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const passed = ["authorization", "content-type", "accept"] as const
  return Object.fromEntries(
    passed.flatMap((name) => {
      const value = headers[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

/** Answers with these bytes under this status. */
export function answerWith(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer = "",
): Behaviour {
  return (_, response) => void response.writeHead(status, headers).end(body)
}

/** Answers with problem details, of our own type or another. */
export function answerProblem(
  status: number,
  type: string,
  more: object = {},
  headers: Readonly<Record<string, string>> = {},
): Behaviour {
  const body = JSON.stringify({ type, title: "no", status, ...more })
  return answerWith(status, { "content-type": "application/problem+json", ...headers }, body)
}
