import { expect, test } from "vitest"
import type { StateEvent } from "../../src-protocol/api.ts"
import { keepHouse } from "../../src-backend/housekeeping.ts"
import { DAY, HOUR } from "../../src-protocol/instant.ts"
import {
  authorise,
  authorised,
  publish,
  put,
  registered,
  sendReceipt,
  signIn,
  withdraw,
} from "./support/actors.ts"
import { castOfFile, inWorld } from "./support/cast.ts"
import { ask, problemOf, type Seen, type World } from "./support/world.ts"

const cast = castOfFile()

function follow(world: World, reference: string, statusToken: string): Promise<Seen> {
  return ask(world, { method: "GET", path: `/v1/disclosures/${reference}/events`, bearer: statusToken })
}

/** All events of a stream that has ended. */
function eventsIn({ bytes }: Seen): readonly unknown[] {
  const text = Buffer.from(bytes).toString("utf8")
  return text
    .split("\n\n")
    .filter((block) => block.startsWith("event: state\ndata: "))
    .map((block): unknown => JSON.parse(block.slice("event: state\ndata: ".length)))
}

async function untilFollowed(world: World, reference: string): Promise<void> {
  const found = await world.backend.store.transaction(({ disclosures }) => disclosures.byReference(reference))
  while (world.backend.changes.listeners(found?.id ?? "") === 0)
    await new Promise((resolve) => setImmediate(resolve))
}

test("the stream tells the state as it is, then each change, and ends when the phone has confirmed", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const { phone, statusToken } = await authorised(world, doctor, await signIn(world, doctor))
    const following = follow(world, phone.code.reference, statusToken)
    await untilFollowed(world, phone.code.reference)
    await sendReceipt(world, phone, { accepted: true })
    const stream = await following
    expect(stream.headers["content-type"]).toBe("text/event-stream")
    expect(eventsIn(stream)).toEqual([{ state: "authorised" }, { state: "confirmed" }])
  })
})

const ENDS: readonly (readonly [
  StateEvent,
  (world: World, phone: Parameters<typeof withdraw>[1]) => unknown,
])[] = [
  [{ state: "withdrawn" }, (world, phone) => withdraw(world, phone)],
  [
    { state: "refused", reason: "untrusted-chain" },
    (world, phone) => sendReceipt(world, phone, { accepted: false, reason: "untrusted-chain" }),
  ],
  [
    { state: "registered", reason: "confirmation-mismatch" },
    (world, phone) => sendReceipt(world, phone, { accepted: false, reason: "confirmation-mismatch" }),
  ],
  [
    { state: "expired" },
    async (world) => {
      world.advance(72 * HOUR)
      await keepHouse(world.backend)
    },
  ],
]

test.each(ENDS)("a stream ends with %j, and asking again tells the same", async (last, end) => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const { phone, statusToken } = await authorised(world, doctor, await signIn(world, doctor))
    const following = follow(world, phone.code.reference, statusToken)
    await untilFollowed(world, phone.code.reference)
    await end(world, phone)
    expect(eventsIn(await following)).toEqual([{ state: "authorised" }, last])
    expect(eventsIn(await follow(world, phone.code.reference, statusToken))).toEqual([last])
  })
})

test("while nothing changes, the stream is kept alive", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, { settings: { heartbeatMilliseconds: 20 } }, async (world) => {
    const { phone, statusToken } = await authorised(world, doctor, await signIn(world, doctor))
    const following = follow(world, phone.code.reference, statusToken)
    await new Promise((resolve) => setTimeout(resolve, 100))
    world.backend.stop()
    const text = Buffer.from((await following).bytes).toString("utf8")
    expect(text).toContain("\n\n:\n\n:\n\n")
    expect(eventsIn(await following)).toEqual([{ state: "authorised" }])
  })
})

test("a token opens its own attempt: not the next one at the same disclosure, not another disclosure", async () => {
  const { pki, doctor, colleague } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const { phone, statusToken } = await authorised(world, doctor, await signIn(world, doctor))
    await sendReceipt(world, phone, { accepted: false, reason: "hash-mismatch" })
    const session = await signIn(world, colleague)
    const second = await put(world, session, phone.code.reference, await authorise(world, colleague, phone))
    await sendReceipt(world, phone, { accepted: true })
    const { reference } = phone.code
    const notice = { state: "registered", reason: "hash-mismatch" }
    expect(eventsIn(await follow(world, reference, statusToken))).toEqual([notice])
    expect(eventsIn(await follow(world, reference, String(second.body["statusToken"])))).toEqual([
      { state: "confirmed" },
    ])
    const other = await authorised(world, doctor, await signIn(world, doctor))
    expect(problemOf(await follow(world, other.phone.code.reference, statusToken)).code).toBe("not-found")
  })
})

test("a wrong token, a session, a pickup key and an unknown reference find the same nothing", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const session = await signIn(world, doctor)
    const { phone, statusToken } = await authorised(world, doctor, session)
    const { reference } = phone.code
    const unauthorised = await registered(world)
    for (const [one, token] of [
      [reference, "A".repeat(43)],
      [reference, session],
      [reference, phone.pickupKey],
      ["000000", statusToken],
      [unauthorised.code.reference, statusToken],
    ] as const) {
      expect(problemOf(await follow(world, one, token))).toEqual({ status: 404, code: "not-found" })
    }
  })
})

test("a token lives as long as what is left of its disclosure: 24 hours after the end", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const { phone, statusToken } = await authorised(world, doctor, await signIn(world, doctor))
    await withdraw(world, phone)
    world.advance(DAY - 1)
    expect(eventsIn(await follow(world, phone.code.reference, statusToken))).toEqual([{ state: "withdrawn" }])
    world.advance(1)
    expect(problemOf(await follow(world, phone.code.reference, statusToken)).code).toBe("not-found")
  })
})

test("publication tells the desk nothing", async () => {
  const { pki, doctor } = cast.get()

  await inWorld(pki, {}, async (world) => {
    const { phone, authorisation, statusToken } = await authorised(world, doctor, await signIn(world, doctor))
    const following = follow(world, phone.code.reference, statusToken)
    await untilFollowed(world, phone.code.reference)
    expect((await publish(world, phone.opaque, authorisation)).status).toBe(202)
    world.backend.stop()
    expect(eventsIn(await following)).toEqual([{ state: "authorised" }])
  })
})
