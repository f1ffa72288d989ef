import { mkdtemp, readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { beforeAll, describe, expect, test } from "vitest"
import { otherEnvironment } from "../../src-main/desk-window/card-environment.ts"
import type { Vault } from "../../src-main/outbox/outbox-shelf.ts"
import { readCard } from "../../src-main/card/read-card.ts"
import { printCode } from "../../src-protocol/code.ts"
import { DAY, MINUTE, SECOND } from "../../src-protocol/instant.ts"
import { PRODUCTION, TEST } from "../../src-protocol/uzi/environments.ts"
import type { SoftCard } from "../../src-testkit/cards/soft-signer.ts"
import { whenFileIsDone } from "../card/support/when-file-is-done.ts"
import { openDeskWindow, type DeskWindow } from "./support/desk-window.ts"
import { openDeskWorld, type DeskWorld } from "./support/desk-world.ts"
import { answerWith, forwardTo, openHostileServer, type HostileServer } from "./support/hostile-server.ts"
import { scriptCard, SOFT_SERIAL } from "./support/soft-card-host.ts"

let network: HostileServer
let world: DeskWorld
let anna: SoftCard
let bram: SoftCard

// The way to the backend, which a test can cut: the desk and the backend know it by its name.
beforeAll(async () => {
  network = await openHostileServer()
  world = await openDeskWorld({}, network.origin)
  anna = await world.card("arts", "Anna de Vries")
  bram = await world.card("arts", "Bram Bos")
})

function mend(): void {
  network.behave(forwardTo(() => world.backend.origin))
}
function cut(): void {
  network.behave(answerWith(503, {}))
}

const vault: Vault = {
  seal: (plain) => Promise.resolve(plain.map((byte) => byte ^ 1)),
  open: (sealed) => Promise.resolve(sealed.map((byte) => byte ^ 1)),
}

async function folder(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "vrijgave-desk-outbox-"))
  whenFileIsDone(() => rm(directory, { recursive: true, force: true }))
  return directory
}

function openDesk(card: SoftCard, outboxDirectory: string | undefined): Promise<DeskWindow> {
  mend()
  return openDeskWindow(world, scriptCard(card), {
    origin: network.origin,
    outboxDirectory,
    outboxVault: vault,
  })
}

/** A package that was signed and could not be sent. */
async function keptBy(desk: DeskWindow) {
  const phone = await world.register()
  await desk.signIn()
  await desk.upToPin(printCode(phone.code))
  const stop = desk.session.subscribe(() => {
    if (desk.session.desk.state.is !== "posting") return
    stop()
    cut()
  })
  expect(await desk.sign()).toMatchObject({ ok: false, problem: { code: "unexpected-answer" } })
  expect(desk.state()).toMatchObject({
    consult: { is: "problem", inOutbox: true },
    outbox: { waiting: [{ isOwn: true }] },
  })
  return phone
}

describe("a package that could not be sent", () => {
  test("goes out with the next try, and is followed", async () => {
    const desk = await openDesk(anna, undefined)
    const phone = await keptBy(desk)
    expect(desk.state().outbox.kept).toBe("memory")
    mend()
    expect(await desk.call("retry")).toEqual({ ok: true })
    expect(desk.state()).toMatchObject({
      consult: { is: "ready" },
      outbox: { waiting: [] },
      inFlight: [{ status: "waiting" }],
    })
    await phone.receipt({ accepted: true })
    await desk.call("openConsult", { id: desk.state().inFlight[0]?.id ?? "" })
    expect(await desk.shows("done")).toMatchObject({ outcome: "confirmed" })
  })

  test("goes out by itself after a while", async () => {
    const desk = await openDesk(anna, undefined)
    await keptBy(desk)
    await desk.pass(MINUTE)
    expect(desk.state().outbox.waiting).toMatchObject([{ problem: { code: "unexpected-answer" } }])
    mend()
    await desk.pass(MINUTE)
    expect(desk.state()).toMatchObject({ outbox: { waiting: [] }, inFlight: [{ status: "waiting" }] })
  })

  test("is there after a restart, goes out when its signer signs in, and once", async () => {
    const outbox = await folder()
    const before = await openDesk(anna, outbox)
    await keptBy(before)
    before.session.stop()
    const other = await openDesk(bram, outbox)
    expect(other.state().outbox).toMatchObject({ kept: "encrypted", waiting: [{ isOwn: false }] })
    expect(await other.signIn()).toEqual({ ok: true })
    expect(other.state()).toMatchObject({ outbox: { waiting: [{ isOwn: false }] }, inFlight: [] })
    const [entry] = other.state().outbox.waiting
    expect(await other.call("discardOutboxEntry", { id: entry?.id ?? "" })).toMatchObject({ ok: false })
    const after = await openDesk(anna, outbox)
    expect(await after.signIn()).toEqual({ ok: true })
    expect(after.state()).toMatchObject({ outbox: { waiting: [] }, inFlight: [{ status: "waiting" }] })
    expect(await readdir(outbox)).toEqual([])
  })

  test("is thrown away when its signer says so", async () => {
    const desk = await openDesk(anna, await folder())
    await keptBy(desk)
    const [entry] = desk.state().outbox.waiting
    expect(await desk.call("discardOutboxEntry", { id: entry?.id ?? "" })).toEqual({ ok: true })
    expect(desk.state().outbox.waiting).toEqual([])
  })

  test("is told, and waits no longer, where a colleague was first", async () => {
    const desk = await openDesk(anna, undefined)
    const phone = await keptBy(desk)
    const colleague = await openDesk(bram, undefined)
    await colleague.signIn()
    await colleague.upToPin(printCode(phone.code))
    expect(await colleague.sign()).toEqual({ ok: true })
    expect(await desk.call("retry")).toEqual({ ok: true })
    expect(desk.state()).toMatchObject({
      outbox: { waiting: [] },
      inFlight: [{ status: "refused", problem: { code: "already-authorised" } }],
    })
  })

  test("waits on where its disclosure cannot be found, for that is no last word", async () => {
    const desk = await openDesk(anna, undefined)
    const phone = await keptBy(desk)
    await phone.withdraw()
    mend()
    await desk.call("retry")
    expect(desk.state()).toMatchObject({
      outbox: { waiting: [{ problem: { code: "not-found" } }] },
      inFlight: [],
    })
  })

  test("is gone after a day, whoever is signed in", async () => {
    const outbox = await folder()
    const desk = await openDesk(anna, outbox)
    await keptBy(desk)
    await desk.call("signOut")
    await desk.pass(DAY)
    expect(desk.state().outbox.waiting).toEqual([])
    expect(await readdir(outbox)).toEqual([])
  })
})

describe("a card of the other environment", () => {
  test("is told by its own words before any PIN", async () => {
    const card = await readCard(scriptCard(anna).host, SOFT_SERIAL, world.pki.trust, Date.now())
    expect(otherEnvironment(card, TEST)).toBeUndefined()
    expect(otherEnvironment(card, PRODUCTION)).toMatchObject({ code: "TEST_CARD" })
  })

  test("cannot be signed in with, and spends no try", async () => {
    const card = scriptCard(anna)
    mend()
    // A desk that believes production cards and, for this test alone, the backend of the test environment.
    const trust = { ...world.pki.trust, environment: PRODUCTION }
    const origin = network.origin.replace("http:", "https:")
    const desk = await openDeskWindow(world, card, { origin, trust })
    expect(desk.state()).toMatchObject({
      environment: "production",
      cards: [{ problem: { code: "TEST_CARD", title: "Dit is een testpas" } }],
    })
    expect(await desk.signIn()).toMatchObject({ ok: false, problem: { code: "TEST_CARD" } })
    expect(card.pinsSeen).toEqual([])
  })
})

describe("while a phone is waited for", () => {
  test("the line says that the backend is away, and that it is back, with nobody asking it anything", async () => {
    const desk = await openDesk(anna, undefined)
    const phone = await world.register()
    await desk.signIn()
    await desk.upToPin(printCode(phone.code))
    expect(await desk.sign()).toMatchObject({ ok: true })
    const connection = () => desk.state().line.find(({ name }) => name === "connection")
    expect(connection()).toMatchObject({ status: "ok" })
    cut()
    await desk.pass(20 * SECOND)
    expect(connection()).toMatchObject({ status: "broken" })
    mend()
    await desk.pass(20 * SECOND)
    expect(connection()).toMatchObject({ status: "ok" })
  })
})
