import { expect, test } from "vitest"
import { DAY, HOUR, printInstant } from "../../src-protocol/instant.ts"
import { solvePuzzle } from "../../src-protocol/puzzle.ts"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { drawDisclosure, find, register, registered, signIn, withdraw } from "./support/actors.ts"
import { castOfFile, inWorld } from "./support/cast.ts"
import { ask, problemOf, type World } from "./support/world.ts"

const cast = castOfFile()

test("a new registration is answered 201 with its end, four hours later", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    const answer = await register(world, await drawDisclosure(world))
    expect(answer.status).toBe(201)
    expect(answer.body).toEqual({ expiresAt: printInstant(world.now() + 4 * HOUR) })
  })
})

test("the same three values again are answered 200 as the first time", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    const phone = await drawDisclosure(world)
    const first = await register(world, phone)
    world.advance(HOUR)
    expect(await register(world, phone)).toMatchObject({ status: 200, body: first.body })
  })
})

test("a live reference of another hash or another phone is taken", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    const phone = await registered(world)
    const other = await drawDisclosure(world, { code: phone.code })
    for (const changed of [
      { ...phone, hash: other.hash },
      { ...phone, pickupHash: other.pickupHash },
      other,
    ]) {
      expect(problemOf(await register(world, changed))).toEqual({ status: 409, code: "reference-taken" })
    }
  })
})

test("a reference rests for 24 hours after its end and can then be given out again", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    const phone = await registered(world)
    await withdraw(world, phone)
    const next = await drawDisclosure(world, { code: phone.code })
    world.advance(DAY - 1)
    expect(problemOf(await register(world, next))).toEqual({ status: 409, code: "reference-taken" })
    expect(problemOf(await register(world, phone))).toEqual({ status: 409, code: "reference-taken" })
    world.advance(1)
    expect((await register(world, next)).status).toBe(201)
  })
})

test("a registration that nobody looked up is gone after four hours, and its reference rests from then", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    const phone = await registered(world)
    world.advance(4 * HOUR)
    expect(problemOf(await register(world, phone))).toEqual({ status: 409, code: "reference-taken" })
    world.advance(DAY)
    expect((await register(world, phone)).status).toBe(201)
  })
})

test.each([
  ["an unknown field", { colour: "red" }],
  ["the four digits", { confirmation: "1234" }],
  ["a reference of five digits", { reference: "12345" }],
  ["a reference of other digits", { reference: "१२३४५६" }],
  ["a hash in capitals", { hash: "A".repeat(64) }],
  ["a hash of 63 digits", { hash: "a".repeat(63) }],
  ["a pickupHash of 31 bytes", { pickupHash: "A".repeat(42) }],
  ["a pickupHash with stray bits", { pickupHash: `${"A".repeat(42)}B` }],
  ["a puzzle answer that is no number", { puzzleAnswer: "x" }],
])("%s is refused as malformed and registers nothing", async (_, change) => {
  await inWorld(cast.get().pki, {}, async (world) => {
    const phone = await drawDisclosure(world)
    expect(problemOf(await register(world, phone, change))).toEqual({
      status: 400,
      code: "malformed-request",
    })
    expect(await world.backend.store.transaction(({ disclosures }) => disclosures.count())).toBe(0)
  })
})

test.each([
  ["no body", {}],
  ["half a JSON text", { payload: `{"reference":` }],
  ["a list", { payload: "[]" }],
  ["bytes that are no UTF-8", { payload: Buffer.from([0x7b, 0xff, 0x7d]) }],
])("%s is refused as malformed", async (_, { payload }: { payload?: string | Buffer }) => {
  await inWorld(cast.get().pki, {}, async ({ app }) => {
    const headers = { "content-type": "application/json" }
    const request = { method: "POST", url: "/v1/disclosures", headers } as const
    const response = await app.inject(payload === undefined ? request : { ...request, payload })
    expect(response.statusCode).toBe(400)
    expect(response.json()).toMatchObject({ type: "urn:vrijgave:problem:malformed-request", status: 400 })
  })
})

test("a body of another media type is refused as malformed", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    const phone = await drawDisclosure(world)
    const json = { reference: phone.code.reference, hash: phone.hash, pickupHash: phone.pickupHash }
    const asked = {
      method: "POST",
      path: "/v1/disclosures",
      json,
      headers: { "content-type": "text/plain" },
    } as const
    expect(problemOf(await ask(world, asked))).toEqual({ status: 400, code: "malformed-request" })
  })
})

test("a body above the padded size is too large", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    const answer = await register(world, await drawDisclosure(world), { filler: "x".repeat(1_024) })
    expect(problemOf(answer)).toEqual({ status: 413, code: "payload-too-large" })
  })
})

test("a token for representation is refused where no authority redeems it", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    const answer = await register(world, await drawDisclosure(world), { representationToken: "token" })
    expect(problemOf(answer)).toEqual({ status: 400, code: "malformed-request" })
  })
})

test("of a token for representation the backend keeps only that there was one", async () => {
  const redeemed: string[] = []
  const parts = {
    redeemRepresentation: (token: string) => {
      redeemed.push(token)
      return Promise.resolve(token === "good")
    },
  }
  await inWorld(cast.get().pki, { parts }, async (world) => {
    const phone = await drawDisclosure(world)
    expect((await register(world, phone, { representationToken: "bad" })).status).toBe(400)
    expect((await register(world, phone, { representationToken: "good" })).status).toBe(201)
    expect((await register(world, phone, { representationToken: "good" })).status).toBe(200)
    expect(redeemed).toEqual(["bad", "good"])
    const session = await signIn(world, cast.get().doctor)
    expect((await find(world, session, phone.code.reference)).body).toMatchObject({ represented: true })
  })
})

async function registrationsFrom(world: World, ...addresses: readonly string[]): Promise<readonly number[]> {
  const statuses: number[] = []
  for (const address of addresses) {
    statuses.push((await register(world, await drawDisclosure(world), {}, address)).status)
  }
  return statuses
}

const SMALL_BUDGETS = {
  registrationsPerIpv4PerHour: 2,
  registrationsPerIpv6Network64PerHour: 2,
  registrationsPerIpv6Network48PerHour: 3,
}

test("an IPv4 address has a budget of its own, also when it comes as IPv6, anew each hour", async () => {
  await inWorld(cast.get().pki, { settings: SMALL_BUDGETS }, async (world) => {
    world.advance(HOUR - (world.now() % HOUR))
    expect(await registrationsFrom(world, "192.0.2.1", "::ffff:192.0.2.1", "192.0.2.1")).toEqual([
      201, 201, 429,
    ])
    expect(await registrationsFrom(world, "192.0.2.2")).toEqual([201])
    world.advance(HOUR)
    expect(await registrationsFrom(world, "192.0.2.1")).toEqual([201])
  })
})

test("IPv6 addresses share the budget of their /64, and all /64 that of their /48", async () => {
  await inWorld(cast.get().pki, { settings: SMALL_BUDGETS }, async (world) => {
    world.advance(HOUR - (world.now() % HOUR))
    const from = (...addresses: string[]) => registrationsFrom(world, ...addresses)
    expect(await from("2001:db8:1:1::1", "2001:db8:1:1::2", "2001:db8:1:1:3::")).toEqual([201, 201, 429])
    expect(await from("2001:db8:1:2::1", "2001:db8:2:2::1")).toEqual([429, 201])
  })
})

test("nobody chooses the address that is counted", async () => {
  await inWorld(cast.get().pki, { settings: SMALL_BUDGETS }, async (world) => {
    world.advance(HOUR - (world.now() % HOUR))
    const statuses: number[] = []
    for (const forged of ["203.0.113.1", "203.0.113.2", "203.0.113.3"]) {
      const { code, hash, pickupHash } = await drawDisclosure(world)
      const json = { reference: code.reference, hash, pickupHash }
      const headers = { "x-forwarded-for": forged, forwarded: `for=${forged}` }
      statuses.push((await ask(world, { method: "POST", path: "/v1/disclosures", json, headers })).status)
    }
    expect(statuses).toEqual([201, 201, 429])
  })
})

test("a spent budget says after how many seconds to come again", async () => {
  await inWorld(cast.get().pki, { settings: SMALL_BUDGETS }, async (world) => {
    world.advance(HOUR - (world.now() % HOUR) + 10_000)
    await registrationsFrom(world, "192.0.2.1", "192.0.2.1")
    const answer = await register(world, await drawDisclosure(world), {}, "192.0.2.1")
    expect(problemOf(answer)).toEqual({ status: 429, code: "too-many-requests" })
    expect(answer.headers["retry-after"]).toBe("3590")
  })
})

async function fill(world: World, count: number): Promise<void> {
  const phone = await drawDisclosure(world)
  await world.backend.store.transaction(async ({ disclosures }) => {
    for (let i = 0; i < count; i++) {
      await disclosures.save({
        life: "live",
        id: `filler-${i}`,
        reference: `${i}`.padStart(6, "0"),
        hash: phone.hash,
        pickupHash: nodeCrypto.randomBytes(32),
        state: "registered",
        registeredAt: world.now(),
        expiresAt: world.now() + HOUR,
        represented: false,
        refusals: 0,
      })
    }
  })
}

test("from 5 % of the references on, registering asks for a puzzle, and its answer is good for these values only", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    await fill(world, 49_999)
    await registered(world, { code: { reference: "700000", confirmation: "0000" } })
    const phone = await drawDisclosure(world, { code: { reference: "700001", confirmation: "0000" } })
    const answer = await register(world, phone)
    expect(problemOf(answer)).toEqual({ status: 429, code: "puzzle-required" })
    expect(answer.body["puzzle"]).toEqual({ leadingZeroBits: 12 })
    const puzzleAnswer = await solvePuzzle(nodeCrypto, "700001", phone.hash, 12)
    const elsewhere = await drawDisclosure(world, { code: { reference: "700002", confirmation: "0000" } })
    expect(problemOf(await register(world, elsewhere, { puzzleAnswer })).code).toBe("puzzle-required")
    expect((await register(world, phone, { puzzleAnswer })).status).toBe(201)
    expect((await register(world, phone)).status).toBe(200)
  })
})

test("from 10 % of the references on, the operator is warned once, and the metric says so", async () => {
  await inWorld(cast.get().pki, { settings: { occupancyAlarm: 0.00001 } }, async (world) => {
    await fill(world, 9)
    for (let i = 0; i < 3; i++) await register(world, await drawDisclosure(world))
    expect(world.log.filter((line) => line.is === "occupancy-alarm")).toHaveLength(1)
    const metrics = await world.operator.inject("/metrics")
    expect(metrics.payload).toContain("vrijgave_reference_occupancy_ratio 0.000012")
    expect(metrics.payload).toContain("vrijgave_reference_occupancy_alarm 1")
  })
})
