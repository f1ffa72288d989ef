import { beforeAll, describe, expect, test } from "vitest"
import { printCode } from "../../src-protocol/code.ts"
import { HOUR, MINUTE, SECOND } from "../../src-protocol/instant.ts"
import type { SoftCard } from "../../src-testkit/cards/soft-signer.ts"
import { openDeskWindow, type DeskWindow } from "./support/desk-window.ts"
import { openDeskWorld, type DeskWorld, type Phone } from "./support/desk-world.ts"
import { scriptCard } from "./support/soft-card-host.ts"

let world: DeskWorld
let arts: SoftCard

beforeAll(async () => {
  world = await openDeskWorld()
  arts = await world.card("arts", "Anna de Vries")
})

async function signedIn(changes: Parameters<typeof openDeskWindow>[2] = {}): Promise<DeskWindow> {
  const desk = await openDeskWindow(world, scriptCard(arts), changes)
  expect(await desk.signIn()).toEqual({ ok: true })
  return desk
}

function typed({ code }: Phone): string {
  return printCode(code)
}

describe("the desk is locked", () => {
  test.each([
    ["by the clinician", "by-hand", (desk: DeskWindow) => desk.call("signOut")],
    ["with the computer's screen", "screen-locked", (desk: DeskWindow) => desk.session.lock("screen-locked")],
    ["when nobody used it for as long as is set", "idle", (desk: DeskWindow) => desk.pass(10 * MINUTE, true)],
    ["when the session is over", "session-ended", (desk: DeskWindow) => desk.pass(24 * HOUR)],
  ] as const)(
    "%s, in the middle of a consult, and nothing of the patient stays",
    async (_, because, lock) => {
      const phone = await world.register()
      const desk = await signedIn()
      await desk.upToPin(typed(phone))
      await lock(desk)
      expect(desk.state().consult).toEqual({ is: "signed-out", because })
      expect(desk.state().session).toBeUndefined()
      expect(JSON.stringify(desk.state())).not.toContain(phone.hash)
      expect(JSON.stringify(desk.state())).not.toContain(typed(phone))
      expect(await desk.sign()).toMatchObject({ ok: false, problem: { code: "OUT_OF_ORDER" } })
    },
  )

  test("not while another program holds the card, which is said at once, with the programs that it may be", async () => {
    const desk = await signedIn()
    const card = () => desk.state().line.find(({ name }) => name === "card")
    desk.holdCard(["scdaemon", "firefox"])
    const busy = {
      status: "broken",
      problem: {
        code: "CARD_BUSY",
        sentence: "Een ander programma gebruikt de pas. Misschien is dat: scdaemon, firefox.",
      },
    }
    expect(card()).toMatchObject(busy)
    await desk.session.line.look()
    expect(card()).toMatchObject(busy)
    expect(desk.state().session).toBeDefined()
    desk.holdCard()
    await desk.session.line.look()
    expect(card()).toMatchObject({ status: "ok" })
    expect(desk.state().session).toBeDefined()
  })

  test("at once when the card leaves, and signing ends", async () => {
    const card = scriptCard(arts)
    const desk = await openDeskWindow(world, card)
    await desk.signIn()
    await desk.upToPin(typed(await world.register()))
    card.whileSigning(() => {
      desk.removeCard()
      return Promise.resolve()
    })
    expect(await desk.sign()).toMatchObject({ ok: false, problem: { code: "OUT_OF_ORDER" } })
    expect(desk.state()).toMatchObject({
      consult: { is: "signed-out", because: "card-removed" },
      inFlight: [],
    })
    desk.insertCard()
    expect(desk.state().session).toBeUndefined()
  })

  test("when another card is in its reader, also when nobody saw the change", async () => {
    const desk = await signedIn()
    desk.changeToken({ serial: "fedcba9876543210" })
    await desk.session.line.look()
    expect(desk.state().consult).toMatchObject({ is: "signed-out", because: "card-removed" })
  })

  test("not while somebody uses the computer, or the window, or the card is at work", async () => {
    const desk = await signedIn()
    await desk.pass(9 * MINUTE, true)
    await desk.pass(5 * MINUTE)
    expect(desk.state().consult.is).toBe("ready")
    await desk.pass(9 * MINUTE, true)
    await desk.call("understand", { text: "1" })
    await desk.pass(9 * MINUTE, true)
    expect(desk.state().consult.is).toBe("ready")
  })

  test("by the minutes that were chosen, unless a policy fixed them", async () => {
    const desk = await signedIn()
    await desk.call("chooseSettings", { idleMinutes: 1 })
    await desk.pass(61 * SECOND, true)
    expect(desk.state().consult).toMatchObject({ because: "idle" })
    const managed = await signedIn({ managed: ["idleMinutes"] })
    await managed.call("chooseSettings", { idleMinutes: 1, language: "en" })
    expect(managed.state()).toMatchObject({
      settings: { idleMinutes: 10, managed: ["idleMinutes"] },
      language: "en",
    })
  })
})
