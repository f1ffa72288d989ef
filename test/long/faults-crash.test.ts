import { describe, test } from "vitest"
import { FAULT_PARTIES, faultPointsOf } from "../faults/fault-points.ts"
import { cardOfFile } from "../faults/support/card-of-file.ts"
import { liveThrough } from "../faults/support/live-through.ts"

const card = cardOfFile()

describe.each(FAULT_PARTIES)("a %s that is killed", (party) => {
  test.each(faultPointsOf(party))("%s goes on, and nothing is lost or there twice", async (at) => {
    await liveThrough({ party, at }, card())
  })
})
