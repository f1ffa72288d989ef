import { expect, test } from "vitest"
import { cardOfFile } from "./support/card-of-file.ts"
import { walk } from "./support/journey.ts"
import { CALLS, MISHAPS, PATIENCE_MILLISECONDS } from "./support/network.ts"
import { playersOf } from "./support/players.ts"
import { inScene } from "./support/scene.ts"

const card = cardOfFile()

test.each(MISHAPS)(
  "each call once %s: the journey comes to its end, and all is there once",
  async (mishap) => {
    await inScene(undefined, async (scene) => {
      const players = await playersOf(scene, card(), { timeoutMilliseconds: PATIENCE_MILLISECONDS })
      scene.network.spoil(CALLS, mishap)
      const { deaths } = await walk(scene, players)
      expect(scene.network.unspoilt()).toEqual([])
      expect(deaths).toBe(0)
    })
  },
)
