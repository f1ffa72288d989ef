import { expect, test } from "vitest"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { checkPuzzle, solvePuzzle } from "../../src-protocol/puzzle.ts"
import { drawDisclosure, register, type PhoneSide } from "../backend/support/actors.ts"
import { castOfFile, inWorld } from "../backend/support/cast.ts"
import { problemOf, type World } from "../backend/support/world.ts"
import { fillReferences } from "./support/fill-references.ts"

const cast = castOfFile()

/** A phone whose digits no flood has taken. */
function fresh(world: World, reference: string): Promise<PhoneSide> {
  return drawDisclosure(world, { code: { reference, confirmation: "0000" } })
}

/** An answer for `low` zero bits that has fewer than `high`. */
async function answerBetween({ code, hash }: PhoneSide, low: number, high: number): Promise<string> {
  for (let number = 0; ; number++) {
    const answer = String(number)
    const isEnough = (bits: number) => checkPuzzle(nodeCrypto, code.reference, hash, answer, bits)
    if ((await isEnough(low)) && !(await isEnough(high))) return answer
  }
}

test("a flood meets a puzzle that grows with it, and at 10 % of the references the operator is told, once", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    await fillReferences(world, 0, 50_000)
    const early = await fresh(world, "700000")
    expect((await register(world, early)).body["puzzle"]).toEqual({ leadingZeroBits: 12 })
    expect(world.log.filter((line) => line.is === "occupancy-alarm")).toEqual([])

    await fillReferences(world, 50_000, 100_000)
    const late = await fresh(world, "700001")
    const metrics = (await world.operator.inject("/metrics")).payload
    expect(metrics).toContain("vrijgave_reference_occupancy_ratio 0.1\n")
    expect(metrics).toContain("vrijgave_reference_occupancy_alarm 1\n")
    const unsolved = await register(world, late)
    expect(problemOf(unsolved)).toEqual({ status: 429, code: "puzzle-required" })
    expect(unsolved.body["puzzle"]).toEqual({ leadingZeroBits: 14 })
    const alarms = world.log.filter((line) => line.is === "occupancy-alarm")
    expect(alarms).toEqual([{ is: "occupancy-alarm", percent: 10 }])

    const tooEasy = await answerBetween(late, 12, 14)
    expect(problemOf(await register(world, late, { puzzleAnswer: tooEasy })).code).toBe("puzzle-required")
    const puzzleAnswer = await solvePuzzle(nodeCrypto, late.code.reference, late.hash, 14)
    expect((await register(world, late, { puzzleAnswer })).status).toBe(201)
  })
})

test("in a flood nobody learns without the puzzle which references are taken", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    await fillReferences(world, 0, 50_000)
    const [taken, free] = [await fresh(world, "000001"), await fresh(world, "700000")]
    const answers = [await register(world, taken), await register(world, free)]
    expect(answers.map(problemOf)).toEqual(answers.map(() => ({ status: 429, code: "puzzle-required" })))
    expect(answers[0]?.bytes).toEqual(answers[1]?.bytes)
  })
})

test("a flood from one address ends after as many registrations as an hour has, and other addresses go on", async () => {
  const settings = { registrationsPerIpv4PerHour: 20 }
  await inWorld(cast.get().pki, { settings }, async (world) => {
    const statuses: number[] = []
    for (let one = 0; one < 60; one++)
      statuses.push((await register(world, await drawDisclosure(world), {}, "192.0.2.66")).status)
    expect(statuses.filter((status) => status === 201).length).toBeLessThanOrEqual(40)
    expect(statuses.at(-1)).toBe(429)
    expect((await register(world, await drawDisclosure(world), {}, "192.0.2.67")).status).toBe(201)
  })
})
