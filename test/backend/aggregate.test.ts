import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises"
import { createPublicKey } from "node:crypto"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { aggregate } from "../../src-backend/aggregation/aggregate.ts"
import { openBatchKey } from "../../src-backend/aggregation/batch-key.ts"
import { readBatch } from "../../src-protocol/batch.ts"
import { DAY, dayOf, HOUR } from "../../src-protocol/instant.ts"
import { decodeOpaque } from "../../src-protocol/opaque.ts"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { authorised, publish, signIn } from "./support/actors.ts"
import { castOfFile, inWorld } from "./support/cast.ts"
import { ask, problemOf, type World } from "./support/world.ts"

const cast = castOfFile()

async function readPublished(world: World, cycle: number): ReturnType<typeof readBatch> {
  const { bytes } = await ask(world, { method: "GET", path: `/v1/batches/${cycle}` })
  return readBatch(nodeCrypto, bytes, world.backend.batchKey.publicKeySpki)
}

test("before the first cycle there is no batch, and none is found", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    const list = await ask(world, { method: "GET", path: "/v1/batches" })
    expect(list.body).toEqual({ cycleSeconds: 7_200 })
    expect(problemOf(await ask(world, { method: "GET", path: "/v1/batches/0" }))).toEqual({
      status: 404,
      code: "not-found",
    })
  })
})

test("an empty queue gives a batch of ten decoys of plausible days", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    expect(await aggregate(world.backend)).toBe(0)
    const { cycle, entries } = await readPublished(world, 0)
    expect([cycle, entries.length]).toEqual([0, 10])
    const today = dayOf(world.now())
    expect(entries.every(({ day }) => day <= today && day >= today - 14)).toBe(true)
  })
})

test("a queue of more than ten gives a batch of just those", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    const entries = Array.from({ length: 11 }, (_, i) => ({
      day: 20_000 + i,
      dayKey: nodeCrypto.randomBytes(32),
    }))
    await world.backend.store.transaction(async ({ queue }) => {
      for (const entry of entries.toReversed()) await queue.add(entry)
    })
    await aggregate(world.backend)
    expect((await readPublished(world, 0)).entries).toEqual(entries)
  })
})

test("a cycle of the wall clock has one batch, and numbers have no gaps after a downtime", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    world.advance(2 * HOUR - (world.now() % (2 * HOUR)))
    expect(await aggregate(world.backend)).toBe(0)
    world.advance(2 * HOUR - 1)
    expect(await aggregate(world.backend)).toBeUndefined()
    world.advance(1)
    expect(await aggregate(world.backend)).toBe(1)
    world.advance(20 * HOUR)
    const later = await world.restart()
    expect(await aggregate(later.backend)).toBe(2)
    expect(await aggregate(later.backend)).toBeUndefined()
    expect((await ask(later, { method: "GET", path: "/v1/batches" })).body).toEqual({
      first: 0,
      last: 2,
      cycleSeconds: 7_200,
    })
    await later.close()
  })
})

test("a cycle of another length begins where its own multiples are", async () => {
  await inWorld(cast.get().pki, { settings: { cycleMilliseconds: 1_000 } }, async (world) => {
    world.advance(2 * HOUR - (world.now() % (2 * HOUR)) - 1_000)
    expect(await aggregate(world.backend)).toBe(0)
    const { config } = world.backend
    const slower = {
      ...world.backend,
      config: { ...config, settings: { ...config.settings, cycleMilliseconds: 2 * HOUR } },
    }
    expect(await aggregate(slower)).toBeUndefined()
    world.advance(1_000)
    expect(await aggregate(slower)).toBe(1)
  })
})

test("a published seed survives a restart before its batch, and is in one batch only", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const { phone, authorisation } = await authorised(world, doctor, await signIn(world, doctor))
    expect((await publish(world, phone.opaque, authorisation)).status).toBe(202)
    const later = await world.restart()
    await aggregate(later.backend)
    later.advance(2 * HOUR)
    await aggregate(later.backend)
    const { day, dayKey } = decodeOpaque(phone.opaque)
    expect((await readPublished(later, 0)).entries).toContainEqual({ day, dayKey })
    expect((await readPublished(later, 1)).entries).not.toContainEqual({ day, dayKey })
    await later.close()
  })
})

test("when a batch cannot be written, the queue stays as it was", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    const entry = { day: 20_000, dayKey: nodeCrypto.randomBytes(32) }
    await world.backend.store.transaction(({ queue }) => queue.add(entry))
    const broken = {
      ...world.backend,
      batchKey: { ...world.backend.batchKey, sign: () => Promise.reject(new Error("no key")) },
    }
    await expect(aggregate(broken)).rejects.toThrow("no key")
    expect(await aggregate(world.backend)).toBe(0)
    expect((await readPublished(world, 0)).entries).toContainEqual(entry)
  })
})

test("old batches go after three weeks, the last one never", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    await aggregate(world.backend)
    world.advance(2 * HOUR)
    await aggregate(world.backend)
    world.advance(21 * DAY)
    await aggregate(world.backend)
    expect((await ask(world, { method: "GET", path: "/v1/batches" })).body).toMatchObject({
      first: 1,
      last: 2,
    })
    world.advance(30 * DAY)
    await world.backend.store.transaction(({ batches }) => batches.forget(world.now()))
    expect((await ask(world, { method: "GET", path: "/v1/batches" })).body).toMatchObject({
      first: 2,
      last: 2,
    })
  })
})

test("caches may keep a batch for ever and the list until the next cycle; who has it gets 304", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    world.advance(2 * HOUR - (world.now() % (2 * HOUR)) + 60_000)
    await aggregate(world.backend)
    for (const [path, cacheControl] of [
      ["/v1/batches", "public, max-age=7140"],
      ["/v1/batches/0", "public, max-age=31536000, immutable"],
    ] as const) {
      const { headers } = await ask(world, { method: "GET", path })
      expect(headers["cache-control"]).toBe(cacheControl)
      const tag = String(headers.etag)
      const again = await ask(world, { method: "GET", path, headers: { "if-none-match": `"x", W/${tag}` } })
      expect([again.status, again.bytes.length, again.headers.etag]).toEqual([304, 0, tag])
      expect((await ask(world, { method: "GET", path, headers: { "if-none-match": '"x"' } })).status).toBe(
        200,
      )
    }
  })
})

test.each(["1", "-1", "00", "0x0", "9007199254740993", "latest"])("there is no batch %s", async (cycle) => {
  await inWorld(cast.get().pki, {}, async (world) => {
    await aggregate(world.backend)
    const answer = await ask(world, { method: "GET", path: `/v1/batches/${cycle}` })
    expect(problemOf(answer)).toEqual({ status: 404, code: "not-found" })
  })
})

test("the batch key is drawn once, for its owner's eyes only, and its public half is written beside it", async () => {
  const directory = await mkdtemp(join(tmpdir(), "vrijgave-key-"))
  try {
    const first = await openBatchKey(directory)
    expect((await openBatchKey(directory)).publicKeySpki).toEqual(first.publicKeySpki)
    expect((await stat(join(directory, "batch-signing-key.pem"))).mode & 0o777).toBe(0o600)
    const pem = await readFile(join(directory, "batch-public-key.pem"), "utf8")
    const spki = createPublicKey(pem).export({ type: "spki", format: "der" })
    expect(new Uint8Array(spki)).toEqual(first.publicKeySpki)
    await writeFile(join(directory, "batch-signing-key.pem"), "no key")
    await expect(openBatchKey(directory)).rejects.toMatchObject({
      name: "ConfigError",
      field: "batch-signing-key.pem",
    })
  } finally {
    await rm(directory, { recursive: true })
  }
})
