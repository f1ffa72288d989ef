import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { beforeEach, describe, expect, test } from "vitest"
import type { Accepted } from "../../src-main/backend/backend-client.ts"
import { BackendError } from "../../src-main/backend/backend-error.ts"
import { Outbox, type OutboxEntry } from "../../src-main/outbox/outbox.ts"
import { sendEntry, sendOutbox, type Sender } from "../../src-main/outbox/send-outbox.ts"
import { whenFileIsDone } from "../card/support/when-file-is-done.ts"

const ANNA = { uziNumber: "900000001", subscriberNumber: "90000001" }
const BRAM = { uziNumber: "900000002", subscriberNumber: "90000001" }
const ACCEPTED: Accepted = { state: "authorised", statusToken: "A".repeat(43), first: true }

let directory: string
let outbox: Outbox

beforeEach(async () => {
  const parent = await mkdtemp(join(tmpdir(), "vrijgave-outbox-"))
  whenFileIsDone(() => rm(parent, { recursive: true, force: true }))
  directory = join(parent, "outbox")
  outbox = new Outbox(directory)
})

function write(content = "a package", signer = ANNA, writtenAt = 1_000): Promise<OutboxEntry> {
  return outbox.write({
    reference: "123456",
    signer,
    writtenAt,
    authorisation: new TextEncoder().encode(content),
  })
}

function senderOf(
  signer: typeof ANNA,
  answer: () => Promise<Accepted>,
): Sender & { readonly sent: string[] } {
  const sent: string[] = []
  return {
    signer,
    sent,
    send(entry) {
      sent.push(new TextDecoder().decode(entry.authorisation))
      return answer()
    },
  }
}

function failing(error: BackendError): () => Promise<Accepted> {
  return () => Promise.reject(error)
}

describe("a package in the outbox", () => {
  test("is there for the next run, readable by its owner alone, and once however often it is written", async () => {
    const entry = await write()
    await write()
    expect(await new Outbox(directory).entriesOf(ANNA)).toEqual([entry])
    const [name] = await readdir(directory)
    expect(name).toBe(`${entry.id}.json`)
    if (process.platform === "win32") return
    expect((await stat(join(directory, name ?? ""))).mode & 0o777).toBe(0o600)
    expect((await stat(directory)).mode & 0o777).toBe(0o700)
  })

  test("is no entry when only half of it was written: it goes when its writer is gone, and stays while it writes", async () => {
    const entry = await write()
    const half = `${"0".repeat(64)}.json`
    // No process has this number: it is above the highest that Linux gives (2^22).
    for (const writer of ["", ".99999999", `.${String(process.pid)}`])
      await writeFile(join(directory, `${half}${writer}.writing`), "{")
    expect(await outbox.contents()).toEqual({ entries: [entry], damaged: [] })
    const left = [`${half}.${String(process.pid)}.writing`, `${entry.id}.json`]
    expect((await readdir(directory)).sort()).toEqual(left.sort())
  })

  test.each([
    ["is no JSON", "{"],
    ["is of a later version", '{"version":2}'],
    ["holds another package than its name says", undefined],
  ])("that %s is told as damaged, stays, and keeps nothing else from being sent", async (_, text) => {
    const entry = await write()
    const other = `${"0".repeat(64)}.json`
    await writeFile(join(directory, other), text ?? (await readFile(join(directory, `${entry.id}.json`))))
    const { entries, damaged } = await outbox.contents()
    expect(entries).toEqual([entry])
    expect(damaged).toEqual(["0".repeat(64)])
    await sendOutbox(
      outbox,
      senderOf(ANNA, () => Promise.resolve(ACCEPTED)),
    )
    expect(await readdir(directory)).toEqual([other])
  })

  test("that cannot be written is not sent", async () => {
    const blocked = join(directory, "..", "file")
    await writeFile(blocked, "")
    const write = new Outbox(blocked).write({
      reference: "123456",
      signer: ANNA,
      writtenAt: 0,
      authorisation: new Uint8Array(1),
    })
    await expect(write).rejects.toMatchObject({ code: "OUTBOX_UNWRITABLE" })
  })

  test("in a folder that was never made is none", async () => {
    expect(await outbox.contents()).toEqual({ entries: [], damaged: [] })
  })
})

describe("sending the outbox", () => {
  test("sends one clinician's packages, oldest first, and touches no other's", async () => {
    await write("second", ANNA, 2_000)
    await write("first", ANNA, 1_000)
    await write("of Bram", BRAM, 500)
    const sender = senderOf(ANNA, () => Promise.resolve(ACCEPTED))
    const reports = await sendOutbox(outbox, sender)
    expect(sender.sent).toEqual(["first", "second"])
    expect(reports.map(({ is }) => is)).toEqual(["delivered", "delivered"])
    expect(await outbox.entriesOf(BRAM)).toHaveLength(1)
    expect(await outbox.entriesOf(ANNA)).toEqual([])
  })

  test("never sends in another's session", async () => {
    const entry = await write()
    const sender = senderOf(BRAM, () => Promise.resolve(ACCEPTED))
    await expect(sendEntry(outbox, entry, sender)).rejects.toThrow(RangeError)
    expect(sender.sent).toEqual([])
    const sameNumberElsewhere = { ...ANNA, subscriberNumber: "90000009" }
    expect(
      await sendOutbox(
        outbox,
        senderOf(sameNumberElsewhere, () => Promise.resolve(ACCEPTED)),
      ),
    ).toEqual([])
    expect(await outbox.entriesOf(ANNA)).toHaveLength(1)
  })

  test.each([
    ["201", { ...ACCEPTED, first: true }],
    ["200", { ...ACCEPTED, first: false }],
  ])("takes a package out at %s", async (_, accepted) => {
    const entry = await write()
    const report = await sendEntry(
      outbox,
      entry,
      senderOf(ANNA, () => Promise.resolve(accepted)),
    )
    expect(report).toEqual({ is: "delivered", entry, accepted })
    expect(await readdir(directory)).toEqual([])
  })

  test.each([
    ["409, another's was first", new BackendError("already-authorised", "", { status: 409 })],
    ["410, it is over", new BackendError("gone", "", { status: 410, state: "withdrawn" })],
    ["422 for good", new BackendError("refused", "", { status: 422, reason: "certificate-revoked" })],
  ])("takes a package out at %s, with a message", async (_, problem) => {
    const entry = await write()
    expect(await sendEntry(outbox, entry, senderOf(ANNA, failing(problem)))).toEqual({
      is: "dropped",
      entry,
      problem,
    })
    expect(await readdir(directory)).toEqual([])
  })

  test("tells what the backend answered also where the disk does not let the package go", async () => {
    const entry = await write()
    // A file where the folder was: nothing can be removed from it.
    const blocked = join(directory, "..", "file")
    await writeFile(blocked, "")
    const accepting = senderOf(ANNA, () => Promise.resolve(ACCEPTED))
    expect(await sendEntry(new Outbox(blocked), entry, accepting)).toMatchObject({ is: "delivered" })
    const gone = new BackendError("gone", "", { status: 410, state: "expired" })
    expect(await sendEntry(new Outbox(blocked), entry, senderOf(ANNA, failing(gone)))).toMatchObject({
      is: "dropped",
    })
    expect(await outbox.entriesOf(ANNA)).toEqual([entry])
  })

  test.each([
    ["no network", new BackendError("unreachable", "")],
    ["no answer in time", new BackendError("timed-out", "")],
    ["a captive portal", new BackendError("redirected", "", { status: 302 })],
    ["an unreadable answer", new BackendError("malformed-answer", "", { status: 201 })],
    ["401", new BackendError("not-signed-in", "", { status: 401 })],
    ["a 404 of the network's making", new BackendError("unexpected-answer", "", { status: 404 })],
    ["a 410 of the network's making", new BackendError("unexpected-answer", "", { status: 410 })],
    ["a 404 of the backend", new BackendError("not-found", "", { status: 404 })],
    [
      "a 422 that time can cure",
      new BackendError("refused", "", { status: 422, reason: "signing-time-implausible" }),
    ],
    ["a 422 without a reason", new BackendError("refused", "", { status: 422 })],
    ["429", new BackendError("too-many-requests", "", { status: 429 })],
    ["a budget that is spent", new BackendError("budget-spent", "", { status: 429 })],
    ["503 while revocation is unknown", new BackendError("revocation-unknown", "", { status: 503 })],
    ["500", new BackendError("unexpected-answer", "", { status: 500 })],
  ])("keeps a package at %s, with a message", async (_, problem) => {
    const entry = await write()
    expect(await sendEntry(outbox, entry, senderOf(ANNA, failing(problem)))).toEqual({
      is: "kept",
      entry,
      problem,
    })
    expect(await outbox.entriesOf(ANNA)).toEqual([entry])
  })
})
