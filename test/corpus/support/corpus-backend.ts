import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { FastifyInstance } from "fastify"
import { createApp } from "../../../src-backend/app.ts"
import { openBackend, type Backend } from "../../../src-backend/backend.ts"
import { hashOfToken } from "../../../src-backend/sessions/session.ts"
import { Settings } from "../../../src-backend/settings.ts"
import { nodeCrypto } from "../../../src-crypto/node-crypto.ts"
import { base64UrlOf } from "../../../src-protocol/bytes.ts"
import { HOUR, type Instant } from "../../../src-protocol/instant.ts"
import { ask, ORIGIN, type Seen } from "../../backend/support/world.ts"
import { checkedAtOf, listsOf, readCorpus, trustOf, type CorpusEntry } from "./corpus.ts"

const corpus = readCorpus()
const SESSION = new Uint8Array(32).fill(3)
const PICKUP_KEY = new Uint8Array(32).fill(4)
const UNLIMITED = 100_000

/** A backend at the corpus' moment: its disclosure is registered, and its signer signed in. */
export interface CorpusBackend {
  readonly backend: Backend
  /** The signer hands a package in. */
  put(authorisation: Uint8Array): Promise<Seen>
  /** Whoever has the corpus' opaque bytes publishes. */
  publish(authorisation: Uint8Array): Promise<Seen>
  /** As if an older, more careless backend had let it in. */
  pretendAccepted(authorisation: Uint8Array): Promise<void>
  close(): Promise<void>
}

/** Opens a backend that believes and knows what the judge of `entry` does. */
export async function backendFor(entry: CorpusEntry): Promise<CorpusBackend> {
  const directory = await mkdtemp(join(tmpdir(), "vrijgave-corpus-"))
  const time: { now: Instant } = { now: corpus.registeredAt }
  const backend = await openBackend(await configFor(entry, directory), {
    ...{ crypto: nodeCrypto, clock: () => time.now, log: () => undefined },
  })
  for (const list of listsOf(entry)) await backend.crls.offer(list)
  const app = createApp(backend)
  await signIn(backend)
  await register(app)
  time.now = checkedAtOf(corpus, entry)
  return {
    backend,
    put: (smime) =>
      ask(
        { app },
        { method: "PUT", path: `${DISCLOSURE}/authorisation`, bearer: base64UrlOf(SESSION), smime },
      ),
    publish: (authorisation) => publish(app, authorisation),
    pretendAccepted: (authorisation) => pretendAccepted(backend, authorisation),
    close: async () => {
      backend.stop()
      await app.close()
      await backend.store.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

const DISCLOSURE = `/v1/disclosures/${corpus.statement.code.reference}`

async function configFor(entry: CorpusEntry, directory: string): Promise<Backend["config"]> {
  const trust = await trustOf(entry)
  return {
    directory,
    ...{ listen: { host: "127.0.0.1", port: 0 }, operator: { host: "127.0.0.1", port: 0 }, origin: ORIGIN },
    ...{ trust, authenticationTrust: trust, crlSources: [], trustedProxies: [] },
    settings: Settings.parse({ attemptsPerClinicianPerHour: UNLIMITED, callsPerAddressPerMinute: UNLIMITED }),
  }
}

async function signIn(backend: Backend): Promise<void> {
  const { uziNumber, subscriberNumber } = corpus.signer
  const tokenHash = await hashOfToken(nodeCrypto, SESSION)
  const expiresAt = corpus.at + 8 * HOUR
  await backend.store.transaction(({ sessions }) =>
    sessions.add(tokenHash, { uziNumber, subscriberNumber, expiresAt }),
  )
}

async function register(app: FastifyInstance): Promise<void> {
  const { hash, code } = corpus.statement
  const pickupHash = base64UrlOf(await nodeCrypto.digest("sha-256", PICKUP_KEY))
  const json = { reference: code.reference, hash, pickupHash }
  const { status } = await ask({ app }, { method: "POST", path: "/v1/disclosures", json })
  if (status !== 201) throw new Error(`registering answered ${status}`)
}

function publish(app: FastifyInstance, authorisation: Uint8Array): Promise<Seen> {
  const json = { opaque: base64UrlOf(corpus.opaque), authorisation: base64UrlOf(authorisation) }
  return ask({ app }, { method: "POST", path: "/v1/publications", json })
}

async function pretendAccepted(backend: Backend, authorisation: Uint8Array): Promise<void> {
  const packageHash = await nodeCrypto.digest("sha-256", authorisation)
  const [acceptedAt, expiresAt, forgottenAt] = [corpus.at, corpus.at + 72 * HOUR, corpus.at + 200 * HOUR]
  await backend.store.transaction(({ accepted }) =>
    accepted.add({ packageHash, acceptedAt, expiresAt, forgottenAt }),
  )
}
