import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { findSofthsmModule } from "../../../native/softhsm/find-softhsm-module.ts"
import { softhsmConfigurationPath } from "../../../native/softhsm/softhsm-home.ts"
import type { RunningBackend } from "../../../src-backend/server.ts"
import { startTestBackend } from "../../../src-cli/test-backend.ts"
import { nodeCrypto } from "../../../src-crypto/node-crypto.ts"
import { createPhone, type Phone } from "../../../src-phone/phone.ts"
import { fileStorage } from "../../../src-phone/state/file-storage.ts"
import { cardHolder } from "../../../src-testkit/cards/card-holder.ts"
import type { Card } from "../../../src-testkit/cards/card-record.ts"
import { createCard } from "../../../src-testkit/cards/create-card.ts"
import { initPki } from "../../../src-testkit/pki/init-pki.ts"
import type { PassHolder } from "../../../src-testkit/pki/uzi-certificate.ts"
import { cardProfile } from "../../../src-testkit/profiles.ts"
import type { TestPki } from "../../../src-testkit/pki/test-pki.ts"
import { testConfig } from "../../representation/support/flow.ts"

/** Everything around the desk, real: an authority, a card on SoftHSM, a backend, and as many phones as a test wants. */
export interface World {
  readonly directory: string
  readonly pki: TestPki
  readonly card: Card
  readonly backend: RunningBackend
  /** For the desk's process. */
  readonly environment: Readonly<Record<string, string>>
  takePhone(): Phone
  stop(): Promise<void>
}

const clock = (): number => Date.now()

function representationFor(card: Card) {
  return { host: "127.0.0.1", port: 0, config: testConfig({}, passHolderOf(card).subscriberNumber) }
}

/** Who stands on a test card: its numbers follow from the name. */
export function passHolderOf({ profile, name }: Pick<Card, "profile" | "name">): PassHolder {
  return cardHolder(cardProfile(profile), name)
}

export interface WorldOptions {
  /** Whether the authorization server for representation runs with the backend, for the card's own provider. */
  readonly representation?: boolean
}

/** Starts it in a directory of its own, which is gone again after `stop`. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const directory = await mkdtemp(join(tmpdir(), "vrijgave-ui-"))
  const file = (name: string): string => join(directory, name)
  const pki = await initPki({ directory: file("pki"), at: clock() })
  const softhsmDirectory = file("cards")
  const card = await createCard({
    pki,
    softhsmDirectory,
    profile: "arts",
    name: "Anna de Vries",
    at: clock(),
  })
  const backend = await startTestBackend({
    ...{ directory: file("backend"), pki, port: 0, cycleSeconds: 4, clock, log: () => undefined },
    ...(options.representation === true ? { representation: representationFor(card) } : {}),
  })
  let phones = 0
  return {
    ...{ directory, pki, card, backend },
    environment: {
      SOFTHSM2_CONF: softhsmConfigurationPath(softhsmDirectory),
      VRIJGAVE_BACKEND: backend.origin,
      VRIJGAVE_TRUST: join(pki.directory, "trust.json"),
      VRIJGAVE_MODULES: findSofthsmModule(),
    },
    takePhone: () =>
      createPhone({
        ...{
          storage: fileStorage(file(`phone-${String(phones++)}.json`)),
          backend: backend.origin,
          trust: pki.trust,
          crypto: nodeCrypto,
          clock,
        },
        ...{ language: "nl", batchPublicKey: backend.batchPublicKeySpki },
      }),
    stop: async () => {
      await backend.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
