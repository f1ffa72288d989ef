import { expect, test } from "vitest"
import { base64UrlOf } from "../../src-protocol/bytes.ts"
import { HOUR } from "../../src-protocol/instant.ts"
import {
  authorise,
  authorised,
  drawDisclosure,
  pickUp,
  put,
  registered,
  sendReceipt,
  signIn,
  withdraw,
} from "./support/actors.ts"
import { castOfFile, inWorld } from "./support/cast.ts"
import { problemOf, type World } from "./support/world.ts"

const cast = castOfFile()
const NOT_FOUND = { status: 404, code: "not-found" }

test("while there is no package, the answer is 204 and empty", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    const { status, bytes } = await pickUp(world, await registered(world))
    expect([status, bytes.length]).toEqual([204, 0])
  })
})

test("the package comes as it was handed in, in an answer of 24 KiB, as often as it is asked for", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const { phone, authorisation } = await authorised(world, doctor, await signIn(world, doctor))
    for (let i = 0; i < 2; i++) {
      const { status, body, bytes } = await pickUp(world, phone)
      expect([status, bytes.length]).toEqual([200, 24 * 1_024])
      expect(body).toEqual({ authorisation: base64UrlOf(authorisation) })
    }
  })
})

test("an unknown reference, a wrong key, no key and one that is over look the same", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    const phone = await registered(world)
    const withdrawn = await registered(world)
    await withdraw(world, withdrawn)
    const stranger = await drawDisclosure(world)
    const withoutKey = { ...phone, pickupKey: "" }
    const wrongKey = { ...phone, pickupKey: stranger.pickupKey }
    const theHashAsKey = { ...phone, pickupKey: phone.pickupHash }
    for (const asking of [stranger, wrongKey, withoutKey, theHashAsKey, withdrawn]) {
      expect(problemOf(await pickUp(world, asking))).toEqual(NOT_FOUND)
    }
  })
})

test("after the receipt there is nothing to pick up any more", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const { phone } = await authorised(world, doctor, await signIn(world, doctor))
    await sendReceipt(world, phone, { accepted: true })
    expect(problemOf(await pickUp(world, phone))).toEqual(NOT_FOUND)
  })
})

test("a package waits 72 hours for its phone, and not longer", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const { phone } = await authorised(world, doctor, await signIn(world, doctor))
    world.advance(72 * HOUR - 1)
    expect((await pickUp(world, phone)).status).toBe(200)
    world.advance(1)
    expect(problemOf(await pickUp(world, phone))).toEqual(NOT_FOUND)
  })
})

async function untilSomeoneWaits(
  world: World,
  phone: { code: { reference: string } },
  count = 1,
): Promise<void> {
  const found = await world.backend.store.transaction(({ disclosures }) =>
    disclosures.byReference(phone.code.reference),
  )
  while (world.backend.changes.listeners(found?.id ?? "") < count)
    await new Promise((resolve) => setImmediate(resolve))
}

test("a long poll is answered by the package's arrival", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const [phone, session] = [await registered(world), await signIn(world, doctor)]
    const waiting = pickUp(world, phone, 60)
    await untilSomeoneWaits(world, phone)
    const authorisation = await authorise(world, doctor, phone)
    await put(world, session, phone.code.reference, authorisation)
    expect((await waiting).body).toEqual({ authorisation: base64UrlOf(authorisation) })
  })
})

test("a long poll ends with 204 when its time is over, and with 404 when the patient withdraws", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    const phone = await registered(world)
    expect((await pickUp(world, phone, 1)).status).toBe(204)
    const waiting = pickUp(world, phone, 60)
    await untilSomeoneWaits(world, phone)
    await withdraw(world, phone)
    expect(problemOf(await waiting)).toEqual(NOT_FOUND)
  })
})

test("a long poll ends with 204 when the backend stops", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    const phone = await registered(world)
    const waiting = pickUp(world, phone, 60)
    await untilSomeoneWaits(world, phone)
    world.backend.stop()
    expect((await waiting).status).toBe(204)
  })
})

test("only so many wait for one disclosure, and they leave nothing behind", async () => {
  await inWorld(cast.get().pki, { settings: { waitersPerDisclosure: 2 } }, async (world) => {
    const phone = await registered(world)
    const waiting = [pickUp(world, phone, 1), pickUp(world, phone, 1)]
    await untilSomeoneWaits(world, phone, 2)
    expect(problemOf(await pickUp(world, phone, 1))).toEqual({ status: 429, code: "too-many-requests" })
    expect((await pickUp(world, phone)).status).toBe(204)
    await Promise.all(waiting)
    expect((await pickUp(world, phone, 1)).status).toBe(204)
  })
})

test.each(["-1", "1e3", "abc", ""])("a wait of %j is none", async (wait) => {
  await inWorld(cast.get().pki, {}, async (world) => {
    const phone = await registered(world)
    const answer = await world.app.inject({
      method: "GET",
      url: `/v1/disclosures/${phone.code.reference}/authorisation?wait=${wait}`,
      headers: { authorization: `Bearer ${phone.pickupKey}` },
    })
    expect(answer.statusCode).toBe(204)
  })
})

test("the calls of phones have a budget per address", async () => {
  await inWorld(cast.get().pki, { settings: { callsPerAddressPerMinute: 1 } }, async (world) => {
    const phone = await registered(world)
    expect((await pickUp(world, phone)).status).toBe(204)
    expect(problemOf(await pickUp(world, phone))).toEqual({ status: 429, code: "too-many-requests" })
  })
})
