import { readdir } from "node:fs/promises"
import { beforeAll, describe, expect, test } from "vitest"
import type { Desk } from "../../src-main/consult/desk.ts"
import { problemType } from "../../src-protocol/problems.ts"
import { openDeskWorld, type DeskWorld } from "./support/desk-world.ts"
import {
  answerProblem,
  answerWith,
  forwardTo,
  passOn,
  openHostileServer,
  type Behaviour,
  type HostileServer,
} from "./support/hostile-server.ts"
import { scriptCard, SOFT_PIN, SOFT_SERIAL } from "./support/soft-card-host.ts"

let network: HostileServer
let world: DeskWorld

beforeAll(async () => {
  network = await openHostileServer()
  // The backend is known under the address of the network before it, as behind any gateway.
  world = await openDeskWorld({}, network.origin)
})

/** Passes everything on, but what is handed in meets this. */
function spoilPosts(spoil: Behaviour): void {
  const forward = forwardTo(() => world.backend.origin)
  network.behave((request, response, body) =>
    (request.method === "PUT" ? spoil : forward)(request, response, body),
  )
}

function pin(): Uint8Array {
  return new TextEncoder().encode(SOFT_PIN)
}

async function deskAt(outboxDirectory: string, name = "Anna de Vries"): Promise<Desk> {
  const card = scriptCard(await world.card("arts-p256", name))
  return world.desk(card.host, { outboxDirectory, origin: network.origin, timeoutMilliseconds: 1_000 })
}

async function signedPackage(desk: Desk): Promise<void> {
  const { code } = await world.register()
  await desk.signIn(SOFT_SERIAL, pin())
  await desk.lookUp(code)
  await desk.reviewSigner()
  desk.confirm({ readBack: true, consent: true })
  await desk.sign(pin())
}

const breakOff: Behaviour = (_, response) => void response.destroy()

describe("a package whose way is lost", () => {
  test.each<[string, Behaviour, string]>([
    ["before it arrives", breakOff, "unreachable"],
    ["in a proxy that says 404", answerWith(404, {}, "no such page"), "unexpected-answer"],
    ["in a captive portal", answerWith(302, { location: "http://portal.example/" }), "redirected"],
    ["in silence", () => undefined, "timed-out"],
    [
      "for a while",
      answerProblem(503, problemType("revocation-unknown"), { reason: "revocation-unknown" }),
      "revocation-unknown",
    ],
  ])(
    "%s stays in the outbox, and goes with the next sign-in of the same clinician",
    async (_, spoil, code) => {
      const outboxDirectory = await world.newOutbox()
      const desk = await deskAt(outboxDirectory)
      spoilPosts(spoil)
      await signedPackage(desk)
      await expect(desk.post()).rejects.toMatchObject({ problem: { code } })
      expect(desk.state).toMatchObject({ is: "problem", inOutbox: true })
      expect(await readdir(outboxDirectory)).toHaveLength(1)

      spoilPosts(forwardTo(() => world.backend.origin))
      const other = await deskAt(outboxDirectory, "Bram Jansen")
      expect((await other.signIn(SOFT_SERIAL, pin())).outbox).toEqual([])
      const again = await deskAt(outboxDirectory)
      const { outbox } = await again.signIn(SOFT_SERIAL, pin())
      expect(outbox).toMatchObject([{ is: "delivered", accepted: { state: "authorised", first: true } }])
      expect(await readdir(outboxDirectory)).toEqual([])
    },
  )

  test("on the way back was accepted: handing it in again is no fault and no second one", async () => {
    const outboxDirectory = await world.newOutbox()
    const desk = await deskAt(outboxDirectory)
    const forward = forwardTo(() => world.backend.origin)
    spoilPosts(async (request, response, body) => {
      // The backend has it; its answer is lost.
      await passOn(world.backend.origin, request, body)
      response.destroy()
    })
    await signedPackage(desk)
    await expect(desk.post()).rejects.toMatchObject({ problem: { code: "unreachable" } })
    spoilPosts(forward)
    expect(await desk.sendOutbox()).toMatchObject([
      { is: "delivered", accepted: { state: "authorised", first: false } },
    ])
  })

  test("for good is dropped with its reason, and the clinician can begin again", async () => {
    const outboxDirectory = await world.newOutbox()
    const desk = await deskAt(outboxDirectory)
    spoilPosts(answerProblem(422, problemType("refused"), { reason: "wrong-policy" }))
    await signedPackage(desk)
    await expect(desk.post()).rejects.toMatchObject({ problem: { code: "refused", reason: "wrong-policy" } })
    expect(desk.state).toMatchObject({ is: "problem", inOutbox: false })
    expect(await readdir(outboxDirectory)).toEqual([])
    desk.leave()
    expect(desk.state.is).toBe("ready")
  })

  test("because the session ran out asks for a new one, and keeps it", async () => {
    const outboxDirectory = await world.newOutbox()
    const desk = await deskAt(outboxDirectory)
    spoilPosts(answerProblem(401, problemType("not-signed-in")))
    await signedPackage(desk)
    await expect(desk.post()).rejects.toMatchObject({ problem: { code: "not-signed-in" } })
    expect(await readdir(outboxDirectory)).toHaveLength(1)
    desk.leave()
    expect(desk.state.is).toBe("signed-out")
  })
})
