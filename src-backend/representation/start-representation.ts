import { createServer as createHttpServer, type Server } from "node:http"
import { createServer as createHttpsServer } from "node:https"
import type { IncomingMessage, ServerResponse } from "node:http"
import { once } from "node:events"
import { SECOND } from "../../src-protocol/instant.ts"
import { ConfigError } from "../config-error.ts"
import { handlerOf, type Site } from "./http/handle.ts"
import { forgetRepresentation } from "./keep-house.ts"
import { createOauthProvider } from "./oauth-provider.ts"
import { openRepresentation } from "./open-representation.ts"
import type { Representation, RepresentationParts } from "./representation.ts"
import type { RepresentationConfig } from "./representation-config.ts"

/** Where an authorization server serves, and how. */
export interface RepresentationEndpoint {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  readonly tls?: { readonly certificate: string; readonly key: string }
  /** As clients know it, where that is not where it listens: behind a proxy. */
  readonly issuer?: string
}

export interface RunningRepresentation {
  readonly issuer: string
  /** Where it listens. */
  readonly port: number
  readonly server: Representation
  stop(): Promise<void>
}

const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"])
const REQUEST_TIMEOUT = 30 * SECOND
const HOUSEKEEPING_INTERVAL = 30 * SECOND

/** Starts an authorization server; throws ConfigError or StoreError with nothing left open. */
export async function startRepresentation(
  directory: string,
  endpoint: RepresentationEndpoint,
  config: RepresentationConfig,
  parts: RepresentationParts,
): Promise<RunningRepresentation> {
  checkEndpoint(endpoint, config)
  const server = await openRepresentation(directory, config, parts)
  const http = serverFor(endpoint)
  try {
    const port = await listen(http, endpoint)
    const issuer = endpoint.issuer ?? originOf(endpoint, port)
    http.on("request", handlerOf(siteOf(server, issuer)))
    return { issuer, port, server, stop: stopperOf(server, http) }
  } catch (error) {
    http.close()
    await server.store.close()
    throw error
  }
}

function checkEndpoint(
  { host, tls, issuer }: RepresentationEndpoint,
  { isTest }: RepresentationConfig,
): void {
  if (issuer !== undefined && (!URL.canParse(issuer) || new URL(issuer).origin !== issuer))
    throw new ConfigError("representation.issuer", "write scheme, host and port only")
  if (isTest && !LOOPBACK.has(host))
    throw new ConfigError("representation.listen", "with a mock of DigiD it listens on 127.0.0.1 only")
  const isPlain = issuer === undefined ? tls === undefined : !issuer.startsWith("https:")
  if (isPlain && !isTest) throw new ConfigError("representation.tls", "outside tests it is served over https")
}

function siteOf(server: Representation, issuer: string): Site {
  const provider = createOauthProvider(server, issuer)
  const callback = provider.callback()
  const { host, protocol } = new URL(issuer)
  return {
    ...{ server, provider, issuer },
    async toLibrary(request, response) {
      speakAs(request, host, protocol.replace(":", ""))
      await answered(response, () => {
        void callback(request, response)
      })
    },
  }
}

/**
 * Addresses are made from the issuer, never from what a request says of its host. And no session of before comes in: each
 * transaction begins anew, so that nothing that this browser was granted earlier is known.
 */
function speakAs(request: IncomingMessage, host: string, scheme: string): void {
  const cookies = (request.headers.cookie ?? "").split(/;\s*/)
  request.headers.cookie = cookies.filter((cookie) => !/^_session(?:\.sig)?=/.test(cookie)).join("; ")
  request.headers.host = host
  request.headers["x-forwarded-host"] = host
  request.headers["x-forwarded-proto"] = scheme
  delete request.headers["x-forwarded-for"]
}

async function answered(response: ServerResponse, begin: () => void): Promise<void> {
  const closed = once(response, "close")
  begin()
  await closed
}

function serverFor({ tls }: RepresentationEndpoint): Server {
  const server =
    tls === undefined
      ? createHttpServer()
      : createHttpsServer({ cert: tls.certificate, key: tls.key, minVersion: "TLSv1.2" })
  server.requestTimeout = REQUEST_TIMEOUT
  return server
}

async function listen(http: Server, { host, port }: RepresentationEndpoint): Promise<number> {
  try {
    http.listen({ host, port })
    await once(http, "listening")
  } catch (cause) {
    throw new ConfigError("representation.port", `cannot listen on ${host}:${port}`, { cause })
  }
  const address = http.address()
  if (address === null || typeof address === "string") throw new ConfigError("representation", "no TCP port")
  return address.port
}

function originOf({ host, tls }: RepresentationEndpoint, port: number): string {
  const scheme = tls === undefined ? "http" : "https"
  return new URL(`${scheme}://${host.includes(":") ? `[${host}]` : host}:${port}`).origin
}

function stopperOf(server: Representation, http: Server): () => Promise<void> {
  const timer = setInterval(() => void forgetRepresentation(server), HOUSEKEEPING_INTERVAL).unref()
  const stop = async () => {
    clearInterval(timer)
    const closed = once(http, "close")
    http.close()
    http.closeIdleConnections()
    // Whoever is slow to read an answer is not waited for.
    setTimeout(() => {
      http.closeAllConnections()
    }, SECOND).unref()
    await closed
    await server.store.close()
  }
  let stopped: Promise<void> | undefined
  return () => (stopped ??= stop())
}
