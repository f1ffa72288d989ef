import { createServer, request as ask, type IncomingMessage, type ServerResponse } from "node:http"
import { setTimeout as pause } from "node:timers/promises"
import { routeNameOf } from "./hook-network.ts"

/** Every call of a journey, by its name in `ROUTES`. */
export const CALLS = [
  "register",
  "challenge",
  "signIn",
  "find",
  "crl",
  "accept",
  "pickUp",
  "receipt",
  "publish",
]

/** What can befall a call on its way. */
export const MISHAPS = [
  /** The connection breaks before the backend has it. */
  "lost on the way",
  /** The backend does what it is asked; nobody hears. */
  "answer lost",
  /** As before, but the connection stays open in silence. */
  "never answered",
  "answered late",
  /** It reaches the backend when its sender has given up, and perhaps tried again. */
  "arrives late",
  "arrives twice",
  "answered twice",
] as const
export type Mishap = (typeof MISHAPS)[number]

/** Longer than those who call wait in these tests. */
export const LATE_MILLISECONDS = 900
export const PATIENCE_MILLISECONDS = 600

/** The way to the backend: one address for it, whatever process it is. */
export interface Network {
  readonly origin: string
  /** Where the backend listens now. */
  lead(to: string | undefined): void
  /** What befalls the first call of each of these names from now on. */
  spoil(routes: readonly string[], mishap: Mishap): void
  /** The names of those that have not met theirs yet. */
  unspoilt(): readonly string[]
  close(): Promise<void>
}

interface Passed {
  readonly status: number
  readonly headers: IncomingMessage["headers"]
  readonly body: Buffer
}

export async function openNetwork(): Promise<Network> {
  let backend: string | undefined
  const mishaps = new Map<string, Mishap>()
  const under = new Set<Promise<void>>()
  const server = createServer((request, response) => {
    const handled = handle(request, response).catch(() => {
      response.destroy()
    })
    under.add(handled)
    void handled.then(() => under.delete(handled))
  })
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request)
    const { pathname } = new URL(request.url ?? "/", "http://localhost")
    const pass = (): Promise<Passed> => passOn(backend, request, body)
    const route = routeNameOf(request.method ?? "", pathname)
    const mishap = mishaps.get(route)
    mishaps.delete(route)
    if (mishap === undefined) answer(response, await pass())
    else await befall(mishap, response, pass)
  }
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  if (address === null || typeof address === "string") throw new RangeError("no port")
  return {
    origin: `http://127.0.0.1:${String(address.port)}`,
    lead: (to) => {
      backend = to
    },
    spoil: (routes, mishap) => {
      for (const route of routes) mishaps.set(route, mishap)
    },
    unspoilt: () => [...mishaps.keys()],
    async close() {
      server.closeAllConnections()
      await Promise.all(under)
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function befall(mishap: Mishap, response: ServerResponse, pass: () => Promise<Passed>): Promise<void> {
  switch (mishap) {
    case "lost on the way":
      response.destroy()
      return
    case "answer lost":
      await pass()
      response.destroy()
      return
    case "never answered":
      await pass()
      await pause(LATE_MILLISECONDS)
      response.destroy()
      return
    case "answered late": {
      const passed = await pass()
      await pause(LATE_MILLISECONDS)
      answer(response, passed)
      return
    }
    case "arrives late":
      await pause(LATE_MILLISECONDS)
      answer(response, await pass())
      return
    case "arrives twice":
      await pass()
      answer(response, await pass())
      return
    case "answered twice":
      answerTwice(response, await pass())
  }
}

function passOn(backend: string | undefined, request: IncomingMessage, body: Buffer): Promise<Passed> {
  if (backend === undefined) return Promise.reject(new Error("there is no backend"))
  return new Promise((resolve, reject) => {
    const { method, headers, url } = request
    // A connection of its own: one of before a restart leads nowhere.
    const passed = ask(new URL(url ?? "/", backend), { method, headers, agent: false }, (answered) => {
      bodyOf(answered).then((read) => {
        resolve({ status: answered.statusCode ?? 0, headers: answered.headers, body: read })
      }, reject)
    })
    passed.once("error", reject)
    passed.end(body)
  })
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  // What a message gives without an encoding are buffers.
  for await (const part of message) if (part instanceof Buffer) parts.push(part)
  return Buffer.concat(parts)
}

const OWN_TO_A_CONNECTION = new Set(["connection", "transfer-encoding", "keep-alive", "content-length"])

function answer(response: ServerResponse, { status, headers, body }: Passed): void {
  const kept = Object.entries(headers).filter(([name]) => !OWN_TO_A_CONNECTION.has(name))
  response.writeHead(status, { ...Object.fromEntries(kept), "content-length": String(body.length) })
  response.end(body)
}

/** The same bytes twice on the connection, as a broken relay might. */
function answerTwice(response: ServerResponse, { status, headers, body }: Passed): void {
  const kept = Object.entries(headers).filter(([name]) => !OWN_TO_A_CONNECTION.has(name))
  const lines = kept.map(([name, value]) => `${name}: ${String(value)}\r\n`).join("")
  const head = `HTTP/1.1 ${String(status)} As It Was\r\n${lines}content-length: ${String(body.length)}\r\n\r\n`
  const once = Buffer.concat([Buffer.from(head, "latin1"), body])
  response.socket?.end(Buffer.concat([once, once]))
}
