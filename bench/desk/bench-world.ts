import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { BackendConfig } from "../../src-backend/config.ts"
import { startBackend } from "../../src-backend/server.ts"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { createPhone, type Phone } from "../../src-phone/phone.ts"
import { fileStorage } from "../../src-phone/state/file-storage.ts"
import type { TestPki } from "../../src-testkit/pki/test-pki.ts"
import { benchConfig } from "../support/bench-backend.ts"
import { withCard } from "../support/bench-card.ts"
import { benchPki } from "../support/bench-pki.ts"

/** What stands around a desk that is measured: a backend on this machine, a card on SoftHSM, phones. */
export interface BenchWorld {
  readonly directory: string
  /** For the desk's process. */
  readonly environment: Readonly<Record<string, string>>
  takePhone(): Phone
}

/** As for the other benchmarks, but it is served: where it listens is what cards sign. */
function configIn(directory: string, pki: TestPki): BackendConfig {
  const { listen, operator, trust, authenticationTrust, crlSources, trustedProxies, settings } = benchConfig(
    directory,
    pki,
  )
  return { directory, listen, operator, trust, authenticationTrust, crlSources, trustedProxies, settings }
}

/** Runs in a world that is gone afterwards. */
export async function withBenchWorld<T>(run: (world: BenchWorld) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), "vrijgave-bench-desk-"))
  const pki = await benchPki(Date.now())
  const backend = await startBackend(configIn(join(directory, "backend"), pki), {
    crypto: nodeCrypto,
    clock: Date.now,
    log: () => undefined,
  })
  let phones = 0
  try {
    return await withCard(pki, async ({ module, configuration }) => {
      const environment = {
        SOFTHSM2_CONF: configuration,
        VRIJGAVE_BACKEND: backend.origin,
        VRIJGAVE_TRUST: join(pki.directory, "trust.json"),
        VRIJGAVE_MODULES: module,
        VRIJGAVE_LANGUAGE: "en",
      }
      const takePhone = (): Phone =>
        createPhone({
          ...{
            storage: fileStorage(join(directory, `phone-${String(phones++)}.json`)),
            backend: backend.origin,
          },
          ...{ trust: pki.trust, crypto: nodeCrypto, clock: Date.now, language: "nl" },
        })
      return await run({ directory, environment, takePhone })
    })
  } finally {
    await backend.stop()
    await rm(directory, { recursive: true, force: true })
  }
}
