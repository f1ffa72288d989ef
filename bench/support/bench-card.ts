import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { findSofthsmModule } from "../../native/softhsm/find-softhsm-module.ts"
import { softhsmConfigurationPath } from "../../native/softhsm/softhsm-home.ts"
import { createCard } from "../../src-testkit/cards/create-card.ts"
import type { TestPki } from "../../src-testkit/pki/test-pki.ts"

export const PIN = "123456"

/** A test card with an RSA-2048 key, on a SoftHSM token of its own. */
export interface BenchCard {
  readonly tokenSerial: string
  readonly module: string
  /** What a process needs in its environment to see the token. */
  readonly configuration: string
}

/** Runs with a card that is gone afterwards. */
export async function withCard<T>(pki: TestPki, run: (card: BenchCard) => Promise<T>): Promise<T> {
  const softhsmDirectory = await mkdtemp(join(tmpdir(), "vrijgave-bench-card-"))
  try {
    const { tokenSerialNumber } = await createCard({
      ...{ pki, softhsmDirectory, profile: "arts", name: "Jannie d'Été-Test", pin: PIN, at: Date.now() },
      alwaysAuthenticate: false,
    })
    const configuration = softhsmConfigurationPath(softhsmDirectory)
    return await run({ tokenSerial: tokenSerialNumber, module: findSofthsmModule(), configuration })
  } finally {
    await rm(softhsmDirectory, { recursive: true, force: true })
  }
}
