import { expect, test } from "vitest"
import { Settings } from "../../src-backend/settings.ts"
import { HOUR, MINUTE } from "../../src-protocol/instant.ts"
import { find, pickUp, registered, signIn } from "../backend/support/actors.ts"
import { castOfFile, inWorld } from "../backend/support/cast.ts"
import type { World } from "../backend/support/world.ts"
import { fillReferences } from "./support/fill-references.ts"

const cast = castOfFile()
const REFERENCES = 1_000_000

function startOfHour(world: World): number {
  return HOUR - (world.now() % HOUR)
}

test("a session that tries out references finds nothing any more after 60 of them, and the operator is told who", async () => {
  const { pki, doctor, colleague } = cast.get()
  await inWorld(pki, {}, async (world) => {
    world.advance(startOfHour(world))
    await world.freshCrls()
    // The worst there is: every reference that is tried is live.
    await fillReferences(world, 0, 2_000)
    const session = await signIn(world, doctor)
    const statuses: number[] = []
    for (let number = 0; number < 2_000; number++)
      statuses.push((await find(world, session, String(number).padStart(6, "0"))).status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(60)
    expect(statuses.slice(60)).toEqual(statuses.slice(60).map(() => 429))

    const { uziNumber, subscriberNumber } = doctor.holder
    expect(world.log.filter((line) => line.is === "look-up")).toHaveLength(60)
    expect(world.log.filter((line) => line.is === "limit-reached")).toEqual([
      { is: "limit-reached", limit: "look-ups", uziNumber, subscriberNumber },
    ])
    const metrics = (await world.operator.inject("/metrics")).payload
    expect(metrics).toContain('vrijgave_clinician_limits_reached_total{limit="look-ups"} 1\n')
    expect(metrics).toContain('vrijgave_requests_total{route="find",status="429"} 1940\n')

    // Signing in anew gives no new budget, and nobody else's is touched.
    expect((await find(world, await signIn(world, doctor), "000000")).status).toBe(429)
    expect((await find(world, await signIn(world, colleague), "000000")).status).toBe(200)
    world.advance(HOUR)
    expect((await find(world, session, "000000")).status).toBe(200)
  })
})

test("at that pace one clinician needs more than a year for all references, which live for a day at most", () => {
  const { lookUpsPerClinicianPerHour, longestRegisteredMilliseconds } = Settings.parse({})
  const hours = REFERENCES / lookUpsPerClinicianPerHour
  expect(hours / 24).toBeGreaterThan(365)
  expect(longestRegisteredMilliseconds).toBe(24 * HOUR)
})

test("who tries out references as a phone learns nothing of any, and is stopped by the address", async () => {
  const settings = { callsPerAddressPerMinute: 100 }
  await inWorld(cast.get().pki, { settings }, async (world) => {
    world.advance(MINUTE - (world.now() % MINUTE))
    const victim = await registered(world)
    const thief = await registered(world)
    const answers = []
    for (let one = 0; one < 150; one++) {
      const reference = one % 2 === 0 ? victim.code.reference : String(900_000 + one)
      answers.push(await pickUp(world, { ...thief, code: { ...thief.code, reference } }))
    }
    const [first, ...others] = answers.slice(0, 100)
    expect(first?.status).toBe(404)
    expect(others.every(({ bytes }) => Buffer.compare(bytes, first?.bytes ?? bytes) === 0)).toBe(true)
    expect(new Set(answers.slice(100).map(({ status }) => status))).toEqual(new Set([429]))
  })
})
