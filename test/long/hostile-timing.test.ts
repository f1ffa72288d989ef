import { expect, test } from "vitest"
import { authorised, registered, signIn, withdraw } from "../backend/support/actors.ts"
import { castOfFile, inWorld } from "../backend/support/cast.ts"
import { ask, type Asked, type World } from "../backend/support/world.ts"

const cast = castOfFile()
const ROUNDS = 3_000
const TEN_MINUTES = 600_000
const STRANGER = "A".repeat(43)

type Question = (reference: string) => Asked
const at = (reference: string, tail = ""): string => `/v1/disclosures/${reference}${tail}`

function questions(session: string): ReadonlyMap<string, Question> {
  return new Map<string, Question>([
    ["find", (reference) => ({ method: "GET", path: at(reference), bearer: session })],
    ["pick-up", (reference) => ({ method: "GET", path: at(reference, "/authorisation"), bearer: STRANGER })],
    [
      "receipt",
      (reference) => {
        const path = at(reference, "/receipt")
        return { method: "POST", path, bearer: STRANGER, json: { accepted: true } }
      },
    ],
    ["withdraw", (reference) => ({ method: "DELETE", path: at(reference), bearer: STRANGER })],
    ["events", (reference) => ({ method: "GET", path: at(reference, "/events"), bearer: STRANGER })],
  ])
}

async function microseconds(world: World, asked: Asked): Promise<number> {
  const before = process.hrtime.bigint()
  const { status } = await ask(world, asked)
  const after = process.hrtime.bigint()
  if (status !== 404) throw new RangeError(`answered ${status}`)
  return Number(after - before) / 1_000
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

test(
  "how long a stranger waits for the answer tells live from unknown references by less than half a millisecond",
  async () => {
    const { pki, doctor, colleague } = cast.get()
    const settings = { lookUpsPerClinicianPerHour: 1_000_000, callsPerAddressPerMinute: 10_000_000 }
    await inWorld(pki, { settings }, async (world) => {
      const others = (await authorised(world, colleague, await signIn(world, colleague))).phone
      const withdrawn = await registered(world)
      await withdraw(world, withdrawn)
      const asking = questions(await signIn(world, doctor))
      const references = ["000000", others.code.reference, withdrawn.code.reference]
      for (const [call, question] of asking) {
        const times = references.map((): number[] => [])
        for (let round = 0; round < ROUNDS; round++)
          for (const [index, reference] of references.entries())
            times[index]?.push(await microseconds(world, question(reference)))
        const [unknown = 0, live = 0, over = 0] = times.map(median)
        const said = [unknown, live, over].map((time) => time.toFixed(0)).join(" / ")
        console.log(`${call}: medians in microseconds, unknown / another's / over: ${said}`)
        expect(Math.abs(live - unknown)).toBeLessThan(500)
        expect(Math.abs(over - unknown)).toBeLessThan(500)
      }
    })
  },
  TEN_MINUTES,
)
