import { HOUR, MINUTE, SECOND, type Instant } from "../src-protocol/instant.ts"
import { nodeCrypto } from "../src-crypto/node-crypto.ts"
import type { Log } from "../src-backend/http/log.ts"
import type { BackendConfig } from "../src-backend/config.ts"
import { startBackend, type RunningBackend } from "../src-backend/server.ts"
import { Settings } from "../src-backend/settings.ts"
import { refreshCrls } from "../src-testkit/pki/refresh-crls.ts"
import type { TestPki } from "../src-testkit/pki/test-pki.ts"
import { join } from "node:path"

export interface TestBackendOptions {
  readonly directory: string
  readonly pki: TestPki
  /** 0 takes any free one. */
  readonly port: number
  readonly cycleSeconds?: number
  /** The authorization server for representation, where one is to run with it. */
  readonly representation?: NonNullable<BackendConfig["representation"]>
  readonly clock: () => Instant
  readonly log: Log
}

/**
 * A backend that believes a test hierarchy and stands in for its authorities: it signs their revocation lists anew each
 * hour, and reads them each minute, so that `pki revoke` is soon known. Plain HTTP on this machine only.
 */
export async function startTestBackend(options: TestBackendOptions): Promise<RunningBackend> {
  const { directory, pki, port, cycleSeconds, representation, clock, log } = options
  const here = { host: "127.0.0.1" }
  const config = {
    directory,
    listen: { ...here, port },
    operator: { ...here, port: 0 },
    trust: pki.trust,
    authenticationTrust: pki.trust,
    crlSources: [{ file: join(pki.directory, "crls.pem") }],
    trustedProxies: [],
    ...(representation === undefined ? {} : { representation }),
    settings: Settings.parse({
      crlRefreshMilliseconds: MINUTE,
      ...(cycleSeconds === undefined ? {} : { cycleMilliseconds: cycleSeconds * SECOND }),
    }),
  }
  return await startBackend(config, { crypto: nodeCrypto, clock, log, beforeCrlRefresh: hourly(pki, clock) })
}

/** Signs the lists at the first call, and from then on when an hour has passed. */
function hourly(pki: TestPki, clock: () => Instant): () => Promise<void> {
  let signedAt = Number.NEGATIVE_INFINITY
  return async () => {
    const now = clock()
    if (now - signedAt < HOUR) return
    await refreshCrls(pki, now)
    signedAt = now
  }
}
