import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { DatabaseSync } from "node:sqlite"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import type { EndedDisclosure, LiveDisclosure } from "../../src-backend/disclosures/disclosure.ts"
import { ended } from "../../src-backend/disclosures/life.ts"
import { keepHouse } from "../../src-backend/housekeeping.ts"
import { Settings } from "../../src-backend/settings.ts"
import { openSqliteStore } from "../../src-backend/store/sqlite-store.ts"
import type { Store } from "../../src-backend/store/store.ts"
import { HOUR } from "../../src-protocol/instant.ts"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { authorised, find, pickUp, register, registered, sendReceipt, signIn } from "./support/actors.ts"
import { castOfFile, inWorld } from "./support/cast.ts"
import { textLike } from "./support/matchers.ts"
import { filesHold } from "./support/files-hold.ts"

const cast = castOfFile()
let directory: string
let file: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "vrijgave-store-"))
  file = join(directory, "backend.sqlite")
})
afterEach(async () => {
  await rm(directory, { recursive: true })
})

async function withStore<T>(use: (store: Store) => Promise<T>): Promise<T> {
  const store = await openSqliteStore(file)
  try {
    return await use(store)
  } finally {
    await store.close()
  }
}

const LIVE: LiveDisclosure = {
  life: "live",
  id: "one",
  reference: "123456",
  hash: "a".repeat(64),
  pickupHash: nodeCrypto.randomBytes(32),
  state: "authorised",
  registeredAt: 1,
  expiresAt: 2,
  represented: true,
  refusals: 2,
  authorisation: {
    acceptedAt: 1,
    signer: { uziNumber: "900000001", subscriberNumber: "90000001" },
    packageTag: nodeCrypto.randomBytes(32),
    statementTag: nodeCrypto.randomBytes(32),
    package: nodeCrypto.randomBytes(500),
  },
}
const ENDED: EndedDisclosure = ended(
  LIVE,
  { state: "refused", reason: "bad-signature" },
  3,
  Settings.parse({}),
)

test("what was written is there after closing and opening, member for member", async () => {
  await withStore((store) => store.transaction(({ disclosures }) => disclosures.save(LIVE)))
  await withStore(async (store) => {
    expect(await store.transaction(({ disclosures }) => disclosures.byReference("123456"))).toEqual(LIVE)
    await store.transaction(({ disclosures }) => disclosures.save(ENDED))
    expect(await store.transaction(({ disclosures }) => disclosures.byId("one"))).toEqual(ENDED)
  })
})

test("a transaction that throws leaves nothing, and the next one runs", async () => {
  await withStore(async (store) => {
    const failing = store.transaction(async ({ disclosures }) => {
      await disclosures.save(LIVE)
      throw new Error("second thoughts")
    })
    await expect(failing).rejects.toThrow("second thoughts")
    expect(await store.transaction(({ disclosures }) => disclosures.count())).toBe(0)
  })
})

test("transactions run one after the other, in the order in which they were asked for", async () => {
  await withStore(async (store) => {
    const count = (): Promise<number> =>
      store.transaction(async ({ settings }) => {
        const next = ((await settings.find("count"))?.[0] ?? 0) + 1
        await Promise.resolve()
        await settings.save("count", Uint8Array.of(next))
        return next
      })
    expect(await Promise.all([count(), count(), count()])).toEqual([1, 2, 3])
  })
})

test("two disclosures cannot have one reference", async () => {
  await withStore(async (store) => {
    await store.transaction(({ disclosures }) => disclosures.save(LIVE))
    const second = store.transaction(({ disclosures }) => disclosures.save({ ...LIVE, id: "two" }))
    await expect(second).rejects.toThrow(/UNIQUE/)
  })
})

test("the database itself refuses an ended disclosure that still has a hash or a package", async () => {
  await withStore((store) => store.transaction(({ disclosures }) => disclosures.save(LIVE)))
  const database = new DatabaseSync(file)
  const setEnded =
    "UPDATE disclosures SET life = 'ended', forgotten_at = 3, pickup_hash = NULL, package_tag = NULL, statement_tag = NULL"
  expect(() => {
    database.exec(`${setEnded}, hash = NULL`)
  }).toThrow(/CHECK/)
  expect(() => {
    database.exec(`${setEnded}, package = NULL`)
  }).toThrow(/CHECK/)
  database.exec(`${setEnded}, package = NULL, hash = NULL`)
  database.close()
})

test("the file is synced at each commit, in write-ahead mode, and overwrites what it deletes", async () => {
  await withStore(async (store) => {
    await store.transaction(({ disclosures }) => disclosures.save(LIVE))
    expect(await filesHold(directory, LIVE.authorisation?.package ?? new Uint8Array([0]))).toBe(true)
    await store.transaction(({ disclosures }) => disclosures.save(ENDED))
    await store.forgetDeleted()
    expect(await filesHold(directory, LIVE.authorisation?.package ?? new Uint8Array([0]))).toBe(false)
    expect(await filesHold(directory, Buffer.from(LIVE.hash))).toBe(false)
  })
  const database = new DatabaseSync(file)
  expect(database.prepare("PRAGMA journal_mode").get()).toMatchObject({ journal_mode: "wal" })
  database.close()
})

test("a file of a newer program is refused with what to do, and stays as it is", async () => {
  await withStore(() => Promise.resolve())
  const database = new DatabaseSync(file)
  database.exec("UPDATE schema_version SET version = 99")
  database.close()
  await expect(openSqliteStore(file)).rejects.toMatchObject({
    code: "schema-too-new",
    message: textLike(/schema 99/),
  })
})

test("a file from before the references were counted is counted when it is opened, and goes on from there", async () => {
  await withStore((store) => store.transaction(({ disclosures }) => disclosures.save(LIVE)))
  const database = new DatabaseSync(file)
  database.exec("DROP TABLE disclosure_total")
  database.exec("UPDATE schema_version SET version = 1")
  database.close()
  await withStore(async (store) => {
    const count = () => store.transaction(({ disclosures }) => disclosures.count())
    expect(await count()).toBe(1)
    await store.transaction(({ disclosures }) => disclosures.save(ENDED))
    expect(await count()).toBe(1)
    await store.transaction(({ disclosures }) => disclosures.forget(ENDED.forgottenAt))
    expect(await count()).toBe(0)
  })
})

test("a file that is no database is refused, not overwritten", async () => {
  await writeFile(file, "These are my notes, and they are long enough to be looked at.".repeat(20))
  await expect(openSqliteStore(file)).rejects.toMatchObject({ code: "unreadable" })
  expect(await filesHold(directory, Buffer.from("These are my notes"))).toBe(true)
})

test("after closing, every call says so", async () => {
  const store = await openSqliteStore(file)
  await store.close()
  await store.close()
  await expect(store.transaction(() => Promise.resolve())).rejects.toMatchObject({ code: "closed" })
  await expect(store.forgetDeleted()).rejects.toMatchObject({ code: "closed" })
})

test("a restart keeps registrations, packages, counts and sessions", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const session = await signIn(world, doctor)
    const phone = await registered(world)
    const other = await authorised(world, doctor, session)
    const later = await world.restart()
    expect((await register(later, phone)).status).toBe(200)
    expect((await find(later, session, phone.code.reference)).status).toBe(200)
    expect((await pickUp(later, other.phone)).status).toBe(200)
    expect((await sendReceipt(later, other.phone, { accepted: true })).body).toEqual({ state: "confirmed" })
    await later.close()
  })
})

test("housekeeping ends and deletes at the end of each life, in the tables and in the files", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const phone = await registered(world)
    const { authorisation } = await authorised(world, doctor, await signIn(world, doctor))
    const piece = authorisation.subarray(400, 464)
    world.advance(4 * HOUR)
    await keepHouse(world.backend)
    expect(await filesHold(world.directory, Buffer.from(phone.hash))).toBe(false)
    expect(await filesHold(world.directory, piece)).toBe(true)
    world.advance(68 * HOUR)
    await keepHouse(world.backend)
    expect(await filesHold(world.directory, piece)).toBe(false)
    world.advance(24 * HOUR)
    await keepHouse(world.backend)
    expect(await world.backend.store.transaction(({ disclosures }) => disclosures.count())).toBe(0)
    expect(
      await world.backend.store.transaction(({ disclosures }) => disclosures.nextDeadline()),
    ).toBeUndefined()
  })
})

test("a store that a backend has open is not opened by a second one, and is free when the first one closed", async () => {
  await withStore(async () => {
    await expect(openSqliteStore(file)).rejects.toMatchObject({ code: "in-use" })
  })
  await withStore(async (store) => {
    expect(await store.transaction(({ disclosures }) => disclosures.count())).toBe(0)
  })
})
