import { expect, test } from "vitest"
import { HOUR, MINUTE, printInstant } from "../../src-protocol/instant.ts"
import { authorised, find, register, registered, sendReceipt, signIn, withdraw } from "./support/actors.ts"
import { castOfFile, inWorld } from "./support/cast.ts"
import { ask, problemOf } from "./support/world.ts"

const cast = castOfFile()
const NOT_FOUND = { status: 404, code: "not-found" }

test("a clinician finds hash, times and state under the six digits", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const phone = await registered(world)
    const registeredAt = printInstant(world.now())
    const session = await signIn(world, doctor)
    const expiresAt = printInstant(world.now() + 4 * HOUR)
    expect(await find(world, session, phone.code.reference)).toMatchObject({
      status: 200,
      body: { hash: phone.hash, registeredAt, expiresAt, state: "registered", represented: false },
    })
  })
})

test("a look-up leaves at least one hour, and never keeps a registration past 24 hours", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const phone = await registered(world)
    const registeredAt = world.now()
    const endAfterLookUp = async () => {
      const { body } = await find(world, await signIn(world, doctor), phone.code.reference)
      return (Date.parse(String(body["expiresAt"])) - registeredAt) / MINUTE
    }
    world.advance(3.5 * HOUR)
    expect(await endAfterLookUp()).toBe(4.5 * 60)
    const ends: number[] = []
    for (let i = 0; i < 24; i++) {
      world.advance(59 * MINUTE)
      if (i % 5 === 0) await world.freshCrls()
      if (world.now() < registeredAt + 24 * HOUR) ends.push(await endAfterLookUp())
    }
    expect(Math.max(...ends)).toBe(24 * 60)
    await world.freshCrls()
    expect(problemOf(await find(world, await signIn(world, doctor), phone.code.reference))).toEqual(NOT_FOUND)
  })
})

test("unknown, expired, withdrawn, refused and others' disclosures look exactly the same", async () => {
  const { pki, doctor, colleague } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const expired = await registered(world)
    world.advance(4 * HOUR)
    const withdrawn = await registered(world)
    await withdraw(world, withdrawn)
    const session = await signIn(world, doctor)
    const others = (await authorised(world, colleague, await signIn(world, colleague))).phone
    const refused = (await authorised(world, doctor, session)).phone
    await sendReceipt(world, refused, { accepted: false, reason: "bad-signature" })
    const references = [expired, withdrawn, others, refused].map((phone) => phone.code.reference)
    const answers = await Promise.all(
      ["000000", "12345", ...references].map((one) => find(world, session, one)),
    )
    expect(new Set(answers.map((answer) => Buffer.from(answer.bytes).toString()))).toHaveLength(1)
    expect(new Set(answers.map((answer) => JSON.stringify(answer.headers)))).toHaveLength(1)
    expect(answers.map(problemOf)).toEqual(answers.map(() => NOT_FOUND))
  })
})

test("after it was authorised, its signer still finds it and sees its state", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const session = await signIn(world, doctor)
    const { phone } = await authorised(world, doctor, session)
    expect((await find(world, session, phone.code.reference)).body).toMatchObject({
      state: "authorised",
      expiresAt: printInstant(world.now() + 72 * HOUR),
    })
    await sendReceipt(world, phone, { accepted: true })
    expect((await find(world, session, phone.code.reference)).body).toMatchObject({ state: "confirmed" })
  })
})

test.each([
  ["no token", undefined],
  ["a token that is none of ours", "A".repeat(43)],
  ["a token of another length", "A".repeat(42)],
])("with %s nobody finds anything", async (_, bearer) => {
  await inWorld(cast.get().pki, {}, async (world) => {
    const phone = await registered(world)
    const path = `/v1/disclosures/${phone.code.reference}`
    const answer = await ask(world, { method: "GET", path, ...(bearer === undefined ? {} : { bearer }) })
    expect(problemOf(answer)).toEqual({ status: 401, code: "not-signed-in" })
    expect(answer.headers["www-authenticate"]).toBe("Bearer")
  })
})

test("a pickup key is no session", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    const phone = await registered(world)
    expect(problemOf(await find(world, phone.pickupKey, phone.code.reference)).code).toBe("not-signed-in")
  })
})

test("look-ups are limited per clinician, found or not, and not per address", async () => {
  const { pki, doctor, colleague } = cast.get()
  await inWorld(pki, { settings: { lookUpsPerClinicianPerHour: 2 } }, async (world) => {
    world.advance(HOUR - (world.now() % HOUR))
    await world.freshCrls()
    const phone = await registered(world)
    const [own, other] = [await signIn(world, doctor), await signIn(world, colleague)]
    expect((await find(world, own, "000000")).status).toBe(404)
    expect((await find(world, await signIn(world, doctor), phone.code.reference)).status).toBe(200)
    expect(problemOf(await find(world, own, phone.code.reference))).toEqual({
      status: 429,
      code: "too-many-requests",
    })
    expect((await find(world, other, phone.code.reference)).status).toBe(200)
    world.advance(HOUR)
    expect((await find(world, own, phone.code.reference)).status).toBe(200)
  })
})

test("each look-up is logged with who looked up and whether it was found, never with the reference", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const phone = await registered(world)
    const session = await signIn(world, doctor)
    await find(world, session, phone.code.reference)
    await find(world, session, "999999")
    const { uziNumber, subscriberNumber } = doctor.holder
    expect(world.log.filter((line) => line.is === "look-up")).toEqual([
      { is: "look-up", uziNumber, subscriberNumber, found: true },
      { is: "look-up", uziNumber, subscriberNumber, found: false },
    ])
  })
})

test("a registration's own repetition does not lengthen its life", async () => {
  const { pki } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const phone = await registered(world)
    world.advance(4 * HOUR - 1)
    expect((await register(world, phone)).status).toBe(200)
    world.advance(1)
    expect((await register(world, phone)).status).toBe(409)
  })
})
