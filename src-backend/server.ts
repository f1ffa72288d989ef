import { createServer as createHttpServer, type Server } from "node:http"
import { createServer as createHttpsServer } from "node:https"
import type { AddressInfo } from "node:net"
import type { FastifyInstance, FastifyServerFactory } from "fastify"
import { SECOND } from "../src-protocol/instant.ts"
import { createApp } from "./app.ts"
import { openBackend, type Backend, type BackendParts } from "./backend.ts"
import { checkBackendConfig, type BackendConfig, type Endpoint } from "./config.ts"
import { ConfigError } from "./config-error.ts"
import { createOperatorApp } from "./operator/operator-app.ts"
import { startOwnWork } from "./own-work.ts"
import { redeemRepresentation } from "./representation/redeem-token.ts"
import { startRepresentation, type RunningRepresentation } from "./representation/start-representation.ts"

export interface RunningBackend {
  /** Where phones and desks call, such as `https://127.0.0.1:8443`. */
  readonly origin: string
  readonly operatorOrigin: string
  /** The authorization server for representation, where there is one. */
  readonly representationIssuer?: string
  /** DER; also in `batch-public-key.pem` in the backend's directory. */
  readonly batchPublicKeySpki: Uint8Array
  /** Finishes what is under way, ends streams and waiters, closes the store. */
  stop(): Promise<void>
}

const REQUEST_TIMEOUT = 30 * SECOND
const HEADERS_TIMEOUT = 10 * SECOND

/** Starts a backend: throws a ConfigError or StoreError, with nothing left open, where it cannot or must not. */
export async function startBackend(config: BackendConfig, parts: BackendParts): Promise<RunningBackend> {
  checkBackendConfig(config)
  const factory = serverFactoryOf(config)
  const representation = await startRepresentationOf(config, parts)
  try {
    const running = await openAndServe(config, { ...parts, ...partsOf(representation) }, factory)
    if (representation === undefined) return running
    const stop = async () => {
      await Promise.all([running.stop(), representation.stop()])
    }
    return { ...running, representationIssuer: representation.issuer, stop }
  } catch (error) {
    await representation?.stop()
    throw error
  }
}

async function startRepresentationOf(
  { directory, representation }: BackendConfig,
  parts: BackendParts,
): Promise<RunningRepresentation | undefined> {
  if (representation === undefined) return undefined
  return startRepresentation(directory, representation, representation.config, parts)
}

function partsOf(
  running: RunningRepresentation | undefined,
): Pick<BackendParts, "redeemRepresentation" | "representation"> {
  if (running === undefined) return {}
  const { server } = running
  return {
    representation: server,
    redeemRepresentation: (token) => Promise.resolve(redeemRepresentation(server, token)),
  }
}

async function openAndServe(
  config: BackendConfig,
  parts: BackendParts,
  factory: FastifyServerFactory,
): Promise<RunningBackend> {
  const backend = await openBackend(config, parts)
  const apps = [createApp(backend, factory), createOperatorApp(backend)] as const
  try {
    return await serve(backend, apps)
  } catch (error) {
    await stopAll(backend, apps)
    throw error
  }
}

async function serve(
  backend: Backend,
  apps: readonly [main: FastifyInstance, operator: FastifyInstance],
): Promise<RunningBackend> {
  const [main, operator] = apps
  const { config, log } = backend
  const { ended } = await startOwnWork(backend)
  const operatorPort = await listen(operator, "operator", config.operator)
  const port = await listen(main, "listen", config.listen)
  const origin = originOf(config.tls === undefined ? "http" : "https", config.listen.host, port)
  backend.origin ??= origin
  log({ is: "started", port, profile: config.trust.environment.name })
  let stopped: Promise<void> | undefined
  return {
    origin,
    operatorOrigin: originOf("http", config.operator.host, operatorPort),
    batchPublicKeySpki: backend.batchKey.publicKeySpki,
    stop: () => (stopped ??= stopAll(backend, apps, ended)),
  }
}

async function stopAll(
  backend: Backend,
  apps: readonly FastifyInstance[],
  ended?: Promise<unknown>,
): Promise<void> {
  backend.stop()
  await Promise.all(apps.map((app) => app.close()))
  await ended
  await backend.store.close()
  backend.log({ is: "stopped" })
}

async function listen(app: FastifyInstance, field: string, { host, port }: Endpoint): Promise<number> {
  try {
    await app.listen({ host, port })
  } catch (cause) {
    throw new ConfigError(`${field}.port`, `cannot listen on ${host}:${port}`, { cause })
  }
  const address: AddressInfo | string | null = app.server.address()
  if (address === null || typeof address === "string") throw new ConfigError(field, "no TCP port was opened")
  return address.port
}

function originOf(scheme: "http" | "https", host: string, port: number): string {
  return new URL(`${scheme}://${host.includes(":") ? `[${host}]` : host}:${port}`).origin
}

function serverFactoryOf({ tls }: BackendConfig): FastifyServerFactory {
  return (handler) => {
    const server = tls === undefined ? createHttpServer(handler) : createTlsServer(tls, handler)
    server.requestTimeout = REQUEST_TIMEOUT
    server.headersTimeout = HEADERS_TIMEOUT
    return server
  }
}

function createTlsServer(
  { certificate, key }: NonNullable<BackendConfig["tls"]>,
  handler: Parameters<FastifyServerFactory>[0],
): Server {
  try {
    return createHttpsServer({ cert: certificate, key, minVersion: "TLSv1.3" }, handler)
  } catch (cause) {
    throw new ConfigError("tls", "certificate and key are not a pair in PEM", { cause })
  }
}
