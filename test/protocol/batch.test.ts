import { generateKeyPairSync, sign } from "node:crypto"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { asciiBytes, concatBytes, hexOf } from "../../src-protocol/bytes.ts"
import { composeBatch, fillWithDecoys, readBatch, type BatchEntry } from "../../src-protocol/batch.ts"
import { anyDay, anyKey } from "./arbitraries.ts"
import { expectRefusal, expectRejection } from "./refusals.ts"
import { protocolVectors } from "./vectors.ts"

const { publicKey, privateKey } = generateKeyPairSync("ed25519")
const SPKI = new Uint8Array(publicKey.export({ type: "spki", format: "der" }))
const TODAY = 18_400

function signed(bytes: Uint8Array): Promise<Uint8Array> {
  return Promise.resolve(new Uint8Array(sign(undefined, bytes, privateKey)))
}

function entry(day: number, fill: number): BatchEntry {
  return { day, dayKey: new Uint8Array(32).fill(fill) }
}

/** A batch of any bytes at all, well signed. */
async function forged(cycle: bigint, count: number, ...entries: readonly BatchEntry[]): Promise<Uint8Array> {
  const numbers = new DataView(new ArrayBuffer(12))
  numbers.setBigUint64(0, cycle)
  numbers.setUint32(8, count)
  const encoded = entries.map(({ day, dayKey }) => {
    const bytes = new Uint8Array(36)
    new DataView(bytes.buffer).setUint32(0, day)
    bytes.set(dayKey, 4)
    return bytes
  })
  const body = concatBytes(asciiBytes("DP3TB1"), new Uint8Array(numbers.buffer), ...encoded)
  return concatBytes(body, await signed(body))
}

test.each(protocolVectors.batch)("the known batch of cycle $cycle is composed and read", async (vector) => {
  const batch = await composeBatch(vector.cycle, vector.entries, () => Promise.resolve(vector.signature))
  expect(batch).toEqual(vector.expect.bytes)
  const read = await readBatch(nodeCrypto, vector.expect.bytes, vector.publicKeySpki)
  expect(read.cycle).toBe(vector.cycle)
  expect(read.entries.map(printed)).toEqual(vector.entries.map(printed).sort())
})

function printed({ day, dayKey }: BatchEntry): string {
  return `${String(day).padStart(10, "0")} ${hexOf(dayKey)}`
}

test("every batch comes back sorted, whatever order the entries arrived in", async () => {
  const anyEntries = fc.uniqueArray(fc.record({ day: anyDay, dayKey: anyKey }), {
    selector: printed,
    maxLength: 20,
  })
  await fc.assert(
    fc.asyncProperty(fc.maxSafeNat(), anyEntries, async (cycle, entries) => {
      const read = await readBatch(nodeCrypto, await composeBatch(cycle, entries, signed), SPKI)
      expect(read.cycle).toBe(cycle)
      expect(read.entries.map(printed)).toEqual(entries.map(printed).sort())
      expect(await composeBatch(cycle, entries.toReversed(), signed)).toEqual(
        await composeBatch(cycle, entries, signed),
      )
    }),
  )
})

test("an entry that was published twice stands in the batch once", async () => {
  const batch = await composeBatch(1, [entry(5, 1), entry(4, 1), entry(5, 1)], signed)
  expect((await readBatch(nodeCrypto, batch, SPKI)).entries).toEqual([entry(4, 1), entry(5, 1)])
})

test("what was read is a copy: wiping the file leaves it", async () => {
  const batch = await composeBatch(1, [entry(5, 1)], signed)
  const { entries } = await readBatch(nodeCrypto, batch, SPKI)
  batch.fill(0)
  expect(entries).toEqual([entry(5, 1)])
})

describe("malformed-batch is a file", () => {
  test("with any one byte changed", async () => {
    const batch = await composeBatch(3, [entry(5, 1), entry(6, 2)], signed)
    for (let at = 0; at < batch.length; at++)
      await expectRejection(
        readBatch(nodeCrypto, batch.with(at, (batch[at] ?? 0) ^ 1), SPKI),
        "malformed-batch",
      )
  })

  test("cut anywhere, or with bytes after it", async () => {
    const batch = await composeBatch(3, [entry(5, 1), entry(6, 2)], signed)
    for (let length = 0; length < batch.length; length++)
      await expectRejection(readBatch(nodeCrypto, batch.slice(0, length), SPKI), "malformed-batch")
    await expectRejection(
      readBatch(nodeCrypto, concatBytes(batch, Uint8Array.of(0)), SPKI),
      "malformed-batch",
    )
  })

  test.each([
    ["whose entries are not sorted", 1n, 2, [entry(6, 1), entry(5, 1)]],
    ["with an entry twice", 1n, 2, [entry(5, 1), entry(5, 1)]],
    ["that counts an entry too many", 1n, 2, [entry(5, 1)]],
    ["that counts an entry too few", 1n, 1, [entry(5, 1), entry(6, 1)]],
    ["that counts four thousand million entries", 1n, 2 ** 32 - 1, [entry(5, 1)]],
    ["of cycle 2^53", 2n ** 53n, 1, [entry(5, 1)]],
  ] as const)("well signed %s", async (_, cycle, count, entries) => {
    await expectRejection(
      readBatch(nodeCrypto, await forged(cycle, count, ...entries), SPKI),
      "malformed-batch",
    )
  })

  test("signed by another key", async () => {
    const batch = await composeBatch(3, [entry(5, 1)], signed)
    const other = generateKeyPairSync("ed25519").publicKey.export({ type: "spki", format: "der" })
    await expectRejection(readBatch(nodeCrypto, batch, new Uint8Array(other)), "malformed-batch")
    await expectRejection(readBatch(nodeCrypto, batch, new Uint8Array(0)), "malformed-batch")
  })

  test.each([-1, 0.5, 2 ** 53, Number.NaN])("to be composed for cycle %d", async (cycle) => {
    await expectRejection(composeBatch(cycle, [], signed), "malformed-batch")
  })

  test.each([
    ["a day before 1970", entry(-1, 1)],
    ["a day beyond 32 bits", entry(2 ** 32, 1)],
    ["a short key", { day: 5, dayKey: new Uint8Array(31) }],
  ])("to be composed with %s", async (_, wrong) => {
    await expectRejection(composeBatch(1, [wrong], signed), "malformed-batch")
  })

  test("to be composed with a signature that is not 64 bytes", async () => {
    const short = () => Promise.resolve(new Uint8Array(63))
    await expectRejection(composeBatch(1, [], short), "malformed-batch")
  })
})

describe("decoys", () => {
  test("fill an empty queue up to ten entries", () => {
    const filled = fillWithDecoys(nodeCrypto, [], TODAY)
    expect(filled).toHaveLength(10)
    expect(new Set(filled.map(printed)).size).toBe(10)
  })

  test("leave the real entries as they are and add what is missing", () => {
    const real = [entry(TODAY, 1), entry(TODAY - 14, 2)]
    const filled = fillWithDecoys(nodeCrypto, real, TODAY, 5)
    expect(filled.slice(0, 2)).toEqual(real)
    expect(filled).toHaveLength(5)
  })

  test("are none where there are enough entries", () => {
    const real = Array.from({ length: 11 }, (_, i) => entry(TODAY, i))
    expect(fillWithDecoys(nodeCrypto, real, TODAY)).toEqual(real)
  })

  test("make up for entries that stand in the queue twice", async () => {
    const real = Array.from({ length: 10 }, () => entry(TODAY, 1))
    const batch = await composeBatch(1, fillWithDecoys(nodeCrypto, real, TODAY), signed)
    expect((await readBatch(nodeCrypto, batch, SPKI)).entries).toHaveLength(10)
  })

  test("have days as real ones have: of the last fourteen and today, each of them", () => {
    const days = new Set(fillWithDecoys(nodeCrypto, [], TODAY, 1_000).map(({ day }) => day))
    expect([...days].sort()).toEqual(Array.from({ length: 15 }, (_, i) => TODAY - 14 + i))
  })

  test("have no days before 1970", () => {
    expect(fillWithDecoys(nodeCrypto, [], 0, 100).every(({ day }) => day === 0)).toBe(true)
  })

  test("are not made for entries that are none", () => {
    expectRefusal(() => fillWithDecoys(nodeCrypto, [entry(-1, 1)], TODAY), "malformed-batch")
  })
})
