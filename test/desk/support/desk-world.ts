import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { RepresentationConfig } from "../../../src-backend/representation/representation-config.ts"
import { startBackend, type RunningBackend } from "../../../src-backend/server.ts"
import { Settings } from "../../../src-backend/settings.ts"
import { nodeCrypto } from "../../../src-crypto/node-crypto.ts"
import type { CardHost } from "../../../src-main/card/host/card-host.ts"
import { createDesk } from "../../../src-main/consult/consult.ts"
import type { Desk, DeskOptions } from "../../../src-main/consult/desk.ts"
import type { ReceiptRequest } from "../../../src-protocol/api.ts"
import { base64UrlOf } from "../../../src-protocol/bytes.ts"
import { drawCode, type Code } from "../../../src-protocol/code.ts"
import { dayOf, type Instant } from "../../../src-protocol/instant.ts"
import { encodeOpaque, hashOpaque } from "../../../src-protocol/opaque.ts"
import { softCard, type SoftCard } from "../../../src-testkit/cards/soft-signer.ts"
import type { CardProfileId } from "../../../src-testkit/profiles.ts"
import type { TestPki } from "../../../src-testkit/pki/test-pki.ts"
import { whenFileIsDone } from "../../card/support/when-file-is-done.ts"
import { testPki } from "../../support/test-pki.ts"

/** What a phone holds of the one disclosure it registered. */
export interface Phone {
  readonly code: Code
  readonly hash: string
  /** Hands in a receipt, or takes the disclosure back; answers the HTTP status. */
  receipt(receipt: ReceiptRequest): Promise<number>
  withdraw(): Promise<number>
}

/** A real backend on loopback, the test hierarchy, and a folder for outboxes; all gone when the test file is done. */
export interface DeskWorld {
  readonly pki: TestPki
  readonly backend: RunningBackend
  card(profile: CardProfileId, name: string): Promise<SoftCard>
  desk(cardHost: CardHost, changes?: Partial<DeskOptions>): Desk
  newOutbox(): Promise<string>
  register(code?: Code, representationToken?: string): Promise<Phone>
  /** Of the backend's stores. */
  readonly backendDirectory: string
}

/** `origin` is what the backend believes to be called by, where that is not where it listens. */
export async function openDeskWorld(
  settings: Partial<Settings> = {},
  origin?: string,
  representation?: RepresentationConfig,
): Promise<DeskWorld> {
  const pki = await testPki()
  const directory = await mkdtemp(join(tmpdir(), "vrijgave-desk-"))
  const backendDirectory = join(directory, "backend")
  const backend = await startTestBackend(pki, backendDirectory, settings, { origin, representation })
  whenFileIsDone(async () => {
    await backend.stop()
    await rm(directory, { recursive: true, force: true })
  })
  return {
    ...{ pki, backend, backendDirectory },
    card: (profile, name) => softCard({ pki, profile, name, at: Date.now() }),
    desk: (cardHost, changes = {}) =>
      createDesk({
        origin: backend.origin,
        trust: pki.trust,
        crypto: nodeCrypto,
        cardHost,
        outboxDirectory: join(directory, `outbox-${nodeCrypto.randomBytes(8).join("")}`),
        clock: () => Date.now(),
        ...changes,
      }),
    newOutbox: () => mkdtemp(join(directory, "outbox-")),
    register: (code, representationToken) =>
      register(backend.origin, code ?? drawCode(nodeCrypto), Date.now(), representationToken),
  }
}

function startTestBackend(
  pki: TestPki,
  directory: string,
  settings: Partial<Settings>,
  {
    origin,
    representation,
  }: { readonly origin: string | undefined; readonly representation: RepresentationConfig | undefined },
): Promise<RunningBackend> {
  const anyPort = { host: "127.0.0.1", port: 0 }
  return startBackend(
    {
      directory,
      listen: anyPort,
      operator: anyPort,
      ...(origin === undefined ? {} : { origin }),
      ...(representation === undefined ? {} : { representation: { ...anyPort, config: representation } }),
      trust: pki.trust,
      authenticationTrust: pki.trust,
      crlSources: [{ file: join(pki.directory, "crls.pem") }],
      trustedProxies: [],
      settings: Settings.parse(settings),
    },
    { crypto: nodeCrypto, clock: () => Date.now(), log: () => undefined },
  )
}

async function register(
  origin: string,
  code: Code,
  now: Instant,
  representationToken?: string,
): Promise<Phone> {
  const [salt, dayKey, pickupKey] = [32, 32, 32].map((length) => nodeCrypto.randomBytes(length))
  if (salt === undefined || dayKey === undefined || pickupKey === undefined) throw new RangeError("no bytes")
  const hash = await hashOpaque(nodeCrypto, encodeOpaque({ salt, code, day: dayOf(now) - 2, dayKey }))
  const pickupHash = base64UrlOf(await nodeCrypto.digest("sha-256", pickupKey))
  const url = new URL("/v1/disclosures", origin)
  const ask = (path: URL, method: string, json?: unknown): Promise<Response> =>
    fetch(path, {
      method,
      headers: { "content-type": "application/json", authorization: `Bearer ${base64UrlOf(pickupKey)}` },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    })
  const registered = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ reference: code.reference, hash, pickupHash, representationToken }),
  })
  if (registered.status !== 201) throw new RangeError(`registering answered ${registered.status}`)
  const own = new URL(`/v1/disclosures/${code.reference}`, origin)
  return {
    code,
    hash,
    receipt: async (receipt) => (await ask(new URL(`${own.href}/receipt`), "POST", receipt)).status,
    withdraw: async () =>
      (await fetch(own, { method: "DELETE", headers: { authorization: `Bearer ${base64UrlOf(pickupKey)}` } }))
        .status,
  }
}
