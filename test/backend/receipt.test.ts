import { expect, test } from "vitest"
import { aggregate } from "../../src-backend/aggregation/aggregate.ts"
import { HOUR } from "../../src-protocol/instant.ts"
import { PASSING_REASONS, PUBLICATION_REASONS } from "../../src-protocol/reasons.ts"
import {
  authorise,
  authorised,
  find,
  pickUp,
  publish,
  put,
  registered,
  sendReceipt,
  signIn,
  withdraw,
} from "./support/actors.ts"
import { castOfFile, inWorld } from "./support/cast.ts"
import { filesHold } from "./support/files-hold.ts"
import { problemOf } from "./support/world.ts"

const cast = castOfFile()
const NOT_FOUND = { status: 404, code: "not-found" }
const OK = 200
const MISMATCHES = ["hash-mismatch", "reference-mismatch", "confirmation-mismatch"]

test("an accepting receipt confirms, also when it comes twice", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const { phone } = await authorised(world, doctor, await signIn(world, doctor))
    for (let i = 0; i < 2; i++) {
      const answer = await sendReceipt(world, phone, { accepted: true })
      expect(answer).toMatchObject({ status: OK, body: { state: "confirmed" } })
      expect(answer.bytes).toHaveLength(1_024)
    }
  })
})

test("after the receipt no file of the backend holds the package any more", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const { phone, authorisation } = await authorised(world, doctor, await signIn(world, doctor))
    const piece = authorisation.subarray(400, 464)
    expect(await filesHold(world.directory, piece)).toBe(true)
    await sendReceipt(world, phone, { accepted: true })
    expect(await filesHold(world.directory, piece)).toBe(false)
  })
})

test("a receipt while there is no package changes nothing and answers the state", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    const phone = await registered(world)
    for (const receipt of [{ accepted: true }, { accepted: false, reason: "bad-signature" }]) {
      expect((await sendReceipt(world, phone, receipt)).body).toEqual({ state: "registered" })
    }
  })
})

test.each(MISMATCHES)("a %s discards the package and the disclosure waits for another", async (reason) => {
  const { pki, doctor, colleague } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const session = await signIn(world, doctor)
    const { phone, authorisation } = await authorised(world, doctor, session)
    expect((await sendReceipt(world, phone, { accepted: false, reason })).body).toEqual({
      state: "registered",
    })
    expect((await pickUp(world, phone)).status).toBe(204)
    expect(await filesHold(world.directory, authorisation.subarray(400, 464))).toBe(false)
    const other = await signIn(world, colleague)
    expect((await find(world, other, phone.code.reference)).body).toMatchObject({ state: "registered" })
    const theirs = await authorise(world, colleague, phone)
    expect((await put(world, other, phone.code.reference, theirs)).status).toBe(201)
  })
})

test("a discarded package cannot be published, and handing it in again gets the phone's reason", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const session = await signIn(world, doctor)
    const { phone, authorisation } = await authorised(world, doctor, session)
    await sendReceipt(world, phone, { accepted: false, reason: "confirmation-mismatch" })
    expect(problemOf(await publish(world, phone.opaque, authorisation))).toMatchObject({
      reason: "not-accepted",
    })
    expect(problemOf(await put(world, session, phone.code.reference, authorisation))).toEqual({
      status: 422,
      code: "refused",
      reason: "confirmation-mismatch",
    })
  })
})

test("a disclosure returns to registered three times; the fourth mismatch refuses it", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const [phone, session] = [await registered(world), await signIn(world, doctor)]
    const states: unknown[] = []
    for (let i = 0; i < 4; i++) {
      world.advance(1_000)
      await put(world, session, phone.code.reference, await authorise(world, doctor, phone))
      const { body } = await sendReceipt(world, phone, { accepted: false, reason: "hash-mismatch" })
      states.push(body["state"])
    }
    expect(states).toEqual(["registered", "registered", "registered", "refused"])
    expect(problemOf(await pickUp(world, phone))).toEqual(NOT_FOUND)
  })
})

test("after it returned there is an hour to sign again, and never more than 24 from registering", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const registeredAt = world.now()
    const { phone } = await authorised(world, doctor, await signIn(world, doctor))
    const late = await authorised(world, doctor, await signIn(world, doctor))
    const endOf = async (session: string) =>
      Date.parse(String((await find(world, session, phone.code.reference)).body["expiresAt"])) - registeredAt
    world.advance(10 * HOUR)
    await sendReceipt(world, phone, { accepted: false, reason: "hash-mismatch" })
    await world.freshCrls()
    expect(await endOf(await signIn(world, doctor))).toBe(11 * HOUR)
    world.advance(13.5 * HOUR)
    await sendReceipt(world, late.phone, { accepted: false, reason: "hash-mismatch" })
    world.advance(0.5 * HOUR)
    expect(problemOf(await pickUp(world, late.phone))).toEqual(NOT_FOUND)
  })
})

test("a mismatch after the registration's longest life refuses the disclosure", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const { phone } = await authorised(world, doctor, await signIn(world, doctor))
    world.advance(30 * HOUR)
    const answer = await sendReceipt(world, phone, { accepted: false, reason: "confirmation-mismatch" })
    expect(answer.body).toEqual({ state: "refused" })
  })
})

test.each(["bad-signature", "untrusted-chain", "certificate-revoked", "profession-not-article-3"])(
  "a refusal for %s ends the disclosure, and its package cannot be published",
  async (reason) => {
    const { pki, doctor } = cast.get()
    await inWorld(pki, {}, async (world) => {
      const { phone, authorisation } = await authorised(world, doctor, await signIn(world, doctor))
      expect((await sendReceipt(world, phone, { accepted: false, reason })).body).toEqual({
        state: "refused",
      })
      expect(problemOf(await pickUp(world, phone))).toEqual(NOT_FOUND)
      expect(problemOf(await publish(world, phone.opaque, authorisation))).toMatchObject({
        reason: "not-accepted",
      })
      expect(await filesHold(world.directory, authorisation.subarray(400, 464))).toBe(false)
    })
  },
)

test.each([...PASSING_REASONS, ...PUBLICATION_REASONS, "signer-mismatch", "bad-weather"])(
  "%s is no refusal of a package: the package stays",
  async (reason) => {
    const { pki, doctor } = cast.get()
    await inWorld(pki, {}, async (world) => {
      const { phone } = await authorised(world, doctor, await signIn(world, doctor))
      const answer = await sendReceipt(world, phone, { accepted: false, reason })
      expect(problemOf(answer)).toEqual({ status: 400, code: "malformed-request" })
      expect((await pickUp(world, phone)).status).toBe(OK)
    })
  },
)

test.each([
  ["an acceptance with a reason", { accepted: true, reason: "bad-signature" }],
  ["a refusal without one", { accepted: false }],
  ["neither", {}],
])("%s is malformed", async (_, receipt) => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const { phone } = await authorised(world, doctor, await signIn(world, doctor))
    expect(problemOf(await sendReceipt(world, phone, receipt))).toEqual({
      status: 400,
      code: "malformed-request",
    })
  })
})

test("without the right key a receipt and a withdrawal find nothing and change nothing", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const { phone } = await authorised(world, doctor, await signIn(world, doctor))
    const stranger = { ...phone, pickupKey: "A".repeat(43) }
    expect(problemOf(await sendReceipt(world, stranger, { accepted: true }))).toEqual(NOT_FOUND)
    expect(problemOf(await withdraw(world, stranger))).toEqual(NOT_FOUND)
    expect((await pickUp(world, phone)).status).toBe(OK)
  })
})

test("the patient can withdraw while it is registered, authorised or confirmed, and nothing of it can be published", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const session = await signIn(world, doctor)
    expect(await withdraw(world, await registered(world))).toMatchObject({
      status: OK,
      body: { state: "withdrawn" },
    })
    for (const isConfirmed of [false, true]) {
      const { phone, authorisation } = await authorised(world, doctor, session)
      if (isConfirmed) await sendReceipt(world, phone, { accepted: true })
      const answer = await withdraw(world, phone)
      expect(answer).toMatchObject({ status: OK, body: { state: "withdrawn" } })
      expect(answer.bytes).toHaveLength(1_024)
      expect(problemOf(await publish(world, phone.opaque, authorisation))).toMatchObject({
        reason: "not-accepted",
      })
      expect(await filesHold(world.directory, authorisation.subarray(400, 464))).toBe(false)
      expect(problemOf(await withdraw(world, phone))).toEqual(NOT_FOUND)
    }
  })
})

test("a receipt, a withdrawal or an end has no part in what was published", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const { phone, authorisation } = await authorised(world, doctor, await signIn(world, doctor))
    await sendReceipt(world, phone, { accepted: true })
    expect((await publish(world, phone.opaque, authorisation)).status).toBe(202)
    expect((await withdraw(world, phone)).body).toEqual({ state: "withdrawn" })
    expect(await aggregate(world.backend)).toBe(0)
  })
})
