import { beforeAll, expect, test } from "vitest"
import { DeskError } from "../../src-main/desk-problem.ts"
import { base64Of } from "../../src-protocol/bytes.ts"
import { askNonce, find, put, authorise, registered, signIn, webEidToken } from "../backend/support/actors.ts"
import { castOfFile, inWorld } from "../backend/support/cast.ts"
import { ask, problemOf, type Seen, type World } from "../backend/support/world.ts"
import { openDeskWorld } from "../desk/support/desk-world.ts"
import { forwardTo, openHostileServer, type HostileServer } from "../desk/support/hostile-server.ts"
import { scriptCard, SOFT_PIN, SOFT_SERIAL } from "../desk/support/soft-card-host.ts"

const cast = castOfFile()
let relay: HostileServer
beforeAll(async () => {
  relay = await openHostileServer()
})

function tryToken(world: World, nonce: string, token: Record<string, unknown>): Promise<Seen> {
  return ask(world, { method: "POST", path: "/v1/sessions", json: { nonce, token } })
}

const BAD_SIGNATURE = { status: 422, code: "refused", reason: "bad-signature" }
const NOT_SIGNED_IN = { status: 401, code: "not-signed-in" }

test("a desk that was lured to a relay signs for the relay's own origin, and the backend behind it lets nobody in", async () => {
  const world = await openDeskWorld()
  const answers: number[] = []
  relay.behave(async (request, response, body) => {
    await forwardTo(() => world.backend.origin)(request, response, body)
    answers.push(response.statusCode)
  })
  const desk = world.desk(scriptCard(cast.get().doctor).host, { origin: relay.origin })
  const failed: unknown = await desk
    .signIn(SOFT_SERIAL, new TextEncoder().encode(SOFT_PIN))
    .catch((error: unknown) => error)
  expect(relay.asked).toEqual(["POST /v1/sessions/challenge", "POST /v1/sessions"])
  expect(answers).toEqual([201, 422])
  expect(failed).toBeInstanceOf(DeskError)
  expect(failed).toMatchObject({ problem: { code: "refused", reason: "bad-signature" } })
})

test("a login that was recorded is good neither for its own nonce again nor for a fresh one", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const nonce = await askNonce(world)
    const token = await webEidToken(doctor.authentication, nonce)
    expect((await tryToken(world, nonce, token)).status).toBe(201)
    expect(problemOf(await tryToken(world, nonce, token))).toEqual(NOT_SIGNED_IN)
    expect(problemOf(await tryToken(world, await askNonce(world), token))).toEqual(BAD_SIGNATURE)
  })
})

test("a login under another's certificate, and another's signature under one's own, are refused", async () => {
  const { pki, doctor, colleague } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const [leaf] = doctor.authentication.certificateChain
    const first = await askNonce(world)
    const own = await webEidToken(colleague.authentication, first)
    const unverifiedCertificate = base64Of(leaf ?? new Uint8Array())
    expect(problemOf(await tryToken(world, first, { ...own, unverifiedCertificate }))).toEqual(BAD_SIGNATURE)
    const second = await askNonce(world)
    const theirs = await webEidToken(doctor.authentication, second)
    const { signature } = await webEidToken(colleague.authentication, second)
    expect(problemOf(await tryToken(world, second, { ...theirs, signature }))).toEqual(BAD_SIGNATURE)
  })
})

test("of a login that is sent many times at once, one opens a session", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const nonce = await askNonce(world)
    const token = await webEidToken(doctor.authentication, nonce)
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => tryToken(world, nonce, token)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 401, 401, 401, 401])
  })
})

test("a stolen session without the card authorises nothing: neither with another card nor with an old package", async () => {
  const { pki, doctor, colleague } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const stolen = await signIn(world, doctor)
    const phone = await registered(world)
    const { reference } = phone.code
    const byAnother = await authorise(world, colleague, phone)
    expect(problemOf(await put(world, stolen, reference, byAnother))).toEqual({
      ...{ status: 422, code: "refused" },
      reason: "signer-mismatch",
    })
    const earlier = await authorise(world, doctor, await registered(world))
    expect(problemOf(await put(world, stolen, reference, earlier))).toMatchObject({ reason: "hash-mismatch" })
    expect((await find(world, stolen, reference)).body["state"]).toBe("registered")
  })
})

test("a stolen session is worth nothing once the clinician has signed out, and is no pickup key and no status token", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const stolen = await signIn(world, doctor)
    const { reference } = (await registered(world)).code
    for (const path of [`/v1/disclosures/${reference}/authorisation`, `/v1/disclosures/${reference}/events`])
      expect((await ask(world, { method: "GET", path, bearer: stolen })).status).toBe(404)
    const withdrawal = { method: "DELETE", path: `/v1/disclosures/${reference}`, bearer: stolen } as const
    expect((await ask(world, withdrawal)).status).toBe(404)
    await ask(world, { method: "DELETE", path: "/v1/sessions/current", bearer: stolen })
    expect(problemOf(await find(world, stolen, reference))).toEqual(NOT_SIGNED_IN)
    expect(problemOf(await put(world, stolen, reference, new Uint8Array(100)))).toEqual(NOT_SIGNED_IN)
  })
})
