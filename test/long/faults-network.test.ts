import { describe, expect, test } from "vitest"
import { cardOfFile } from "../faults/support/card-of-file.ts"
import { walk } from "../faults/support/journey.ts"
import { CALLS, MISHAPS, PATIENCE_MILLISECONDS } from "../faults/support/network.ts"
import { playersOf } from "../faults/support/players.ts"
import { inScene } from "../faults/support/scene.ts"

const card = cardOfFile()

describe.each(CALLS)("the call %s", (call) => {
  test.each(MISHAPS)("%s: the journey comes to its end, and all is there once", async (mishap) => {
    await inScene(undefined, async (scene) => {
      const players = await playersOf(scene, card(), { timeoutMilliseconds: PATIENCE_MILLISECONDS })
      scene.network.spoil([call], mishap)
      const { deaths } = await walk(scene, players)
      expect(scene.network.unspoilt()).toEqual([])
      expect(deaths).toBe(0)
    })
  })
})
