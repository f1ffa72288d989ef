import { mkdtemp, rm } from "node:fs/promises"
import { join } from "node:path"
import { openBackend, type Backend } from "../../src-backend/backend.ts"
import type { BackendConfig } from "../../src-backend/config.ts"
import type { LiveDisclosure } from "../../src-backend/disclosures/disclosure.ts"
import type { Log } from "../../src-backend/http/log.ts"
import type { Call } from "../../src-backend/http/serve-route.ts"
import { hashOfToken } from "../../src-backend/sessions/session.ts"
import { Settings } from "../../src-backend/settings.ts"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { base64UrlOf, hexOf } from "../../src-protocol/bytes.ts"
import { HOUR, MINUTE } from "../../src-protocol/instant.ts"
import { readCrls, type TestPki } from "../../src-testkit/pki/test-pki.ts"
import { cacheFolder } from "./paths.ts"

const NO_LIMIT = 1_000_000_000
/** Budgets are for people: a benchmark is one address and one clinician. */
const UNLIMITED = Settings.parse({
  registrationsPerIpv4PerHour: NO_LIMIT,
  callsPerAddressPerMinute: NO_LIMIT,
  lookUpsPerClinicianPerHour: NO_LIMIT,
  attemptsPerClinicianPerHour: NO_LIMIT,
  authorisationsPerClinicianPerDay: NO_LIMIT,
  cycleMilliseconds: 10_000,
  // Ten minutes of load are the references of weeks: they rest for a minute here, or phones would be asked for puzzles.
  authorisedMilliseconds: MINUTE,
  endedKeptMilliseconds: MINUTE,
  acceptedKeptMilliseconds: MINUTE,
})

/** A folder on the disk of the repository, not in memory: what is synced there is synced. */
export async function diskFolder(): Promise<string> {
  return await mkdtemp(join(await cacheFolder("run"), "backend-"))
}

export function benchConfig(directory: string, pki: TestPki): BackendConfig {
  const here = { host: "127.0.0.1", port: 0 }
  return {
    ...{ directory, listen: here, operator: here, trust: pki.trust, authenticationTrust: pki.trust },
    ...{ origin: "https://bench.example", crlSources: [{ file: join(pki.directory, "crls.pem") }] },
    ...{ trustedProxies: [], settings: UNLIMITED },
  }
}

/** A backend of our own, in a folder that goes with it; it serves nothing by itself. */
export async function withBackend<T>(pki: TestPki, run: (backend: Backend) => Promise<T>): Promise<T> {
  const directory = await diskFolder()
  try {
    const log: Log = () => undefined
    const backend = await openBackend(benchConfig(directory, pki), {
      crypto: nodeCrypto,
      clock: Date.now,
      log,
    })
    for (const crl of await readCrls(pki)) await backend.crls.offer(crl)
    try {
      return await run(backend)
    } finally {
      backend.stop()
      await backend.store.close()
    }
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

export interface Signed {
  readonly uziNumber: string
  readonly subscriberNumber: string
}

/** A session of that clinician, as after a sign-in; answers its bearer token. */
export async function openSession(backend: Pick<Backend, "store">, clinician: Signed): Promise<string> {
  const token = nodeCrypto.randomBytes(32)
  const tokenHash = await hashOfToken(nodeCrypto, token)
  await backend.store.transaction(({ sessions }) =>
    sessions.add(tokenHash, { ...clinician, expiresAt: Date.now() + 8 * HOUR }),
  )
  return base64UrlOf(token)
}

/** A disclosure that a phone has just registered. */
export function liveDisclosure(reference: string, hash: string): LiveDisclosure {
  const registeredAt = Date.now()
  return {
    ...{ life: "live", id: hexOf(nodeCrypto.randomBytes(16)), reference, hash, state: "registered" },
    ...{ pickupHash: nodeCrypto.randomBytes(32), registeredAt, expiresAt: registeredAt + 4 * HOUR },
    ...{ represented: false, refusals: 0 },
  }
}

export function callOf<Body>(body: Body, more: Partial<Call<Body>> = {}): Call<Body> {
  const signal = new AbortController().signal
  const rest = { parameters: {}, query: {}, bearer: undefined, ifNoneMatch: undefined }
  return { ...rest, address: "127.0.0.1", signal, body, ...more }
}
