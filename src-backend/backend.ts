import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import type { CryptoPort } from "../src-protocol/crypto-port.ts"
import type { Instant } from "../src-protocol/instant.ts"
import { openBatchKey, type BatchKey } from "./aggregation/batch-key.ts"
import { createChanges, type Changes } from "./changes.ts"
import type { BackendConfig } from "./config.ts"
import type { Log } from "./http/log.ts"
import { createAddressBudgets, type AddressBudgets } from "./limits/address-budgets.ts"
import { createClinicianBudgets, type ClinicianBudgets } from "./limits/clinician-budgets.ts"
import type { Representation } from "./representation/representation.ts"
import { createMetrics, type Metrics } from "./operator/metrics.ts"
import { openCrlKeeper, type CrlKeeper } from "./revocation/crl-keeper.ts"
import { openServerKeys, type ServerKeys } from "./server-keys.ts"
import { openChallenges, type Challenges } from "./sessions/challenges.ts"
import { openSqliteStore } from "./store/sqlite-store.ts"
import type { Store } from "./store/store.ts"

/** What a backend gets from outside besides its configuration. */
export interface BackendParts {
  readonly crypto: CryptoPort
  readonly clock: () => Instant
  readonly log: Log
  /** Runs before each reading of the revocation lists: a test authority can sign them anew. */
  readonly beforeCrlRefresh?: () => Promise<void>
  /** Redeems a token of the authorization server for representation; without it such a token is refused. */
  readonly redeemRepresentation?: (token: string) => Promise<boolean>
  /** The authorization server that runs with the backend: for the clinicians of the providers it serves. */
  readonly representation?: Representation
}

/** An open backend: what every step of the journey is handed. It serves nothing by itself; see `app.ts`. */
export interface Backend extends BackendParts {
  readonly config: BackendConfig
  readonly store: Store
  readonly keys: ServerKeys
  readonly batchKey: BatchKey
  readonly crls: CrlKeeper
  readonly changes: Changes
  readonly challenges: Challenges
  readonly addressBudgets: AddressBudgets
  readonly clinicianBudgets: ClinicianBudgets
  readonly metrics: Metrics
  /** What cards sign at sign-in; known only once the backend listens where the configuration does not say it. */
  origin: string | undefined
  /** Aborted when the backend stops: streams and long polls end. */
  readonly stopping: AbortSignal
  /** Ends all that waits; the store stays open for what is still under way. */
  stop(): void
}

/** Opens store, keys and lists in `config.directory`, making what is not there yet. Listens nowhere. */
export async function openBackend(config: BackendConfig, parts: BackendParts): Promise<Backend> {
  const { crypto, clock, log } = parts
  const metrics = createMetrics()
  await mkdir(config.directory, { recursive: true, mode: 0o700 })
  const stop = new AbortController()
  const store = await openSqliteStore(join(config.directory, "backend.sqlite"))
  try {
    return {
      ...parts,
      config,
      store,
      keys: await openServerKeys(store, crypto),
      batchKey: await openBatchKey(config.directory),
      crls: await openCrlKeeper(crypto, store, [config.trust, config.authenticationTrust]),
      changes: createChanges(),
      challenges: openChallenges(crypto, clock, config.settings.challengeMilliseconds),
      addressBudgets: createAddressBudgets(crypto, clock, config.settings),
      clinicianBudgets: createClinicianBudgets(clock, config.settings, (limit, signer) => {
        metrics.countLimitReached(limit)
        log({ is: "limit-reached", limit, ...signer })
      }),
      metrics,
      origin: config.origin,
      stopping: stop.signal,
      stop: () => {
        stop.abort()
      },
    }
  } catch (error) {
    await store.close()
    throw error
  }
}
