import { generateKeyPairSync, sign, type KeyObject } from "node:crypto"
import { describe, expect, test } from "vitest"
import { composeBatch, fillWithDecoys } from "../../src-protocol/batch.ts"
import { hexOf } from "../../src-protocol/bytes.ts"
import { dayOf } from "../../src-protocol/instant.ts"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import type { Phone } from "../../src-phone/phone.ts"
import { expectPhoneError, testPhone } from "./support/phones.ts"
import { pki } from "./support/scenes.ts"
import {
  batchBytes,
  bytes,
  json,
  problem,
  scriptedBackend,
  type ScriptedBackend,
} from "./support/scripted-backend.ts"

const publisher = generateKeyPairSync("ed25519")
const stranger = generateKeyPairSync("ed25519")
const spki = new Uint8Array(publisher.publicKey.export({ type: "spki", format: "der" }))
const entries = fillWithDecoys(nodeCrypto, [], dayOf(Date.now()))

function batchOf(cycle: number, key: KeyObject = publisher.privateKey): Promise<Uint8Array> {
  return composeBatch(cycle, entries, (content) =>
    Promise.resolve(new Uint8Array(sign(undefined, content, key))),
  )
}

async function reader(
  batchPublicKey: Uint8Array = spki,
): Promise<{ phone: Phone; backend: ScriptedBackend }> {
  const backend = await scriptedBackend()
  const { phone } = await testPhone(backend.origin, pki.trust, { batchPublicKey })
  return { phone, backend }
}

describe("a published batch", () => {
  test("is the last one where none is named, with all its entries", async () => {
    const { phone, backend } = await reader()
    backend.on("batches", json(200, { first: 3, last: 7, cycleSeconds: 7_200 }))
    backend.on("batch", batchBytes(await batchOf(7)))
    const batch = await phone.readPublishedBatch()
    const keys = (list: typeof entries): string[] =>
      list.map(({ day, dayKey }) => `${String(day)} ${hexOf(dayKey)}`).sort()
    expect(batch.cycle).toBe(7)
    expect(keys(batch.entries)).toEqual(keys(entries))
    expect(backend.of("batch")[0]?.path).toBe("/v1/batches/7")
  })

  test("of a cycle that is named is asked for alone", async () => {
    const { phone, backend } = await reader()
    backend.on("batch", batchBytes(await batchOf(4)))
    expect((await phone.readPublishedBatch(4)).cycle).toBe(4)
    expect(backend.of("batches")).toEqual([])
  })

  test("that another key signed is not believed", async () => {
    const { phone, backend } = await reader()
    backend.on("batch", batchBytes(await batchOf(4, stranger.privateKey)))
    expect((await expectPhoneError(phone.readPublishedBatch(4), "wrong-batch")).retriable).toBe(false)
  })

  test("of another cycle, played again, is not believed", async () => {
    const { phone, backend } = await reader()
    backend.on("batch", batchBytes(await batchOf(3)))
    await expectPhoneError(phone.readPublishedBatch(4), "wrong-batch")
  })

  test("with a byte changed, too short or too long is not believed", async () => {
    const { phone, backend } = await reader()
    const good = await batchOf(4)
    const changed = Uint8Array.from(good)
    changed[30] = (changed[30] ?? 0) ^ 1
    for (const bad of [changed, good.slice(0, -1), Uint8Array.of(...good, 0), new Uint8Array(0)]) {
      backend.on("batch", batchBytes(bad))
      await expectPhoneError(phone.readPublishedBatch(4), "wrong-batch")
    }
  })

  test("that does not exist is told so", async () => {
    const { phone, backend } = await reader()
    backend.on("batch", problem(404, "not-found"))
    await expectPhoneError(phone.readPublishedBatch(4), "no-such-batch")
    backend.on("batches", json(200, { cycleSeconds: 7_200 }))
    await expectPhoneError(phone.readPublishedBatch(), "no-such-batch")
  })

  test("of another media type is no batch", async () => {
    const { phone, backend } = await reader()
    backend.on("batch", bytes("text/html", await batchOf(4)))
    await expectPhoneError(phone.readPublishedBatch(4), "wrong-answer")
  })

  test("cannot be read by a phone without the publisher's key", async () => {
    const backend = await scriptedBackend()
    const { phone } = await testPhone(backend.origin, pki.trust)
    await expectPhoneError(phone.readPublishedBatch(4), "no-batch-key")
    expect(backend.received).toEqual([])
  })
})
