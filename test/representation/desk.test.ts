import { describe, expect, test } from "vitest"
import { redeemRepresentation } from "../../src-backend/representation/redeem-token.ts"
import { printInstant } from "../../src-protocol/instant.ts"
import { cardOf, castOfFile, inWorld } from "../backend/support/cast.ts"
import { drawDisclosure, find, register, signIn } from "../backend/support/actors.ts"
import { ask, problemOf, type Seen, type World as BackendWorld } from "../backend/support/world.ts"
import { codeOf, exchange, requestPath, walk } from "./support/flow.ts"
import { openWorld, type World } from "./support/world.ts"

const cast = castOfFile()

/** A backend with an authorization server that serves the provider of the cast's doctor. */
async function withProvider(run: (backend: BackendWorld, world: World) => Promise<void>): Promise<void> {
  const { pki, doctor } = cast.get()
  const world = await openWorld({ subscriberNumber: doctor.holder.subscriberNumber })
  const redeem = (token: string) => Promise.resolve(redeemRepresentation(world.server, token))
  const parts = { representation: world.server, redeemRepresentation: redeem }
  await inWorld(pki, { parts }, (backend) => run(backend, world))
}

const refusals = (backend: BackendWorld, bearer: string): Promise<Seen> =>
  ask(backend, { method: "GET", path: "/v1/representation/refusals", bearer })

const correct = (
  backend: BackendWorld,
  bearer: string,
  birthDate: unknown,
  dossier = "D-mother",
): Promise<Seen> =>
  ask(backend, {
    ...{ method: "PUT", path: `/v1/representation/dossiers/${dossier}/birth-date`, bearer },
    json: { birthDate },
  })

const WRONG = requestPath({ MedMij_geboortedatum: "19700902" })

describe("a disclosure for a represented person", () => {
  test("is registered with the token of the flow, once, and the clinician sees that somebody is represented", async () => {
    await withProvider(async (backend, world) => {
      const { body } = await exchange(world, codeOf(await walk(world.browser(), requestPath())) ?? "")
      const representationToken = String(body["access_token"])
      const [phone, other] = [await drawDisclosure(backend), await drawDisclosure(backend)]
      expect((await register(backend, phone, { representationToken })).status).toBe(201)
      expect(problemOf(await register(backend, other, { representationToken })).code).toBe(
        "malformed-request",
      )
      const session = await signIn(backend, cast.get().doctor)
      expect((await find(backend, session, phone.code.reference)).body).toMatchObject({ represented: true })
      expect(JSON.stringify(backend.log)).not.toContain(representationToken)
    })
  })

  test("is not registered with a token for oneself, a code, or text", async () => {
    await withProvider(async (backend, world) => {
      const own = requestPath({ scope: "eenofanderezorgaanbieder~48", MedMij_geboortedatum: undefined })
      const { body } = await exchange(world, codeOf(await walk(world.browser(), own, {})) ?? "")
      const code = codeOf(await walk(world.browser(), requestPath()))
      for (const representationToken of [String(body["access_token"]), code, "x"])
        expect((await register(backend, await drawDisclosure(backend), { representationToken })).status).toBe(
          400,
        )
    })
  })

  test("is not registered with a token that has run out", async () => {
    await withProvider(async (backend, world) => {
      const { body } = await exchange(world, codeOf(await walk(world.browser(), requestPath())) ?? "")
      world.advance(900_001)
      const representationToken = String(body["access_token"])
      expect((await register(backend, await drawDisclosure(backend), { representationToken })).status).toBe(
        400,
      )
    })
  })
})

describe("refused attempts", () => {
  test("are shown to a clinician of the provider: exception, time and the provider's own reference, no more", async () => {
    await withProvider(async (backend, world) => {
      await walk(world.browser(), WRONG)
      await walk(world.browser(), requestPath(), { represented: "stranger" })
      const { status, body } = await refusals(backend, await signIn(backend, cast.get().doctor))
      expect(status).toBe(200)
      const refusedAt = printInstant(world.server.clock())
      expect(body["refusals"]).toHaveLength(2)
      expect(body["refusals"]).toEqual(
        expect.arrayContaining([
          { exception: "Authorization interface Vertegenwoordiging 4", refusedAt, dossier: "D-mother" },
          { exception: "Authorization interface 3", refusedAt },
        ]),
      )
      expect(JSON.stringify(body)).not.toMatch(/1970|anna|stranger/)
    })
  })

  test("are not shown to a clinician of another provider, nor without signing in", async () => {
    await withProvider(async (backend, world) => {
      await walk(world.browser(), WRONG)
      const stranger = await cardOf(cast.get().pki, "arts", "Anders Elders")
      expect(problemOf(await refusals(backend, await signIn(backend, stranger))).code).toBe("not-found")
      expect(problemOf(await refusals(backend, "A".repeat(43))).code).toBe("not-signed-in")
    })
  })

  test("are nobody's where no authorization server runs", async () => {
    const { pki, doctor } = cast.get()
    await inWorld(pki, {}, async (backend) => {
      const session = await signIn(backend, doctor)
      expect(problemOf(await refusals(backend, session)).code).toBe("not-found")
      expect(problemOf(await correct(backend, session, "19700901")).code).toBe("not-found")
    })
  })

  test("are forgotten after their time", async () => {
    await withProvider(async (backend, world) => {
      await walk(world.browser(), WRONG)
      const { store } = world.server
      expect(await store.transaction((records) => records.refusals.forget(world.server.clock() + 1))).toBe(1)
      const { body } = await refusals(backend, await signIn(backend, cast.get().doctor))
      expect(body).toEqual({ refusals: [] })
    })
  })
})

describe("a birth date in a dossier", () => {
  test("is corrected by a clinician of the provider, and who and when is kept and logged, not the dates", async () => {
    await withProvider(async (backend, world) => {
      const { doctor } = cast.get()
      const session = await signIn(backend, doctor)
      const { status, body } = await correct(backend, session, "19700902")
      expect([status, body]).toEqual([200, { correctedAt: printInstant(backend.now()) }])
      expect(codeOf(await walk(world.browser(), WRONG))).toBeDefined()
      const { uziNumber, subscriberNumber } = doctor.holder
      const corrections = await world.server.store.transaction(({ dossiers }) =>
        dossiers.corrections(subscriberNumber),
      )
      expect(corrections).toEqual([
        {
          reference: "D-mother",
          correctedAt: backend.now(),
          correctedBy: `${uziNumber}@${subscriberNumber}`,
        },
      ])
      expect(backend.log).toContainEqual({ is: "birth-date-corrected", uziNumber, subscriberNumber })
      expect(JSON.stringify(backend.log)).not.toMatch(/19700901|19700902|D-mother/)
    })
  })

  test.each(["19700230", "20991231", "00000000", "1970-09-01", "197009011", "", 19700901, undefined])(
    "is not corrected to %s",
    async (birthDate) => {
      await withProvider(async (backend, world) => {
        const session = await signIn(backend, cast.get().doctor)
        expect(problemOf(await correct(backend, session, birthDate)).code).toBe("malformed-request")
        expect(codeOf(await walk(world.browser(), requestPath()))).toBeDefined()
      })
    },
  )

  test("is not corrected by a clinician of another provider, in an unknown dossier, or without signing in", async () => {
    await withProvider(async (backend, world) => {
      const session = await signIn(backend, cast.get().doctor)
      const stranger = await signIn(backend, await cardOf(cast.get().pki, "arts", "Anders Elders"))
      expect(problemOf(await correct(backend, session, "19700902", "D-nobody")).code).toBe("not-found")
      expect(problemOf(await correct(backend, stranger, "19700902")).code).toBe("not-found")
      expect(problemOf(await correct(backend, "A".repeat(43), "19700902")).code).toBe("not-signed-in")
      expect(codeOf(await walk(world.browser(), requestPath()))).toBeDefined()
    })
  })
})
