import { describe, expect, test } from "vitest"
import { faultPointsOf, isOfWithdrawal } from "../faults/fault-points.ts"
import { HOUR } from "../../src-protocol/instant.ts"
import { cardOfFile } from "../faults/support/card-of-file.ts"
import { attemptOf, Journey } from "../faults/support/journey.ts"
import { liveThrough } from "../faults/support/live-through.ts"
import { playersOf } from "../faults/support/players.ts"
import { checkPublishedOnce } from "../faults/support/invariants.ts"
import { inScene } from "../faults/support/scene.ts"
import { smallDiskMissing, withSmallDisk } from "../faults/support/small-disk.ts"

const card = cardOfFile()

/** What patient and clinician may be told of a broken disk, wherever it breaks. */
const PLAIN = ["state-not-written", "OUTBOX_UNWRITABLE", "backend-unavailable", "unavailable"]
/** What the backend's own work comes to, which is told to nobody but its log. */
const LOGGED = ["ENOSPC", "EROFS", "ERR_SQLITE_ERROR"]

/** The points before what a disk takes or lets go. */
const OF_DISK =
  /before (open|writeFile|write|sync|rename|remove|make folder|INSERT|UPDATE|DELETE|COMMIT|checkpoint)/

describe.each(["ENOSPC", "EROFS"] as const)("a disk that answers %s", (kind) => {
  describe.each(["backend", "phone", "desk"] as const)("at a %s", (party) => {
    const points = faultPointsOf(party).filter((at) => OF_DISK.test(at) && !at.startsWith("start:"))
    test.each(points)("from %s on is told as such, and then it goes on", async (at) => {
      const { told, deaths } = await liveThrough({ party, at, kind }, card())
      expect(told.filter((trouble) => ![...PLAIN, ...LOGGED].includes(trouble))).toEqual([])
      if (!isOfWithdrawal(at)) expect(deaths).toBe(0)
    })
  })
})

const missing = await smallDiskMissing()
if (missing !== undefined) console.log(`skipped: ${missing}`)

test.skipIf(missing !== undefined)(
  "a real disk that is full at each step: told as such, and then it goes on",
  async () => {
    await withSmallDisk(async (disk) => {
      await inScene(
        undefined,
        async (scene) => {
          const players = await playersOf(scene, card())
          const journey = new Journey(scene, players)
          const whileFull = async (action: () => Promise<unknown>): Promise<void> => {
            await disk.fill()
            const outcome = await attemptOf(action, (value) =>
              typeof value === "object" && value !== null && "trouble" in value
                ? String(value.trouble)
                : undefined,
            )
            await disk.free()
            if ("trouble" in outcome) journey.told.push(outcome.trouble)
          }
          await whileFull(() => players.phone("register"))
          const digits = await journey.register()
          await whileFull(() => players.desk(digits))
          await journey.authorise(digits)
          await whileFull(() => players.phone("wait"))
          await journey.phone("wait", "verified")
          await whileFull(() => players.phone("publish"))
          await journey.phone("publish", "done")
          await whileFull(() => players.backend("aggregate"))
          await players.setClock("backend", 2 * HOUR)
          await players.backend("aggregate")
          await checkPublishedOnce(scene, journey.seed)
          expect(journey.told.length).toBeGreaterThan(2)
          expect(journey.told.filter((trouble) => ![...PLAIN, ...LOGGED].includes(trouble))).toEqual([])
          expect(journey.deaths).toBe(0)
        },
        disk.directory,
      )
    })
  },
)
