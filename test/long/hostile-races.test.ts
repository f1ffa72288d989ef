import { afterAll, beforeAll, expect, test } from "vitest"
import { castOfFile } from "../backend/support/cast.ts"
import { openArena, type Arena } from "../hostile/support/arena.ts"
import { runRaces } from "../hostile/support/run-races.ts"

const RACES = 10_000
const TEN_MINUTES = 600_000

const cast = castOfFile()
let arena: Arena
beforeAll(async () => {
  const { pki, doctor, colleague } = cast.get()
  arena = await openArena(pki, [doctor, colleague])
})
afterAll(async () => {
  await arena.close()
})

test(
  "two clinicians and two phones race for one reference in 10,000 orders: one signer, the first package, no cross-talk",
  async () => {
    const { faults, different } = await runRaces(arena, 1_000_000, RACES)
    console.log(`${RACES} races, ${different} of them in different orders`)
    expect(faults).toEqual([])
    expect(different).toBeGreaterThan(0.99 * RACES)
  },
  TEN_MINUTES,
)
