import { describe, expect, test } from "vitest"
import type { PrivateReader } from "../../native/virtual-card/private-reader.ts"
import { openChipDesk } from "../card-reader/support/chip-desk.ts"
import { openChipWorld, type ChipWorld } from "../card-reader/support/chip-world.ts"
import { consult, signInAgain, type ConsultOutcome, type Room } from "../card-reader/support/consults.ts"
import { writeSection } from "../card-reader/faults/write-section.ts"
import { makeChip, openReader, readerOf } from "../card-reader/support/open-reader.ts"

const HOUR = 3_600_000
const PACKAGES = Number(process.env["VRIJGAVE_SIGNATURES"] ?? 1_000)
const found = await openReader()

describe.skipIf("missing" in found)("two desks at the same time", () => {
  test(
    "each sign with the card of its own clinician, though each sees both: no package is the other's",
    { timeout: 3 * HOUR },
    async () => {
      // A gate each, so that what one posted is never looked for with the other.
      const rooms = [await roomOf("Anna Links", 0), await roomOf("Bea Rechts", 1)]
      await Promise.all(rooms.map((room) => signInAgain(room)))
      const all = (await Promise.all(rooms.map((room) => half(room)))).flat()
      for (const { desk } of rooms) await desk.stop()
      const wrong = all.filter(({ is, posted }) => is !== "signed" || posted.join() !== "right")
      writeSection("two-desks", [
        `- ${String(all.length)} packages of two desks that each see both cards; signed by the other's card, or wrong in any other way: ${String(wrong.length)}`,
      ])
      expect(wrong).toEqual([])
    },
  )
})

async function roomOf(name: string, slot: number): Promise<Room> {
  const reader: PrivateReader = readerOf(found)
  const [world, chip]: [ChipWorld, Room["chip"]] = [await openChipWorld(), await makeChip("arts", name)]
  await reader.insert(chip.image, slot)
  return { reader, world, chip, desk: await openChipDesk({ reader, world }) }
}

async function half(room: Room): Promise<readonly ConsultOutcome[]> {
  const outcomes: ConsultOutcome[] = []
  while (outcomes.length < PACKAGES / 2) {
    outcomes.push(await consult(room))
    if (outcomes.length % 50 === 0) console.log(`${room.chip.holder.commonName}: ${String(outcomes.length)}`)
  }
  return outcomes
}
