import { beforeAll } from "vitest"
import { softCard, type SoftCard } from "../../../src-testkit/cards/soft-signer.ts"
import type { CardProfileId } from "../../../src-testkit/profiles.ts"
import type { TestPki } from "../../../src-testkit/pki/test-pki.ts"
import { testPki } from "../../support/test-pki.ts"
import { openWorld, type World, type WorldOptions } from "./world.ts"

/** Two physicians and the hierarchy that issued their cards, for all tests of a file. */
export interface Cast {
  readonly pki: TestPki
  readonly doctor: SoftCard
  readonly colleague: SoftCard
}

/** The cast of this test file; to be called at its top. */
export function castOfFile(): { get(): Cast } {
  let cast: Cast | undefined
  beforeAll(async () => {
    const pki = await testPki()
    cast = {
      pki,
      doctor: await cardOf(pki, "arts", "Jannie Tester"),
      colleague: await cardOf(pki, "verpleegkundige", "Piet d'Été-Jansen"),
    }
  })
  return {
    get: () => {
      if (cast === undefined) throw new Error("the cast comes with beforeAll")
      return cast
    },
  }
}

/** A card with quick keys. */
export function cardOf(pki: TestPki, profile: CardProfileId, name: string): Promise<SoftCard> {
  return softCard({ pki, profile, name, at: Date.now(), keyKind: "p-256" })
}

/** Runs a test in a backend of its own. */
export async function inWorld(
  pki: TestPki,
  options: WorldOptions,
  run: (world: World) => Promise<void>,
): Promise<void> {
  const world = await openWorld(pki, options)
  try {
    await run(world)
  } finally {
    await world.close()
  }
}
