import { expect, test } from "vitest"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { base64UrlOf } from "../../src-protocol/bytes.ts"
import { drawCode } from "../../src-protocol/code.ts"
import { HOUR } from "../../src-protocol/instant.ts"
import { decodeOpaque, encodeOpaque } from "../../src-protocol/opaque.ts"
import { readBackWords } from "../../src-protocol/read-back.ts"
import { englishWords } from "../../src-protocol/trustwords/english.ts"
import {
  authorise,
  authorised,
  drawDisclosure,
  find,
  pickUp,
  publish,
  put,
  register,
  registered,
  sendReceipt,
  signIn,
  withdraw,
} from "../backend/support/actors.ts"
import { castOfFile, inWorld } from "../backend/support/cast.ts"
import { ask, problemOf } from "../backend/support/world.ts"
import { testPhone } from "../phone/support/phones.ts"

const cast = castOfFile()
const REFUSED = { status: 422, code: "refused" }

test("who was told all ten digits cannot pick up, judge, withdraw or publish: the code alone is worth nothing", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const { phone, authorisation } = await authorised(world, doctor, await signIn(world, doctor))
    const drawn = await drawDisclosure(world, { code: phone.code })
    const phisher = { ...drawn, hash: phone.hash }
    const answers = [
      await pickUp(world, phisher),
      await sendReceipt(world, phisher, { accepted: true }),
      await withdraw(world, phisher),
    ]
    expect(answers.map(problemOf)).toEqual(answers.map(() => ({ status: 404, code: "not-found" })))
    // Not even with the package itself, since the data that it is bound to is the patient's.
    expect(problemOf(await publish(world, drawn.opaque, authorisation))).toEqual({
      ...REFUSED,
      reason: "hash-mismatch",
    })
    expect((await pickUp(world, phone)).status).toBe(200)
    expect((await publish(world, phone.opaque, authorisation)).status).toBe(202)
  })
})

test("data that were changed after registering, by a day, a key or the salt, cannot be published", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const { phone, authorisation } = await authorised(world, doctor, await signIn(world, doctor))
    const opaque = decodeOpaque(phone.opaque)
    const changed = [
      { ...opaque, day: opaque.day - 1 },
      { ...opaque, dayKey: nodeCrypto.randomBytes(32) },
      { ...opaque, salt: nodeCrypto.randomBytes(32) },
    ]
    for (const one of changed)
      expect(problemOf(await publish(world, encodeOpaque(one), authorisation))).toEqual({
        ...REFUSED,
        reason: "hash-mismatch",
      })
    const queued = await world.backend.store.transaction(({ queue }) => queue.takeAll())
    expect(queued).toEqual([])
  })
})

test("a phone whose six digits a squatter has taken draws others, and never shows those", async () => {
  const { pki } = cast.get()
  await inWorld(pki, {}, async (world) => {
    // The squatter knows what the phone will draw first: six bytes, by nobody's luck but this test's.
    const draw = nodeCrypto.randomBytes(6)
    const draws = [draw]
    const randomBytes = (length: number) =>
      (length === 6 ? draws.shift() : undefined) ?? nodeCrypto.randomBytes(length)
    const squatted = drawCode({ randomBytes: () => draw })
    const squatter = await registered(world, { code: squatted })
    const origin = await world.app.listen({ host: "127.0.0.1", port: 0 })
    const { phone } = await testPhone(origin, pki.trust, { crypto: { ...nodeCrypto, randomBytes } })
    const { code, hash } = await phone.register()
    expect(draws).toEqual([])
    expect(code?.digits).not.toContain(squatted.reference)
    expect(hash).not.toBe(squatter.hash)
  })
})

test("a squatter with the same hash and another key takes nothing over, and neither does one after the end", async () => {
  const { pki } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const phone = await registered(world)
    const other = await drawDisclosure(world)
    expect((await register(world, { ...phone, pickupHash: other.pickupHash })).status).toBe(409)
    expect((await register(world, phone)).status).toBe(200)
    await withdraw(world, phone)
    world.advance(24 * HOUR - 1)
    expect((await register(world, { ...other, code: phone.code })).status).toBe(409)
  })
})

test("a digit mistyped into a squatter's reference shows at the read-back words, before any PIN", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const phone = await registered(world, { code: { reference: "123456", confirmation: "7890" } })
    const squatter = await registered(world, { code: { reference: "123457", confirmation: "7890" } })
    const mistyped = { reference: "123457", confirmation: "7890" }
    const found = await find(world, await signIn(world, doctor), mistyped.reference)
    expect(found.body["hash"]).toBe(squatter.hash)
    expect(await readBackWords(nodeCrypto, squatter.hash, mistyped, englishWords)).not.toEqual(
      await readBackWords(nodeCrypto, phone.hash, phone.code, englishWords),
    )
  })
})

test("a package that was signed for one patient is worth nothing for another, at acceptance and at publication", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const session = await signIn(world, doctor)
    const [first, second] = [await authorised(world, doctor, session), await registered(world)]
    const answer = await put(world, session, second.code.reference, first.authorisation)
    expect(problemOf(answer)).toEqual({ ...REFUSED, reason: "hash-mismatch" })
    // The same hash under other digits is another statement, too.
    const elsewhere = await authorise(world, doctor, { hash: second.hash, code: first.phone.code })
    expect(problemOf(await put(world, session, second.code.reference, elsewhere))).toEqual({
      ...REFUSED,
      reason: "reference-mismatch",
    })
    expect(problemOf(await publish(world, second.opaque, first.authorisation))).toEqual({
      ...REFUSED,
      reason: "hash-mismatch",
    })
  })
})

test("a package that was made with a real card but never handed in cannot be published, alone or beside one that was", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const session = await signIn(world, doctor)
    const { phone } = await authorised(world, doctor, session)
    // The same statement, by the same card, a second time: in other bytes, since its signing time is another.
    const past = await authorise(world, doctor, phone, world.now() + 1_000)
    expect(problemOf(await publish(world, phone.opaque, past))).toEqual({
      ...REFUSED,
      reason: "not-accepted",
    })
    const path = "/v1/publications"
    const json = { opaque: base64UrlOf(phone.opaque), authorisation: base64UrlOf(past) }
    for (const bearer of [session, phone.pickupKey])
      expect(problemOf(await ask(world, { method: "POST", path, json, bearer }))).toEqual({
        ...REFUSED,
        reason: "not-accepted",
      })
  })
})
