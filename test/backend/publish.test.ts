import { expect, test } from "vitest"
import { aggregate } from "../../src-backend/aggregation/aggregate.ts"
import { keepHouse } from "../../src-backend/housekeeping.ts"
import { base64UrlOf } from "../../src-protocol/bytes.ts"
import { DAY, dayOf, HOUR } from "../../src-protocol/instant.ts"
import { decodeOpaque } from "../../src-protocol/opaque.ts"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import type { CryptoPort } from "../../src-protocol/crypto-port.ts"
import { revoke } from "../../src-testkit/pki/revoke.ts"
import {
  authorise,
  authorised,
  drawDisclosure,
  pickUp,
  publish,
  put,
  registered,
  sendReceipt,
  signIn,
  withdraw,
} from "./support/actors.ts"
import { cardOf, castOfFile, inWorld } from "./support/cast.ts"
import { filesHold } from "./support/files-hold.ts"
import { ask, problemOf, type World } from "./support/world.ts"

const cast = castOfFile()

function refused(reason: string): object {
  return { status: 422, code: "refused", reason }
}

/** A package that the backend accepted, over any opaque bytes. */
async function acceptedOver(
  world: World,
  opaque: Uint8Array,
  signed?: { reference: string; confirmation: string },
): Promise<Uint8Array> {
  const { doctor } = cast.get()
  const { code, pickupHash } = await drawDisclosure(world)
  const hash = Buffer.from(await world.backend.crypto.digest("sha-256", opaque)).toString("hex")
  const signedCode = signed ?? code
  const { reference } = signedCode
  await ask(world, { method: "POST", path: "/v1/disclosures", json: { reference, hash, pickupHash } })
  const authorisation = await authorise(world, doctor, { hash, code: signedCode })
  const { status } = await put(world, await signIn(world, doctor), reference, authorisation)
  expect(status).toBe(201)
  return authorisation
}

test("a publication is answered 202 in an answer of 1 KiB, also before the phone's receipt", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const { phone, authorisation } = await authorised(world, doctor, await signIn(world, doctor))
    const answer = await publish(world, phone.opaque, authorisation)
    expect(answer).toMatchObject({ status: 202, body: { queued: true } })
    expect(answer.bytes).toHaveLength(1_024)
  })
})

test("publishing twice is already-published, also when both come at once, and gives one entry", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, { settings: { batchMinimumEntries: 1 } }, async (world) => {
    const { phone, authorisation } = await authorised(world, doctor, await signIn(world, doctor))
    const answers = await Promise.all([1, 2, 3].map(() => publish(world, phone.opaque, authorisation)))
    expect(answers.map((answer) => answer.status).sort()).toEqual([202, 422, 422])
    expect(problemOf(await publish(world, phone.opaque, authorisation))).toEqual(refused("already-published"))
    const queued = await world.backend.store.transaction(({ queue }) => queue.takeAll())
    expect(queued).toHaveLength(1)
  })
})

test("what was never accepted cannot be published, however well it is signed", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const phone = await registered(world)
    const answer = await publish(world, phone.opaque, await authorise(world, doctor, phone))
    expect(problemOf(answer)).toEqual(refused("not-accepted"))
  })
})

test("a package can be published for 72 hours from its acceptance, and not longer", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const session = await signIn(world, doctor)
    const [first, second] = [
      await authorised(world, doctor, session),
      await authorised(world, doctor, session),
    ]
    world.advance(72 * HOUR - 1)
    await world.freshCrls()
    expect((await publish(world, first.phone.opaque, first.authorisation)).status).toBe(202)
    world.advance(1)
    expect(problemOf(await publish(world, second.phone.opaque, second.authorisation))).toEqual(
      refused("not-accepted"),
    )
  })
})

test("accepted entries stay seven days after their life: until then a second try is told it was published", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const { phone, authorisation } = await authorised(world, doctor, await signIn(world, doctor))
    await publish(world, phone.opaque, authorisation)
    world.advance(72 * HOUR + 7 * DAY - 1)
    await keepHouse(world.backend)
    expect(problemOf(await publish(world, phone.opaque, authorisation))).toEqual(refused("already-published"))
    world.advance(1)
    await keepHouse(world.backend)
    expect(problemOf(await publish(world, phone.opaque, authorisation))).toEqual(refused("not-accepted"))
  })
})

test("opaque bytes of another length are refused before anything else is looked at", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    for (const length of [0, 78, 80]) {
      const answer = await publish(world, new Uint8Array(length), new Uint8Array([1]))
      expect(problemOf(answer)).toEqual(refused("malformed-opaque"))
    }
  })
})

test("opaque bytes of another version, or whose code is not ten digits, are malformed, even when they were signed", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    const { opaque } = await drawDisclosure(world)
    for (const at of [0, 33]) {
      const changed = opaque.map((byte, i) => (i === at ? 0x7f : byte))
      const authorisation = await acceptedOver(world, changed)
      expect(problemOf(await publish(world, changed, authorisation))).toEqual(refused("malformed-opaque"))
    }
  })
})

test.each([
  ["salt", 1],
  ["code", 33],
  ["day", 46],
  ["day key", 78],
])("with one bit of the %s changed, the hash is not the one signed", async (_, at) => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const { phone, authorisation } = await authorised(world, doctor, await signIn(world, doctor))
    const changed = phone.opaque.map((byte, i) => (i === at ? byte ^ 1 : byte))
    expect(problemOf(await publish(world, changed, authorisation))).toEqual(refused("hash-mismatch"))
    expect((await publish(world, phone.opaque, authorisation)).status).toBe(202)
  })
})

test.each([
  ["reference", { reference: "123456" }],
  ["confirmation", { confirmation: "7890" }],
])("the %s within the opaque bytes must be the signed one", async (part, change) => {
  await inWorld(cast.get().pki, {}, async (world) => {
    const signed = { reference: "654321", confirmation: "0987" }
    const { opaque } = await drawDisclosure(world, { code: { ...signed, ...change } })
    const authorisation = await acceptedOver(world, opaque, signed)
    expect(problemOf(await publish(world, opaque, authorisation))).toEqual(refused(`${part}-mismatch`))
    expect(await world.backend.store.transaction(({ queue }) => queue.takeAll())).toEqual([])
  })
})

test("the first contagious day lies within 14 days before acceptance, and not after it", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const session = await signIn(world, doctor)
    const today = dayOf(world.now())
    for (const [day, expected] of [
      [today - 15, 422],
      [today - 14, 202],
      [today, 202],
      [today + 1, 422],
      [0, 422],
    ] as const) {
      const { phone, authorisation } = await authorised(world, doctor, session, { day })
      const answer = await publish(world, phone.opaque, authorisation)
      expect([day - today, answer.status]).toEqual([day - today, expected])
      if (expected === 422) expect(problemOf(answer)).toEqual(refused("implausible-day"))
    }
  })
})

test("the day is held against the acceptance, not against the day of publishing", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const day = dayOf(world.now()) - 14
    const { phone, authorisation } = await authorised(world, doctor, await signIn(world, doctor), { day })
    world.advance(2 * DAY)
    await world.freshCrls()
    expect((await publish(world, phone.opaque, authorisation)).status).toBe(202)
  })
})

test("a card revoked before the acceptance, by a list that came later, refuses; one revoked after it does not", async () => {
  const { pki } = cast.get()
  for (const [offset, expected] of [
    [-HOUR, 422],
    [HOUR, 202],
  ] as const) {
    await inWorld(pki, {}, async (world) => {
      const card = await cardOf(pki, "arts", `Card revoked ${offset}`)
      const { phone, authorisation } = await authorised(world, card, await signIn(world, card))
      const acceptedAt = world.now()
      world.advance(2 * HOUR)
      const serial = card.certificates.get("handtekening")?.serialNumber ?? ""
      await revoke(pki, serial, acceptedAt + offset)
      await world.freshCrls()
      const answer = await publish(world, phone.opaque, authorisation)
      expect(answer.status).toBe(expected)
      if (expected === 422) expect(problemOf(answer)).toEqual(refused("certificate-revoked"))
    })
  }
})

test("while the lists are too old the answer is 503 with Retry-After, and the package can be published later", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const { phone, authorisation } = await authorised(world, doctor, await signIn(world, doctor))
    world.advance(6 * HOUR)
    const answer = await publish(world, phone.opaque, authorisation)
    expect(problemOf(answer)).toEqual({
      status: 503,
      code: "revocation-unknown",
      reason: "revocation-unknown",
    })
    expect(answer.headers["retry-after"]).toBe("60")
    await world.freshCrls()
    expect((await publish(world, phone.opaque, authorisation)).status).toBe(202)
  })
})

test("what the patient withdraws while it is being judged is not published", async () => {
  const { pki, doctor } = cast.get()
  let whileJudging = (): Promise<unknown> => Promise.resolve()
  const crypto: CryptoPort = {
    ...nodeCrypto,
    verifySignature: async (...asked) => {
      await whileJudging()
      return nodeCrypto.verifySignature(...asked)
    },
  }
  await inWorld(pki, { parts: { crypto } }, async (world) => {
    const { phone, authorisation } = await authorised(world, doctor, await signIn(world, doctor))
    whileJudging = () => withdraw(world, phone)
    const answer = await publish(world, phone.opaque, authorisation)
    expect(problemOf(answer)).toEqual(refused("not-accepted"))
    expect(await world.backend.store.transaction(({ queue }) => queue.takeAll())).toEqual([])
  })
})

test("a card that expired since its package was accepted does not undo it", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, { settings: { authorisedMilliseconds: 1_200 * DAY } }, async (world) => {
    const { phone, authorisation } = await authorised(world, doctor, await signIn(world, doctor))
    world.advance(1_100 * DAY)
    await world.freshCrls()
    expect((await publish(world, phone.opaque, authorisation)).status).toBe(202)
  })
})

test.each([
  ["an unknown field", { reference: "123456" }],
  ["the pickup key", { pickupKey: "A".repeat(43) }],
  ["no base64url", { opaque: "+/==" }],
  ["stray bits", { opaque: "AB" }],
])("%s is malformed", async (_, change) => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const { phone, authorisation } = await authorised(world, doctor, await signIn(world, doctor))
    const json = { opaque: base64UrlOf(phone.opaque), authorisation: base64UrlOf(authorisation), ...change }
    const answer = await ask(world, { method: "POST", path: "/v1/publications", json })
    expect(problemOf(answer)).toEqual({ status: 400, code: "malformed-request" })
  })
})

test("more than 24 KiB is too large", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    const answer = await publish(world, new Uint8Array(79), new Uint8Array(24 * 1_024))
    expect(problemOf(answer)).toEqual({ status: 413, code: "payload-too-large" })
  })
})

test("nothing of a publication is left but its seed, and that only until the batch", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const { phone, authorisation } = await authorised(world, doctor, await signIn(world, doctor))
    await publish(world, phone.opaque, authorisation)
    const { salt, dayKey } = decodeOpaque(phone.opaque)
    expect(await filesHold(world.directory, salt)).toBe(false)
    expect(await filesHold(world.directory, authorisation.subarray(400, 464))).toBe(false)
    expect(await filesHold(world.directory, dayKey)).toBe(true)
    expect(problemOf(await pickUp(world, phone)).code).toBe("not-found")
    expect((await sendReceipt(world, phone, { accepted: true })).body).toEqual({ state: "confirmed" })
    await aggregate(world.backend)
    expect(await world.backend.store.transaction(({ queue }) => queue.takeAll())).toEqual([])
  })
})
