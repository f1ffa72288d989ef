import { expect, test } from "vitest"
import { DAY, dayOf, HOUR } from "../../src-protocol/instant.ts"
import { authorise, authorised, put, register, registered, signIn, trySignIn } from "./support/actors.ts"
import { castOfFile, inWorld } from "./support/cast.ts"
import { ask, problemOf } from "./support/world.ts"

const cast = castOfFile()

test("while the lists are too old the answer is 503 with Retry-After, and nothing is lost", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const session = await signIn(world, doctor)
    world.advance(6 * HOUR)
    const phone = await registered(world)
    const authorisation = await authorise(world, doctor, phone)
    const answer = await put(world, session, phone.code.reference, authorisation)
    expect(problemOf(answer)).toEqual({
      status: 503,
      code: "revocation-unknown",
      reason: "revocation-unknown",
    })
    expect(answer.headers["retry-after"]).toBe("60")
    await world.freshCrls()
    expect((await put(world, session, phone.code.reference, authorisation)).status).toBe(201)
  })
})

test("a clinician has a budget for each day (UTC), and sign-in tells what is left of it", async () => {
  const { pki, doctor, colleague } = cast.get()
  await inWorld(pki, { settings: { authorisationsPerClinicianPerDay: 1 } }, async (world) => {
    world.advance(DAY - (world.now() % DAY) + HOUR)
    await world.freshCrls()
    const session = await signIn(world, doctor)
    await authorised(world, doctor, session)
    const phone = await registered(world)
    const authorisation = await authorise(world, doctor, phone)
    const spent = await put(world, session, phone.code.reference, authorisation)
    expect(problemOf(spent)).toEqual({ status: 429, code: "budget-spent" })
    expect(spent.headers["retry-after"]).toBe(String((23 * HOUR) / 1_000))
    expect((await trySignIn(world, doctor)).body).toMatchObject({
      budgetLeft: 0,
      authorisedSinceLastSignIn: 1,
    })
    await authorised(world, colleague, await signIn(world, colleague))
    world.advance(DAY)
    await world.freshCrls()
    expect((await trySignIn(world, doctor)).body).toMatchObject({
      budgetLeft: 1,
      authorisedSinceLastSignIn: 0,
    })
    await authorised(world, doctor, await signIn(world, doctor))
    expect(dayOf(world.now())).toBe(dayOf(world.now() - HOUR))
  })
})

test("what was answered 200 as a repetition spends nothing of the budget", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const session = await signIn(world, doctor)
    const { phone, authorisation } = await authorised(world, doctor, session)
    await put(world, session, phone.code.reference, authorisation)
    expect((await trySignIn(world, doctor)).body).toMatchObject({
      budgetLeft: 49,
      authorisedSinceLastSignIn: 1,
    })
  })
})

test("two packages for one disclosure at the same moment: one is stored, the other is its repetition or too late", async () => {
  const { pki, doctor, colleague } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const phone = await registered(world)
    const [own, other] = [await signIn(world, doctor), await signIn(world, colleague)]
    const packages = await Promise.all(
      [doctor, doctor, colleague].map((card) => authorise(world, card, phone)),
    )
    const answers = await Promise.all(
      packages.map((smime, i) => put(world, i < 2 ? own : other, phone.code.reference, smime)),
    )
    const statuses = answers.map((answer) => answer.status)
    expect(statuses.filter((status) => status === 201)).toHaveLength(1)
    expect(statuses.every((status) => [200, 201, 409].includes(status))).toBe(true)
  })
})

test("attempts are limited per clinician, so that nobody judges for free", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, { settings: { attemptsPerClinicianPerHour: 1 } }, async (world) => {
    const session = await signIn(world, doctor)
    expect((await put(world, session, "000000", new Uint8Array([1]))).status).toBe(404)
    expect(problemOf(await put(world, session, "000000", new Uint8Array([1])))).toEqual({
      status: 429,
      code: "too-many-requests",
    })
  })
})

test("more than 16 KiB is too large, JSON is no package, and nobody hands in without a session", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const [phone, session] = [await registered(world), await signIn(world, doctor)]
    const { reference } = phone.code
    const large = await put(world, session, reference, new Uint8Array(16 * 1_024 + 1))
    expect(problemOf(large)).toEqual({ status: 413, code: "payload-too-large" })
    const path = `/v1/disclosures/${reference}/authorisation`
    const json = await ask(world, { method: "PUT", path, bearer: session, json: {} })
    expect(problemOf(json)).toEqual({ status: 400, code: "malformed-request" })
    const stranger = await put(world, "A".repeat(43), reference, await authorise(world, doctor, phone))
    expect(problemOf(stranger)).toEqual({ status: 401, code: "not-signed-in" })
    expect((await register(world, phone)).status).toBe(200)
  })
})
