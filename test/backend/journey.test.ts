import { afterAll, beforeAll, expect, test } from "vitest"
import { aggregate } from "../../src-backend/aggregation/aggregate.ts"
import { readBatch } from "../../src-protocol/batch.ts"
import { base64UrlOf } from "../../src-protocol/bytes.ts"
import { decodeOpaque } from "../../src-protocol/opaque.ts"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { softCard, type SoftCard } from "../../src-testkit/cards/soft-signer.ts"
import { testPki } from "../support/test-pki.ts"
import { authorise, find, pickUp, publish, put, registered, sendReceipt, signIn } from "./support/actors.ts"
import { ask, openWorld, type World } from "./support/world.ts"

let world: World
let doctor: SoftCard

beforeAll(async () => {
  const pki = await testPki()
  world = await openWorld(pki)
  doctor = await softCard({ pki, profile: "arts", name: "Jannie Tester", at: world.now(), keyKind: "p-256" })
})
afterAll(async () => {
  await world.close()
})

test("a disclosure goes from its hash to the published batch", async () => {
  const phone = await registered(world)
  const session = await signIn(world, doctor)
  const found = await find(world, session, phone.code.reference)
  expect(found.body).toMatchObject({ hash: phone.hash, state: "registered", represented: false })
  const authorisation = await authorise(world, doctor, phone)
  expect((await put(world, session, phone.code.reference, authorisation)).status).toBe(201)
  const picked = await pickUp(world, phone)
  expect(picked.body["authorisation"]).toBe(base64UrlOf(authorisation))
  expect((await sendReceipt(world, phone, { accepted: true })).body).toEqual({ state: "confirmed" })
  expect(await publish(world, phone.opaque, authorisation)).toMatchObject({
    status: 202,
    body: { queued: true },
  })
  expect(await aggregate(world.backend)).toBe(0)
  const { bytes } = await ask(world, { method: "GET", path: "/v1/batches/0" })
  const batch = await readBatch(nodeCrypto, bytes, world.backend.batchKey.publicKeySpki)
  const { day, dayKey } = decodeOpaque(phone.opaque)
  expect(batch.entries).toHaveLength(10)
  expect(batch.entries).toContainEqual({ day, dayKey })
})
