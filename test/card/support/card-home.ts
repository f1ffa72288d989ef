import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { findSofthsmModule } from "../../../native/softhsm/find-softhsm-module.ts"
import { softhsmConfigurationPath } from "../../../native/softhsm/softhsm-home.ts"
import { createCardHost, type CardHost, type CardHostOptions } from "../../../src-main/card/host/card-host.ts"
import { forkChildProcess } from "../../../src-main/card/host/fork-child-process.ts"
import type { Card } from "../../../src-testkit/cards/card-record.ts"
import { createCard, type CreateCardOptions } from "../../../src-testkit/cards/create-card.ts"
import { testPki } from "../../support/test-pki.ts"
import { whenFileIsDone } from "./when-file-is-done.ts"

/** A private SoftHSM home with cards of the test hierarchy, gone when the test file is done. */
export interface CardHome {
  readonly directory: string
  make(options: Pick<CreateCardOptions, "profile" | "name"> & Partial<CreateCardOptions>): Promise<Card>
  /** A card host on that home, in a process of its own; it is stopped when the test file is done. */
  host(options?: Partial<CardHostOptions>): CardHost
}

export async function openCardHome(): Promise<CardHome> {
  const directory = await mkdtemp(join(tmpdir(), "vrijgave-cards-"))
  const pki = await testPki()
  const hosts: CardHost[] = []
  whenFileIsDone(async () => {
    for (const host of hosts) host.stop()
    await rm(directory, { recursive: true, force: true })
  })
  return {
    directory,
    make: (options) => createCard({ pki, softhsmDirectory: directory, at: Date.now(), ...options }),
    host(options = {}) {
      const environment = { SOFTHSM2_CONF: softhsmConfigurationPath(directory) }
      const fork = forkChildProcess(environment)
      const host = createCardHost({ fork, modulePath: findSofthsmModule(), ...options })
      hosts.push(host)
      return host
    },
  }
}

/** A PIN as the desk holds it: bytes that can be wiped. */
export function pinBytes(pin: string): Uint8Array {
  return new TextEncoder().encode(pin)
}
