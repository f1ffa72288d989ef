import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { FastifyInstance, LightMyRequestResponse } from "fastify"
import { createApp } from "../../../src-backend/app.ts"
import { openBackend, type Backend, type BackendParts } from "../../../src-backend/backend.ts"
import type { BackendConfig } from "../../../src-backend/config.ts"
import type { LogLine } from "../../../src-backend/http/log.ts"
import { createOperatorApp } from "../../../src-backend/operator/operator-app.ts"
import { Settings } from "../../../src-backend/settings.ts"
import { nodeCrypto } from "../../../src-crypto/node-crypto.ts"
import { MINUTE, type Instant } from "../../../src-protocol/instant.ts"
import type { TrustProfile } from "../../../src-protocol/uzi/trust-profile.ts"
import { refreshCrls } from "../../../src-testkit/pki/refresh-crls.ts"
import { readCrls, type TestPki } from "../../../src-testkit/pki/test-pki.ts"

/** A backend of its own in a temporary directory, with a clock that stands until a test moves it. */
export interface World {
  readonly backend: Backend
  readonly app: FastifyInstance
  readonly operator: FastifyInstance
  readonly pki: TestPki
  readonly directory: string
  readonly log: readonly LogLine[]
  now(): Instant
  advance(milliseconds: number): void
  /** The authorities sign their lists anew, as at the world's now, and the backend takes them. */
  freshCrls(): Promise<void>
  /** The same directory, opened anew: what a restart leaves. The old backend is closed. */
  restart(): Promise<World>
  close(): Promise<void>
}

export interface WorldOptions {
  readonly settings?: Partial<Settings>
  readonly parts?: Partial<BackendParts>
  readonly withoutCrls?: boolean
  /** Whom the backend believes, where that is not the hierarchy's own profile. */
  readonly trust?: TrustProfile
}

export const ORIGIN = "https://desk.example"

export async function openWorld(pki: TestPki, options: WorldOptions = {}): Promise<World> {
  const directory = await mkdtemp(join(tmpdir(), "vrijgave-world-"))
  const world = await worldIn(directory, pki, options, { now: Date.now() })
  // Signed anew: another test's clock may have been days ahead of this one's.
  if (options.withoutCrls !== true) await world.freshCrls()
  return world
}

export function configIn(directory: string, pki: TestPki, settings: Partial<Settings> = {}): BackendConfig {
  return {
    directory,
    listen: { host: "127.0.0.1", port: 0 },
    operator: { host: "127.0.0.1", port: 0 },
    origin: ORIGIN,
    trust: pki.trust,
    authenticationTrust: pki.trust,
    crlSources: [{ file: join(pki.directory, "crls.pem") }],
    trustedProxies: [],
    settings: Settings.parse(settings),
  }
}

async function worldIn(
  directory: string,
  pki: TestPki,
  options: WorldOptions,
  time: { now: Instant },
): Promise<World> {
  const log: LogLine[] = []
  const config = configIn(directory, pki, options.settings)
  const backend = await openBackend(
    options.trust === undefined ? config : { ...config, trust: options.trust },
    {
      crypto: nodeCrypto,
      clock: () => time.now,
      log: (line) => log.push(line),
      ...options.parts,
    },
  )
  const [app, operator] = [createApp(backend), createOperatorApp(backend)]
  const stop = async () => {
    backend.stop()
    await Promise.all([app.close(), operator.close()])
    await backend.store.close()
  }
  return {
    backend,
    app,
    operator,
    pki,
    directory,
    log,
    now: () => time.now,
    advance: (milliseconds) => {
      time.now += milliseconds
    },
    freshCrls: async () => {
      await refreshCrls(pki, time.now - MINUTE)
      await offerCrls(backend, pki)
    },
    restart: async () => {
      await stop()
      return worldIn(directory, pki, options, time)
    },
    close: async () => {
      await stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

async function offerCrls(backend: Backend, pki: TestPki): Promise<void> {
  for (const crl of await readCrls(pki)) await backend.crls.offer(crl)
}

/** What a test looks at in an answer. */
export interface Seen {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  readonly headers: LightMyRequestResponse["headers"]
  readonly bytes: Uint8Array
}

export interface Asked {
  readonly method: "GET" | "POST" | "PUT" | "DELETE"
  readonly path: string
  readonly json?: unknown
  readonly smime?: Uint8Array
  readonly bearer?: string
  readonly address?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** One call, as it would come over the network. */
export async function ask(world: Pick<World, "app">, asked: Asked): Promise<Seen> {
  const type = asked.smime === undefined ? "application/json" : "application/pkcs7-mime"
  const payload = asked.smime === undefined ? jsonOf(asked.json) : Buffer.from(asked.smime)
  const response = await world.app.inject({
    method: asked.method,
    url: asked.path,
    ...(asked.address === undefined ? {} : { remoteAddress: asked.address }),
    headers: {
      ...(payload === undefined ? {} : { "content-type": type }),
      ...(asked.bearer === undefined ? {} : { authorization: `Bearer ${asked.bearer}` }),
      ...asked.headers,
    },
    ...(payload === undefined ? {} : { payload }),
  })
  return {
    status: response.statusCode,
    body: bodyOf(response),
    headers: response.headers,
    bytes: new Uint8Array(response.rawPayload),
  }
}

function jsonOf(json: unknown): string | undefined {
  return json === undefined ? undefined : JSON.stringify(json)
}

function bodyOf(response: LightMyRequestResponse): Readonly<Record<string, unknown>> {
  if (!String(response.headers["content-type"]).includes("json")) return {}
  const parsed: unknown = JSON.parse(response.payload)
  return typeof parsed === "object" && parsed !== null ? Object.fromEntries(Object.entries(parsed)) : {}
}

/** The code of the problem in an answer, and the reason within it where there is one. */
export function problemOf({ status, body }: Seen): { status: number; code: string; reason?: unknown } {
  const code =
    typeof body["type"] === "string" ? body["type"].replace("urn:vrijgave:problem:", "") : "no problem"
  return { status, code, ...(body["reason"] === undefined ? {} : { reason: body["reason"] }) }
}
