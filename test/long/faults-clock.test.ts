import { describe, expect, test } from "vitest"
import { DAY } from "../../src-protocol/instant.ts"
import { cardOfFile } from "../faults/support/card-of-file.ts"
import { MOMENTS, walkWithJump } from "../faults/support/clock-jump.ts"
import { playersOf } from "../faults/support/players.ts"
import { inScene } from "../faults/support/scene.ts"

const card = cardOfFile()

describe.each(["backend", "phone", "desk"] as const)("the clock of the %s", (party) => {
  describe.each([
    ["forward", DAY],
    ["back", -DAY],
  ])("jumps a day %s", (_, jump) => {
    test.each(MOMENTS)(
      "before the step %s and returns: the journey goes on or begins anew",
      async (moment) => {
        await inScene(undefined, async (scene) => {
          const players = await playersOf(scene, card())
          const { told } = await walkWithJump(scene, players, { party, jumps: [jump], at: [moment] })
          expect(told.filter((trouble) => trouble === "UNEXPECTED" || trouble === "unknown")).toEqual([])
        })
      },
    )
  })
})
