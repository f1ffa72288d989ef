import { createServer, request as ask, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

/** A call of the desk's that came to an answer of the backend's. */
export interface Passed {
  readonly method: string
  readonly path: string
  readonly status: number
}

/** Some calls, by method and path: `"PUT"` and `/authorisation$/`. */
export interface Calls {
  readonly method?: string
  readonly path: RegExp
}

/** Calls that wait on their way until they are let go. */
export interface Held {
  /** Resolves as soon as one waits. */
  readonly caught: Promise<void>
  letGo(): void
}

/** The way from the desk to the backend, in the hands of a test. The phones have a way of their own. */
export interface Gate {
  /** Where the desk calls, and what its card signs at sign-in. */
  readonly origin: string
  /** What came to an answer, oldest first. */
  readonly passed: readonly Passed[]
  lead(to: string): void
  /** Breaks every connection that is open, and each new one until it is opened. */
  close(calls?: Calls): void
  open(): void
  /** Holds such calls before the backend has heard of them, or after it has answered. */
  hold(calls: Calls, where: "on its way" | "on its way back"): Held
  stop(): Promise<void>
}

interface Rule {
  readonly calls: Calls
  readonly does: "breaks" | "on its way" | "on its way back"
  readonly caught: () => void
  readonly until: Promise<void>
}

const EVERY_CALL: Calls = { path: /^/ }

/** Opens a gate on a free port of this machine; `lead` says where to. */
export async function openGate(): Promise<Gate> {
  const passed: Passed[] = []
  let rules: Rule[] = []
  let backend: URL | undefined
  const server = createServer((request, response) => {
    void pass(request, response).catch(() => response.destroy())
  })

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url: path = "" } = request
    const rule = rules.find(({ calls }) => isOneOf(calls, method, path))
    if (rule?.does === "breaks" || backend === undefined) {
      response.destroy()
      return
    }
    const body = await bodyOf(request)
    if (rule?.does === "on its way") await waitFor(rule)
    const answer = await answerOf(backend, request, body)
    passed.push({ method, path, status: answer.statusCode ?? 0 })
    if (rule?.does === "on its way back") await waitFor(rule)
    response.writeHead(answer.statusCode ?? 0, answer.headers)
    response.flushHeaders()
    // A stream of events has no end: who leaves on one side is told on the other.
    response.once("close", () => answer.destroy())
    answer.once("error", () => response.destroy())
    answer.pipe(response)
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  // Sound: it listens on TCP.
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${String(port)}`,
    passed,
    lead(to) {
      backend = new URL(to)
    },
    close(calls = EVERY_CALL) {
      rules = [{ calls, does: "breaks", caught: () => undefined, until: Promise.resolve() }]
      if (calls === EVERY_CALL) server.closeAllConnections()
    },
    open() {
      rules = []
    },
    hold(calls, where) {
      const caught = Promise.withResolvers<undefined>()
      const until = Promise.withResolvers<undefined>()
      rules = [
        {
          calls,
          does: where,
          caught: () => {
            caught.resolve(undefined)
          },
          until: until.promise,
        },
      ]
      const letGo = (): void => {
        rules = []
        until.resolve(undefined)
      }
      return { caught: caught.promise, letGo }
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function isOneOf({ method, path }: Calls, itsMethod: string, itsPath: string): boolean {
  return (method === undefined || method === itsMethod) && path.test(itsPath)
}

async function waitFor({ caught, until }: Rule): Promise<void> {
  caught()
  await until
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  // Sound: no encoding is set, so that the parts are bytes.
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

function answerOf(
  backend: URL,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = ask(new URL(url ?? "/", backend), { method, headers, agent: false }, resolve)
    asked.once("error", reject)
    asked.end(body)
  })
}
