import {
  startPrivateReaderIfPossible,
  type PrivateReader,
} from "../../../native/virtual-card/private-reader.ts"
import { createVirtualCard, type VirtualTestCard } from "../../../src-testkit/cards/create-virtual-card.ts"
import { test as deskTest } from "../../ui/support/desk-test.ts"
import { startWorld, type World } from "../../ui/support/world.ts"

export const PIN = "123456"
/** What it is called in PC/SC; the second slot of the same reader ends in 01. */
export const FIRST_SLOT = "Virtual PCD 00 00"

type Found = { readonly reader: PrivateReader } | { readonly missing: string }

/** The chipcard beside the desk: a real reader that nobody else sees, and as many people's cards as a test wants. */
export interface Chips {
  readonly reader: PrivateReader
  make(name: string, profile?: string): Promise<VirtualTestCard>
}

/** As the tests of the desk on SoftHSM, with the desk's card software set to OpenSC and its cards in a reader. */
export const test = deskTest.extend<{ readonly chips: Chips }, { found: Found; world: World }>({
  found: [
    async ({}, use) => {
      const found = await startPrivateReaderIfPossible()
      await use(found)
      if ("reader" in found) await found.reader.stop()
    },
    { scope: "worker", timeout: 120_000 },
  ],
  world: [
    async ({ found }, use) => {
      const world = await startWorld()
      await use("reader" in found ? onChip(world, found.reader) : world)
      await world.stop()
    },
    { scope: "worker", timeout: 120_000 },
  ],
  chips: async ({ found, world }, use) => {
    if ("missing" in found) {
      test.skip(true, found.missing)
      return
    }
    const { reader } = found
    await reader.setLink("fast")
    await use({
      reader,
      make: (name, profile = "arts-p256") =>
        createVirtualCard({ pki: world.pki, profile, name, pin: PIN, at: Date.now() }),
    })
    for (const slot of [0, 1]) {
      await reader.setFaults([], slot)
      await reader.remove(slot)
    }
  },
})

function onChip(world: World, reader: PrivateReader): World {
  const card = { ...world.card, pin: PIN }
  const environment = { ...world.environment, ...reader.environment, VRIJGAVE_MODULES: reader.openscModule }
  return { ...world, card, environment }
}
