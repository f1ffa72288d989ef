import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { beforeEach, describe, expect, test } from "vitest"
import { shelfFor, type Vault } from "../../src-main/outbox/outbox-shelf.ts"
import { LONGEST_WAIT, Outbox } from "../../src-main/outbox/outbox.ts"
import { whenFileIsDone } from "../card/support/when-file-is-done.ts"

const ANNA = { uziNumber: "900000001", subscriberNumber: "90000001" }
const KEY = 0x5a

/** A key ring for tests: it turns every byte around, and refuses what it did not write. */
const vault: Vault = {
  seal: (plain) => Promise.resolve(Uint8Array.from([KEY, ...plain].map((byte) => byte ^ KEY))),
  open: (sealed) =>
    sealed[0] === 0
      ? Promise.resolve(Uint8Array.from(sealed.slice(1), (byte) => byte ^ KEY))
      : Promise.reject(new Error("not of this key ring")),
}

let directory: string

beforeEach(async () => {
  const parent = await mkdtemp(join(tmpdir(), "vrijgave-vault-"))
  whenFileIsDone(() => rm(parent, { recursive: true, force: true }))
  directory = join(parent, "outbox")
})

function entry(writtenAt = 1_000, content = "a package") {
  return { reference: "123456", signer: ANNA, writtenAt, authorisation: new TextEncoder().encode(content) }
}

describe("an encrypted outbox", () => {
  test("holds nothing in the clear on the disk, and is read by the next run", async () => {
    const written = await new Outbox(shelfFor(directory, vault)).write(entry())
    const [name = ""] = await readdir(directory)
    expect(name).toBe(`${written.id}.sealed`)
    const onDisk = await readFile(join(directory, name), "latin1")
    for (const clear of ["123456", ANNA.uziNumber, "reference", "a package"])
      expect(onDisk).not.toContain(clear)
    const next = new Outbox(shelfFor(directory, vault))
    expect(next.outlivesProgram).toBe(true)
    expect(await next.contents()).toEqual({ entries: [written], damaged: [] })
  })

  test("tells what another key ring wrote as damaged, and leaves it", async () => {
    const id = "0".repeat(64)
    const outbox = new Outbox(shelfFor(directory, vault))
    const written = await outbox.write(entry())
    await writeFile(join(directory, `${id}.sealed`), "something else")
    expect(await outbox.contents()).toEqual({ entries: [written], damaged: [id] })
  })

  test("that cannot encrypt writes nothing", async () => {
    const broken = { ...vault, seal: () => Promise.reject(new Error("locked")) }
    const outbox = new Outbox(shelfFor(directory, broken))
    await expect(outbox.write(entry())).rejects.toMatchObject({ code: "OUTBOX_UNWRITABLE" })
    expect(await readdir(directory).catch(() => [])).toEqual([])
  })

  test("does not take an unencrypted entry of the command line for its own", async () => {
    await new Outbox(directory).write(entry())
    expect(await new Outbox(shelfFor(directory, vault)).contents()).toEqual({ entries: [], damaged: [] })
  })
})

describe("an outbox in memory", () => {
  test("touches no disk and says that it does not outlive the program", async () => {
    const outbox = new Outbox(shelfFor(undefined, undefined))
    const written = await outbox.write(entry())
    expect(outbox.outlivesProgram).toBe(false)
    expect((await outbox.contents()).entries).toEqual([written])
    await outbox.remove(written.id)
    expect((await outbox.contents()).entries).toEqual([])
  })
})

describe("an entry that has waited for a day", () => {
  test.each([
    ["in the clear", () => shelfFor(directory, undefined)],
    ["encrypted", () => shelfFor(directory, vault)],
    ["in memory", () => shelfFor(undefined, undefined)],
  ])("is taken out %s, and not a moment before", async (_, shelf) => {
    const outbox = new Outbox(shelf())
    const [old, young] = [await outbox.write(entry(1_000)), await outbox.write(entry(1_001, "another"))]
    expect(await outbox.removeExpired(1_000 + LONGEST_WAIT - 1)).toBe(0)
    expect((await outbox.contents()).entries).toEqual([old, young])
    expect(await outbox.removeExpired(1_000 + LONGEST_WAIT)).toBe(1)
    expect((await outbox.contents()).entries).toEqual([young])
  })
})
