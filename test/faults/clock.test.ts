import { expect, test } from "vitest"
import { DAY } from "../../src-protocol/instant.ts"
import { cardOfFile } from "./support/card-of-file.ts"
import { MOMENTS, walkWithJump } from "./support/clock-jump.ts"
import { playersOf } from "./support/players.ts"
import { inScene } from "./support/scene.ts"

const card = cardOfFile()

test.each(["backend", "phone", "desk"] as const)(
  "the clock of the %s jumps a day forward, a day back, and returns, before each step: the journey goes on or begins anew",
  async (party) => {
    await inScene(undefined, async (scene) => {
      const jump = { party, jumps: [DAY, -DAY], at: MOMENTS }
      const { told } = await walkWithJump(scene, await playersOf(scene, card()), jump)
      expect(told.filter((trouble) => trouble === "UNEXPECTED" || trouble === "unknown")).toEqual([])
    })
  },
)
