import { expect, test } from "vitest"
import { base64UrlOf } from "../../src-protocol/bytes.ts"
import { DAY, HOUR, MINUTE } from "../../src-protocol/instant.ts"
import { unwrapSmime, wrapSmime } from "../../src-protocol/smime.ts"
import type { CardProfileId } from "../../src-testkit/profiles.ts"
import {
  authorise,
  authorised,
  drawDisclosure,
  find,
  pickUp,
  put,
  registered,
  sendReceipt,
  signIn,
  withdraw,
} from "./support/actors.ts"
import { cardOf, castOfFile, inWorld } from "./support/cast.ts"
import { textLike } from "./support/matchers.ts"
import { problemOf, type World } from "./support/world.ts"

const cast = castOfFile()

function refused(reason: string): object {
  return { status: 422, code: "refused", reason }
}

test("a good package is answered 201 with a status token, and the disclosure is authorised", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const [phone, session] = [await registered(world), await signIn(world, doctor)]
    const answer = await put(world, session, phone.code.reference, await authorise(world, doctor, phone))
    expect(answer.status).toBe(201)
    expect(answer.body).toEqual({ state: "authorised", statusToken: textLike(/^[\w-]{43}$/) })
  })
})

test("the same bytes again are answered 200 with the same status token, even when the card could no longer sign", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const [phone, session] = [await registered(world), await signIn(world, doctor)]
    const authorisation = await authorise(world, doctor, phone)
    const first = await put(world, session, phone.code.reference, authorisation)
    // Nobody refreshed the lists: judging could not decide any more.
    world.advance(7 * HOUR)
    const again = await put(world, session, phone.code.reference, authorisation)
    expect(again).toMatchObject({ status: 200, body: first.body })
  })
})

test("the same statement in other bytes is answered 200 with the state, and the first package stays", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const session = await signIn(world, doctor)
    const { phone, authorisation } = await authorised(world, doctor, session)
    world.advance(MINUTE)
    const second = await authorise(world, doctor, phone)
    expect(await put(world, session, phone.code.reference, second)).toMatchObject({
      status: 200,
      body: { state: "authorised" },
    })
    expect((await pickUp(world, phone)).body["authorisation"]).toBe(base64UrlOf(authorisation))
    await sendReceipt(world, phone, { accepted: true })
    for (const either of [authorisation, second]) {
      expect((await put(world, session, phone.code.reference, either)).body).toMatchObject({
        state: "confirmed",
      })
    }
  })
})

test("another statement by the same signer comes too late", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const session = await signIn(world, doctor)
    const { phone } = await authorised(world, doctor, session)
    const code = { ...phone.code, confirmation: phone.code.confirmation === "0000" ? "0001" : "0000" }
    const other = await authorise(world, doctor, { ...phone, code })
    expect(problemOf(await put(world, session, phone.code.reference, other))).toEqual({
      status: 409,
      code: "already-authorised",
    })
  })
})

test("another signer of the same hash is told that it was authorised; one who did not sign it is told nothing", async () => {
  const { pki, doctor, colleague } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const { phone } = await authorised(world, doctor, await signIn(world, doctor))
    const session = await signIn(world, colleague)
    const theirs = await authorise(world, colleague, phone)
    expect(problemOf(await put(world, session, phone.code.reference, theirs)).code).toBe("already-authorised")
    const guess = await authorise(world, colleague, { ...phone, hash: "0".repeat(64) })
    for (const smime of [guess, new Uint8Array([1])]) {
      expect(problemOf(await put(world, session, phone.code.reference, smime))).toEqual({
        status: 404,
        code: "not-found",
      })
    }
  })
})

test("for a reference that was never registered there is nothing", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const phone = await drawDisclosure(world)
    const answer = await put(
      world,
      await signIn(world, doctor),
      phone.code.reference,
      await authorise(world, doctor, phone),
    )
    expect(problemOf(answer)).toEqual({ status: 404, code: "not-found" })
  })
})

const ENDINGS: readonly (readonly [
  state: string,
  end: (world: World, phone: Parameters<typeof withdraw>[1]) => unknown,
])[] = [
  ["withdrawn", (world, phone) => withdraw(world, phone)],
  ["refused", (world, phone) => sendReceipt(world, phone, { accepted: false, reason: "untrusted-chain" })],
  [
    "expired",
    (world) => {
      world.advance(72 * HOUR)
    },
  ],
  [
    "confirmed",
    async (world, phone) => {
      await sendReceipt(world, phone, { accepted: true })
      world.advance(72 * HOUR)
    },
  ],
]

test.each(ENDINGS)(
  "one that is over and %s is gone to its own signer and not found by all others",
  async (state, end) => {
    const { pki, doctor, colleague } = cast.get()
    await inWorld(pki, {}, async (world) => {
      const { phone, authorisation } = await authorised(world, doctor, await signIn(world, doctor))
      await end(world, phone)
      await world.freshCrls()
      const [own, other] = [await signIn(world, doctor), await signIn(world, colleague)]
      const answer = await put(world, own, phone.code.reference, authorisation)
      expect(answer).toMatchObject({ status: 410, body: { state } })
      expect(problemOf(answer).code).toBe("gone")
      const theirs = await put(world, other, phone.code.reference, await authorise(world, colleague, phone))
      expect(problemOf(theirs)).toEqual({ status: 404, code: "not-found" })
    })
  },
)

test("24 hours after the end its own signer finds nothing any more either", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const { phone, authorisation } = await authorised(world, doctor, await signIn(world, doctor))
    await withdraw(world, phone)
    world.advance(DAY)
    await world.freshCrls()
    const answer = await put(world, await signIn(world, doctor), phone.code.reference, authorisation)
    expect(problemOf(answer)).toEqual({ status: 404, code: "not-found" })
  })
})

test("a package that does not match hash, reference or session is refused for just that", async () => {
  const { pki, doctor, colleague } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const [phone, session] = [await registered(world), await signIn(world, doctor)]
    const handIn = async (card: typeof doctor, changes: object) =>
      problemOf(
        await put(
          world,
          session,
          phone.code.reference,
          await authorise(world, card, { ...phone, ...changes }),
        ),
      )
    const reference = phone.code.reference === "000000" ? "000001" : "000000"
    expect(await handIn(doctor, { hash: "0".repeat(64) })).toEqual(refused("hash-mismatch"))
    expect(await handIn(doctor, { code: { ...phone.code, reference } })).toEqual(
      refused("reference-mismatch"),
    )
    expect(await handIn(colleague, {})).toEqual(refused("signer-mismatch"))
    expect((await find(world, session, phone.code.reference)).body).toMatchObject({ state: "registered" })
  })
})

test("the same person signing for another subscriber number is another signer", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const [phone, session] = [await registered(world), await signIn(world, doctor)]
    const tokenHash = await world.backend.crypto.digest("sha-256", Buffer.from(session, "base64url"))
    await world.backend.store.transaction(async ({ sessions }) => {
      await sessions.remove(tokenHash)
      const { uziNumber } = doctor.holder
      await sessions.add(tokenHash, {
        uziNumber,
        subscriberNumber: "00000001",
        expiresAt: world.now() + HOUR,
      })
    })
    const answer = await put(world, session, phone.code.reference, await authorise(world, doctor, phone))
    expect(problemOf(answer)).toEqual(refused("signer-mismatch"))
  })
})

test.each([
  ["longer ago than ten minutes before registering", -10 * MINUTE - 1_000],
  ["more than ten minutes ahead", 10 * MINUTE + 1_000],
])("a signing time %s is implausible", async (_, offset) => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const [phone, session] = [await registered(world), await signIn(world, doctor)]
    const authorisation = await authorise(world, doctor, phone, world.now() + offset)
    expect(problemOf(await put(world, session, phone.code.reference, authorisation))).toEqual(
      refused("signing-time-implausible"),
    )
  })
})

test("a signing time that is ten minutes off is taken", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    for (const offset of [-9, 9]) {
      const [phone, session] = [await registered(world), await signIn(world, doctor)]
      const authorisation = await authorise(world, doctor, phone, world.now() + offset * MINUTE)
      expect((await put(world, session, phone.code.reference, authorisation)).status).toBe(201)
    }
  })
})

test.each<[CardProfileId, string]>([
  ["apothekersassistent", "profession-not-article-3"],
  ["andere-zorg", "profession-not-article-3"],
  ["medewerker", "wrong-issuing-ca"],
  ["verlopen", "certificate-expired"],
  ["toekomstig", "certificate-not-yet-valid"],
  ["ingetrokken", "certificate-revoked"],
  ["verkeerd-sleutelgebruik", "wrong-key-usage"],
  ["nagemaakt", "untrusted-chain"],
])("a package signed with the card %s is refused: %s", async (profile, reason) => {
  const { pki, doctor } = cast.get()
  const card = await cardOf(pki, profile, "Jannie Tester")
  await inWorld(pki, {}, async (world) => {
    const [phone, session] = [await registered(world), await signIn(world, doctor)]
    const answer = await put(world, session, phone.code.reference, await authorise(world, card, phone))
    expect(problemOf(answer)).toEqual(refused(reason))
  })
})

test("bytes that are no package, and a package with another signature, are refused for that", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const [phone, session] = [await registered(world), await signIn(world, doctor)]
    const { reference } = phone.code
    expect(problemOf(await put(world, session, reference, new Uint8Array([1])))).toEqual(
      refused("malformed-smime"),
    )
    const noCms = wrapSmime(new Uint8Array([0x30, 0x00]))
    expect(problemOf(await put(world, session, reference, noCms))).toEqual(refused("malformed-cms"))
    const der = unwrapSmime(await authorise(world, doctor, phone))
    const broken = wrapSmime(der.map((byte, i) => (i === der.length - 1 ? byte ^ 1 : byte)))
    expect(problemOf(await put(world, session, reference, broken))).toEqual(refused("bad-signature"))
  })
})
