import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { onTestFinished } from "vitest"
import { BATCH_MEDIA_TYPE, CRL_MEDIA_TYPE, ROUTES } from "../../../src-protocol/api.ts"
import {
  PROBLEM_MEDIA_TYPE,
  problemType,
  type Problem,
  type ProblemCode,
} from "../../../src-protocol/problems.ts"
import { base64UrlOf } from "../../../src-protocol/bytes.ts"
import { issuerKeyIdOf, readCrl } from "../../../src-protocol/crl.ts"
import { HOUR, printInstant } from "../../../src-protocol/instant.ts"

export type RouteName = keyof typeof ROUTES

/** What a phone sent. */
export interface Received {
  readonly route: RouteName
  readonly path: string
  readonly headers: IncomingMessage["headers"]
  readonly body: Buffer
  /** Of the connection: two questions on one connection have the same. */
  readonly remotePort: number
}

/** Writes one answer, or none at all. */
export type Reply = (response: ServerResponse, request: Received) => void

/** A backend that says what a test tells it to: as the protocol has it, wrongly, late, or not at all. */
export interface ScriptedBackend {
  readonly origin: string
  readonly received: readonly Received[]
  /** From now on this route is answered so; of several replies each serves once, and the last one stays. */
  on(route: RouteName, ...replies: readonly Reply[]): void
  of(route: RouteName): readonly Received[]
}

/** Listens on a free port of 127.0.0.1 until the test is over; without a script it answers like a backend at rest. */
export async function scriptedBackend(crls: readonly Uint8Array[] = []): Promise<ScriptedBackend> {
  const received: Received[] = []
  const script = new Map<RouteName, Reply[]>(
    Object.entries(atRest(crls)).map(([name, reply]) => [routeName(name), [reply]]),
  )
  const server = createServer((request, response) => {
    void readRequest(request).then((asked) => {
      received.push(asked)
      const replies = script.get(asked.route) ?? []
      const reply = replies.length > 1 ? replies.shift() : replies[0]
      if (reply === undefined) problem(404, "not-found")(response, asked)
      else reply(response, asked)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    origin: originOf(server.address()),
    received,
    on: (route, ...replies) => void script.set(route, [...replies]),
    of: (route) => received.filter((asked) => asked.route === route),
  }
}

function originOf(address: AddressInfo | string | null): string {
  if (address === null || typeof address === "string") throw new TypeError("the server does not listen")
  return `http://127.0.0.1:${String(address.port)}`
}

function routeName(text: string): RouteName {
  const name = Object.keys(ROUTES).find((key): key is RouteName => key === text)
  if (name === undefined) throw new TypeError(`no route ${text}`)
  return name
}

async function readRequest(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = []
  for await (const chunk of request) if (chunk instanceof Buffer) chunks.push(chunk)
  const path = request.url ?? ""
  return {
    route: matchRoute(request.method ?? "", path),
    path,
    headers: request.headers,
    body: Buffer.concat(chunks),
    remotePort: request.socket.remotePort ?? 0,
  }
}

function matchRoute(method: string, path: string): RouteName {
  const bare = path.replace(/\?.*$/, "")
  const found = Object.entries(ROUTES).find(
    ([, route]) =>
      route.method === method && new RegExp(`^${route.path.replace(/:[A-Za-z]+/g, "[^/]+")}$`).test(bare),
  )
  if (found === undefined) throw new TypeError(`the phone asked for ${method} ${path}`)
  return routeName(found[0])
}

/** A JSON answer, filled with spaces to `size` bytes. */
export function json(status: number, body: unknown, size = 1_024): Reply {
  return (response) => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body).padEnd(size))
  }
}

export function problem(
  status: number,
  code: ProblemCode,
  more: Partial<Problem> = {},
  headers: Readonly<Record<string, string>> = {},
): Reply {
  const body = { type: problemType(code), title: code, status, ...more }
  return (response) => {
    response.writeHead(status, { "content-type": PROBLEM_MEDIA_TYPE, ...headers }).end(JSON.stringify(body))
  }
}

export function bytes(mediaType: string, body: Uint8Array): Reply {
  return (response) => {
    response.writeHead(200, { "content-type": mediaType }).end(body)
  }
}

export function packageAnswer(authorisation: Uint8Array): Reply {
  return json(200, { authorisation: base64UrlOf(authorisation) }, ROUTES.pickUp.paddedTo.answer)
}

export const batchBytes = (body: Uint8Array): Reply => bytes(BATCH_MEDIA_TYPE, body)
export const crlBytes = (body: Uint8Array): Reply => bytes(CRL_MEDIA_TYPE, body)
export const noPackage: Reply = (response) => {
  response.writeHead(204).end()
}
/** The connection breaks before an answer: nobody knows whether the question arrived. */
export const breakOff: Reply = (response) => {
  response.destroy()
}
export const silence: Reply = () => undefined
/** As `reply`, but the backend's clock is `milliseconds` from ours. */
export function atOtherTime(milliseconds: number, reply: Reply): Reply {
  return (response, request) => {
    response.sendDate = false
    response.setHeader("date", new Date(Date.now() + milliseconds).toUTCString())
    reply(response, request)
  }
}

/** The list of whoever is asked for. */
export function crlsBy(crls: readonly Uint8Array[]): Reply {
  const byKey = new Map(crls.map((crl) => [issuerKeyIdOf(readCrl(crl)), crl]))
  return (response, request) => {
    const crl = byKey.get(request.path.split("/").at(-1))
    if (crl === undefined) problem(404, "not-found")(response, request)
    else crlBytes(crl)(response, request)
  }
}

function atRest(crls: readonly Uint8Array[]): Partial<Record<RouteName, Reply>> {
  return {
    register: json(201, { expiresAt: printInstant(Date.now() + 4 * HOUR) }),
    pickUp: noPackage,
    receipt: (response, request) => {
      const accepted = request.body.includes('"accepted":true')
      json(200, { state: accepted ? "confirmed" : "refused" })(response, request)
    },
    withdraw: json(200, { state: "withdrawn" }),
    publish: json(202, { queued: true }),
    crl: crlsBy(crls),
    batches: json(200, { cycleSeconds: 7_200 }, 0),
  }
}
