import { join } from "node:path"
import { findSofthsmModule } from "../../native/softhsm/find-softhsm-module.ts"
import { softhsmConfigurationPath } from "../../native/softhsm/softhsm-home.ts"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import type { RunningBackend } from "../../src-backend/server.ts"
import { createCardHost, type CardHost } from "../../src-main/card/host/card-host.ts"
import { forkChildProcess } from "../../src-main/card/host/fork-child-process.ts"
import { createDesk } from "../../src-main/consult/consult.ts"
import type { Desk } from "../../src-main/consult/desk.ts"
import { createPhone, type Phone } from "../../src-phone/phone.ts"
import { fileStorage } from "../../src-phone/state/file-storage.ts"
import { createCard } from "../../src-testkit/cards/create-card.ts"
import type { Card } from "../../src-testkit/cards/card-record.ts"
import { initPki } from "../../src-testkit/pki/init-pki.ts"
import type { TestPki } from "../../src-testkit/pki/test-pki.ts"
import type { Terminal } from "../terminal.ts"
import { startTestBackend } from "../test-backend.ts"
import type { DemoFiles } from "./demo-files.ts"

export const CYCLE_SECONDS = 4
export const HOLDER = "Anna de Vries"

/** The authority and the card of the demonstration. */
export interface Authority {
  readonly pki: TestPki
  readonly card: Card
}

export async function makeAuthority(files: DemoFiles, terminal: Terminal): Promise<Authority> {
  const pki = await initPki({ directory: files.pki, at: terminal.now() })
  const card = await createCard({
    pki,
    softhsmDirectory: files.cards,
    profile: "arts",
    name: HOLDER,
    at: terminal.now(),
  })
  return { pki, card }
}

/** The three parties, running. */
export interface Parties {
  readonly backend: RunningBackend
  readonly phone: Phone
  readonly desk: Desk
  /** Ends the backend and the process that holds the card. */
  stop(): Promise<void>
}

export async function startParties(
  files: DemoFiles,
  { pki }: Authority,
  terminal: Terminal,
): Promise<Parties> {
  const clock = () => terminal.now()
  const log = () => undefined
  const backend = await startTestBackend({
    ...{ directory: files.backend, pki, port: 0, cycleSeconds: CYCLE_SECONDS, clock, log },
  })
  const cardHost = openHost(files)
  return {
    backend,
    phone: openPhone(files, backend, pki, clock),
    desk: createDesk({
      ...{ origin: backend.origin, trust: pki.trust, crypto: nodeCrypto, cardHost, clock },
      outboxDirectory: join(files.directory, "outbox"),
    }),
    stop: async () => {
      cardHost.stop()
      await backend.stop()
    },
  }
}

function openHost(files: DemoFiles): CardHost {
  const environment = { SOFTHSM2_CONF: softhsmConfigurationPath(files.cards) }
  return createCardHost({ fork: forkChildProcess(environment), modulePath: findSofthsmModule() })
}

function openPhone(files: DemoFiles, backend: RunningBackend, pki: TestPki, clock: () => number): Phone {
  return createPhone({
    ...{ storage: fileStorage(files.phoneState), backend: backend.origin, trust: pki.trust },
    ...{ crypto: nodeCrypto, clock, language: "nl", batchPublicKey: backend.batchPublicKeySpki },
  })
}
