import { beforeAll, expect, test } from "vitest"
import { FAULT_PARTIES, faultPointsOf, isOfWithdrawal, REPRESENTATIVE_POINTS } from "./fault-points.ts"
import { cardOfFile } from "./support/card-of-file.ts"
import { walk, walkAndWithdraw, type Walked } from "./support/journey.ts"
import { playersOf, type Players } from "./support/players.ts"
import { inScene, type Scene } from "./support/scene.ts"
import { writeOperations, type Reached } from "./support/write-operations.ts"

const card = cardOfFile()
let reached: Reached

/** What an undisturbed journey comes to. */
async function pointsOn(journey: (scene: Scene, players: Players) => Promise<Walked>): Promise<Reached> {
  return await inScene(undefined, async (scene) => {
    const { told } = await journey(scene, await playersOf(scene, card()))
    expect(told).toEqual([])
    const [backend, phone, desk, cardHost] = await Promise.all(FAULT_PARTIES.map((party) => scene.log(party)))
    return { backend: backend ?? [], phone: phone ?? [], desk: desk ?? [], "card host": cardHost ?? [] }
  })
}

beforeAll(async () => {
  const published = await pointsOn(walk)
  const withdrawn = await pointsOn(walkAndWithdraw)
  const both = (party: keyof Reached): readonly string[] => [
    ...published[party],
    ...withdrawn[party].filter(isOfWithdrawal),
  ]
  reached = {
    backend: both("backend"),
    phone: both("phone"),
    desk: both("desk"),
    "card host": both("card host"),
  }
  if (process.env["UPDATE_FAULT_POINTS"] !== undefined) await writeOperations(reached)
})

test.each(FAULT_PARTIES)(
  "undisturbed journeys come to every point of the %s in the table and to no other (UPDATE_FAULT_POINTS=1 writes it anew)",
  (party) => {
    expect([...reached[party]].sort()).toEqual([...faultPointsOf(party)].sort())
  },
)

test.each(FAULT_PARTIES)("what every run tries of the %s is in the table", (party) => {
  expect(faultPointsOf(party)).toEqual(expect.arrayContaining([...REPRESENTATIVE_POINTS[party]]))
})
