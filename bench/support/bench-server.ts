import { once } from "node:events"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { createWriteStream } from "node:fs"
import { z } from "zod"
import { createApp } from "../../src-backend/app.ts"
import { recordAcceptance } from "../../src-backend/authorisations/record-acceptance.ts"
import { openBackend, type Backend } from "../../src-backend/backend.ts"
import { currentDisclosure } from "../../src-backend/disclosures/current-disclosure.ts"
import type { Log } from "../../src-backend/http/log.ts"
import { startOwnWork } from "../../src-backend/own-work.ts"
import { inSession } from "../../src-backend/sessions/session.ts"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { base64UrlOf } from "../../src-protocol/bytes.ts"
import { printInstant } from "../../src-protocol/instant.ts"
import type { SignerIdentity } from "../../src-protocol/signer-identity.ts"
import { openPki, readCrls } from "../../src-testkit/pki/test-pki.ts"
import { benchConfig, liveDisclosure, openSession } from "./bench-backend.ts"
import type { Usage } from "./server-process.ts"

/*
 * A server in a process of its own: `product` is the backend as it is, `logged` the same with its request log, `bare` is
 * node:http with the same store and nothing of the product's HTTP, nor of its judging.
 * Told once what to hold, it answers its port; told "usage", what it has used after a collection
 * of garbage, told "processor", the same without.
 */
const Given = z.object({
  kind: z.enum(["product", "logged", "bare"]),
  directory: z.string(),
  pki: z.string(),
  clinician: z.object({ uziNumber: z.string(), subscriberNumber: z.string() }),
  disclosures: z.array(z.object({ reference: z.string(), hash: z.string() })),
})

/** Where nothing is judged, nobody has signed. */
const NOBODY: SignerIdentity = {
  ...{ name: "", uziNumber: "", subscriberNumber: "", roleCode: "", agbCode: "", profession: "" },
  ...{ certificate: new Uint8Array(), certificateSha256: "", notBefore: 0, notAfter: 0 },
}

process.once("disconnect", () => process.exit())
const { kind, directory, pki: pkiDirectory, clinician, disclosures } = Given.parse(await messageOf())
const pki = await openPki(pkiDirectory)
const backend = await openBackend(benchConfig(directory, pki), {
  crypto: nodeCrypto,
  clock: Date.now,
  log: logFor(),
})
for (const crl of await readCrls(pki)) await backend.crls.offer(crl)
await startOwnWork(backend)
const bearer = await openSession(backend, clinician)
await backend.store.transaction(async (records) => {
  for (const { reference, hash } of disclosures)
    await records.disclosures.save(liveDisclosure(reference, hash))
})
const port = kind === "bare" ? await listenBare(backend) : await listenProduct(backend)
process.on("message", (asked) => {
  if (asked === "usage") globalThis.gc?.()
  process.send?.(usage())
})
process.send?.({ port, bearer })

async function messageOf(): Promise<unknown> {
  const received: readonly unknown[] = await once(process, "message")
  return received[0]
}

function logFor(): Log {
  if (kind !== "logged") return () => undefined
  const sink = createWriteStream("/dev/null")
  return (line) => sink.write(`${JSON.stringify({ at: printInstant(Date.now()), ...line })}\n`)
}

function usage(): Usage {
  const { user, system } = process.cpuUsage()
  const { heapUsed, rss } = process.memoryUsage()
  return { processorMicroseconds: user + system, heap: heapUsed, resident: rss }
}

async function listenProduct(opened: Backend): Promise<number> {
  const app = createApp(opened)
  // A connection waits while the other servers have their turn.
  app.server.keepAliveTimeout = 0
  await app.listen({ host: "127.0.0.1", port: 0 })
  // Sound: a server that listens on TCP has an address of this kind.
  return (app.server.address() as AddressInfo).port
}

async function listenBare(opened: Backend): Promise<number> {
  const server = createServer((request, response) => {
    void answer(opened, request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error))
    })
  })
  server.keepAliveTimeout = 0
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  // Sound: a server that listens on TCP has an address of this kind.
  return (server.address() as AddressInfo).port
}

async function answer(opened: Backend, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const reference = /^\/v1\/disclosures\/([0-9]{6})/.exec(request.url ?? "")?.[1] ?? ""
  const call = { bearer: request.headers.authorization?.slice("Bearer ".length) }
  const now = opened.clock()
  const { settings } = opened.config
  // In one transaction, as the product looks up.
  const { session, found } = await inSession(opened, call, async (records, session) => ({
    session,
    found: await currentDisclosure(records, reference, now, settings),
  }))
  if (found?.life !== "live") {
    json(response, 404, {})
    return
  }
  if (request.method === "GET") {
    const { hash, registeredAt, expiresAt, state, represented } = found
    const times = { registeredAt: printInstant(registeredAt), expiresAt: printInstant(expiresAt) }
    json(response, 200, { hash, ...times, state, represented })
    return
  }
  const authorisation = await bodyOf(request)
  const packageTag = await opened.keys.packageTag(authorisation)
  const handedIn = { session, reference, authorisation, packageTag, receivedAt: now }
  const code = { reference, confirmation: "0000" }
  const verdict = { is: "authorised", hash: found.hash, ...code, signer: NOBODY, signedAt: now } as const
  const recorded = await recordAcceptance(opened, handedIn, found, verdict)
  const statusToken = base64UrlOf(await opened.keys.statusToken(found.id, found.refusals))
  json(response, recorded.status, { state: recorded.disclosure.state, statusToken })
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  const pieces: Buffer[] = []
  for await (const piece of request) if (Buffer.isBuffer(piece)) pieces.push(piece)
  return new Uint8Array(Buffer.concat(pieces))
}

function json(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
  })
  response.end(text)
}
