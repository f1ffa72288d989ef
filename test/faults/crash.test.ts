import { describe, test } from "vitest"
import { FAULT_PARTIES, REPRESENTATIVE_POINTS } from "./fault-points.ts"
import { cardOfFile } from "./support/card-of-file.ts"
import { liveThrough } from "./support/live-through.ts"

const card = cardOfFile()

describe.each(FAULT_PARTIES)("a %s that is killed", (party) => {
  test.each(REPRESENTATIVE_POINTS[party])("%s goes on, and nothing is lost or there twice", async (at) => {
    await liveThrough({ party, at }, card())
  })
})
