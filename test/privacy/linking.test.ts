import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { expect, test } from "vitest"
import { aggregate } from "../../src-backend/aggregation/aggregate.ts"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { readBatch } from "../../src-protocol/batch.ts"
import { decodeOpaque } from "../../src-protocol/opaque.ts"
import { authorised, publish, signIn } from "../backend/support/actors.ts"
import { castOfFile, inWorld } from "../backend/support/cast.ts"
import { ask, type World } from "../backend/support/world.ts"

const cast = castOfFile()

/** Publishes as many disclosures one after the other; answers their seeds in hex, in the order of arrival. */
async function publishInTurn(world: World, count: number): Promise<readonly string[]> {
  const { doctor } = cast.get()
  const session = await signIn(world, doctor)
  const arrived: string[] = []
  for (let one = 0; one < count; one++) {
    const { phone, authorisation } = await authorised(world, doctor, session)
    expect((await publish(world, phone.opaque, authorisation)).status).toBe(202)
    const { dayKey } = decodeOpaque(phone.opaque)
    arrived.push(Buffer.from(dayKey).toString("hex"))
  }
  return arrived
}

test("nothing in the database tells in which order seeds arrived, not even the numbers that SQLite gives to rows", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    const arrived = await publishInTurn(world, 8)
    const database = new DatabaseSync(join(world.directory, "backend.sqlite"), { readOnly: true })
    try {
      // As they lie in the file: without ORDER BY, SQLite walks the tree itself.
      const entries = database.prepare("SELECT hex(entry) AS entry FROM publication_queue").all()
      const stored = entries.map(({ entry }) => String(entry).toLowerCase())
      expect(stored).toEqual([...stored].sort())
      expect(stored.map((entry) => entry.slice(8)).sort()).toEqual([...arrived].sort())
      expect(() => database.prepare("SELECT rowid FROM publication_queue")).toThrow("no such column")
    } finally {
      database.close()
    }
  })
})

test("a batch has its seeds by value among decoys, so that who watches the backend cannot tell whose is which", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    const arrived = await publishInTurn(world, 4)
    await aggregate(world.backend)
    const { bytes } = await ask(world, { method: "GET", path: "/v1/batches/0" })
    const { entries } = await readBatch(nodeCrypto, bytes, world.backend.batchKey.publicKeySpki)
    expect(entries.length).toBeGreaterThanOrEqual(10)
    const inBatch = entries.map(({ day, dayKey }) => [day, Buffer.from(dayKey).toString("hex")] as const)
    expect(inBatch).toEqual([...inBatch].sort(([a, x], [b, y]) => a - b || (x < y ? -1 : 1)))
    expect(inBatch.map(([, seed]) => seed)).toEqual(expect.arrayContaining([...arrived]))
  })
})
