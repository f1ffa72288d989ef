import { afterAll, beforeAll, expect, test } from "vitest"
import { castOfFile } from "../backend/support/cast.ts"
import { openArena, type Arena } from "./support/arena.ts"
import { runRaces } from "./support/run-races.ts"

// Five seconds of work, on a machine that may have other work, too.
const TWO_MINUTES = 120_000

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
  "two clinicians and two phones race for one reference in 400 orders: one signer, the first package, no cross-talk",
  async () => {
    const { faults, different, seen } = await runRaces(arena, 1, 400)
    expect(faults).toEqual([])
    // The races must differ, and come to what they are about, or they show nothing.
    expect(different).toBeGreaterThan(390)
    expect(seen).toEqual(
      expect.arrayContaining([
        "put 201",
        "put 200",
        "put 404",
        "put 409",
        "put 410",
        "put 422",
        "publish 202",
        "publish 422",
      ]),
    )
    expect(seen).toEqual(
      expect.arrayContaining(["register 409", "pick-up 200", "receipt 200", "withdraw 200"]),
    )
  },
  TWO_MINUTES,
)
