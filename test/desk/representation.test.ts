import { beforeAll, describe, expect, test } from "vitest"
import type { RepresentationRecords } from "../../src-backend/representation/store/representation-store.ts"
import { withStore } from "../../src-cli/representation/dossier-options.ts"
import { printCode } from "../../src-protocol/code.ts"
import { cardHolder } from "../../src-testkit/cards/card-holder.ts"
import { cardProfile } from "../../src-testkit/profiles.ts"
import { openBrowser } from "../representation/support/browser.ts"
import {
  codeOf,
  exchange,
  requestPath,
  RIGHT_DATE,
  testConfig,
  walk,
} from "../representation/support/flow.ts"
import { openDeskWindow, type DeskWindow } from "./support/desk-window.ts"
import { openDeskWorld, type DeskWorld, type Phone } from "./support/desk-world.ts"
import { scriptCard } from "./support/soft-card-host.ts"

const NAME = "Anna de Vries"
const WRONG_DATE = "19700902"
const { uziNumber, subscriberNumber } = cardHolder(cardProfile("arts"), NAME)
let world: DeskWorld

beforeAll(async () => {
  world = await openDeskWorld({}, undefined, testConfig({}, subscriberNumber))
  const dossier = { reference: "D-17", subject: "mother", birthDate: RIGHT_DATE }
  await inStore(({ dossiers }) =>
    dossiers.add(subscriberNumber, { ...dossier, representatives: ["anna"], services: ["48"] }),
  )
})

function inStore<T>(work: (records: RepresentationRecords) => Promise<T>): Promise<T> {
  return withStore(world.backendDirectory, (store) => store.transaction(work))
}

/** A person at a browser asks to represent the mother, with this birth date; answers the code, where there is one. */
async function attempt(birthDate: string): Promise<string | undefined> {
  const browser = openBrowser(world.backend.representationIssuer ?? "")
  return codeOf(await walk(browser, requestPath({ MedMij_geboortedatum: birthDate })))
}

/** A phone that registered with the token of the authorization server. */
async function representedPhone(): Promise<Phone> {
  const issuer = world.backend.representationIssuer ?? ""
  const { body } = await exchange({ issuer }, (await attempt(RIGHT_DATE)) ?? "")
  return world.register(undefined, String(body["access_token"]))
}

async function newDesk(name = NAME): Promise<DeskWindow> {
  return openDeskWindow(world, scriptCard(await world.card("arts", name)))
}

async function signedIn(name = NAME): Promise<DeskWindow> {
  const desk = await newDesk(name)
  expect(await desk.signIn()).toEqual({ ok: true })
  return desk
}

/** Waits until the desk knows whether the clinician's provider has representation. */
async function offers({ state }: DeskWindow): Promise<void> {
  await expect.poll(() => state().session?.hasRepresentation, { timeout: 10_000 }).toBe(true)
}

const correction = { dossier: "D-17", birthDate: RIGHT_DATE }
const problemOf = (code: string) => ({ ok: false, problem: { code } })

describe("refused attempts at the desk", () => {
  test("are offered to a clinician of the provider, and only while signed in", async () => {
    const desk = await signedIn()
    await offers(desk)
    await desk.call("signOut")
    expect(desk.state().session).toBeUndefined()
    expect(await desk.call("readRefusals")).toMatchObject(problemOf("OUT_OF_ORDER"))
    expect(await desk.call("correctBirthDate", correction)).toMatchObject(problemOf("OUT_OF_ORDER"))
  })

  test("are not offered to a clinician of another provider, who gets none either", async () => {
    const desk = await signedIn("Bea Bakker")
    expect(await desk.call("readRefusals")).toMatchObject(problemOf("REPRESENTATION_ABSENT"))
    expect(await desk.call("correctBirthDate", correction)).toMatchObject(problemOf("DOSSIER_UNKNOWN"))
    expect(desk.state().session?.hasRepresentation).toBe(false)
  })

  test("are not offered where no authorization server runs", async () => {
    const other = await openDeskWorld()
    const desk = await openDeskWindow(other, scriptCard(await other.card("arts", NAME)))
    expect(await desk.signIn()).toEqual({ ok: true })
    expect(await desk.call("readRefusals")).toMatchObject(problemOf("REPRESENTATION_ABSENT"))
    expect(desk.state().session?.hasRepresentation).toBe(false)
  })

  test("come as exception, time and the provider's own reference, and nothing of them is in the state", async () => {
    const since = Date.now()
    expect(await attempt(WRONG_DATE)).toBeUndefined()
    const desk = await signedIn()
    await offers(desk)
    const answered = await desk.call("readRefusals")
    if (!answered.ok) throw new Error(answered.problem.code)
    const [latest] = answered.answer
    expect(Object.keys(latest ?? {}).sort()).toEqual(["dossier", "exception", "refusedAt"])
    expect(latest).toMatchObject({
      exception: "Authorization interface Vertegenwoordiging 4",
      dossier: "D-17",
    })
    expect(latest?.refusedAt).toBeGreaterThanOrEqual(since)
    expect(JSON.stringify(answered)).not.toMatch(/1970|anna|mother/)
    expect(JSON.stringify(desk.state())).not.toMatch(/D-17|Vertegenwoordiging/)
  })
})

describe("a birth date corrected at the desk", () => {
  test("is compared with from then on; who and when is kept, and the desk keeps nothing", async () => {
    const desk = await signedIn()
    const answered = await desk.call("correctBirthDate", { dossier: "D-17", birthDate: WRONG_DATE })
    if (!answered.ok) throw new Error(answered.problem.code)
    expect(await attempt(WRONG_DATE)).toBeDefined()
    const [kept] = (await inStore(({ dossiers }) => dossiers.corrections(subscriberNumber))).slice(-1)
    expect(kept).toEqual({
      ...{ reference: "D-17", correctedAt: answered.answer },
      correctedBy: `${uziNumber}@${subscriberNumber}`,
    })
    expect(JSON.stringify(desk.state())).not.toMatch(/1970090|D-17/)
    expect(await desk.call("correctBirthDate", correction)).toMatchObject({ ok: true })
    expect(await attempt(WRONG_DATE)).toBeUndefined()
  })

  test.each([
    ["a date that does not exist", { ...correction, birthDate: "19700230" }, "BIRTH_DATE_MALFORMED"],
    ["a date in the future", { ...correction, birthDate: "20991231" }, "BIRTH_DATE_MALFORMED"],
    ["a dossier that nobody knows", { ...correction, dossier: "D-99" }, "DOSSIER_UNKNOWN"],
    ["a date of another form", { ...correction, birthDate: "1970-9-1" }, "OUT_OF_ORDER"],
    ["a reference that leads elsewhere", { ...correction, dossier: "../D-17" }, "OUT_OF_ORDER"],
  ])("is not corrected with %s", async (_, given, code) => {
    const desk = await signedIn()
    const before = await inStore(({ dossiers }) => dossiers.corrections(subscriberNumber))
    const answered = await desk.call("correctBirthDate", given)
    expect(answered).toMatchObject(problemOf(code))
    expect(JSON.stringify(answered)).not.toMatch(/1970|2099|D-/)
    expect(await inStore(({ dossiers }) => dossiers.corrections(subscriberNumber))).toEqual(before)
    expect(desk.state().consult.is).toBe("ready")
  })

  test("may be known in part", async () => {
    const desk = await signedIn()
    for (const birthDate of ["19700900", "19700000", RIGHT_DATE])
      expect(await desk.call("correctBirthDate", { dossier: "D-17", birthDate })).toMatchObject({ ok: true })
  })
})

describe("a consult on behalf of somebody else", () => {
  test("says so at every step before the PIN", async () => {
    const { code } = await representedPhone()
    const desk = await signedIn()
    await desk.call("lookUp", { text: printCode(code) })
    expect(await desk.shows("comparing")).toMatchObject({ represented: true })
    await desk.call("agreeWords")
    expect(await desk.shows("reviewing")).toMatchObject({ represented: true })
    await desk.call("giveConsent")
    expect(await desk.shows("entering-pin")).toMatchObject({ represented: true })
    expect(await desk.call("declineRepresentation")).toMatchObject(problemOf("OUT_OF_ORDER"))
  })

  test.each([["comparing"], ["reviewing"]] as const)(
    "ends in words when the clinician refuses it while %s",
    async (step) => {
      const { code } = await representedPhone()
      const desk = await signedIn()
      await desk.call("lookUp", { text: printCode(code) })
      if (step === "reviewing") await desk.call("agreeWords")
      await desk.shows(step)
      expect(await desk.call("declineRepresentation")).toEqual({ ok: true })
      const { problem } = await desk.shows("problem")
      expect(problem).toMatchObject({
        code: "REPRESENTATION_DECLINED",
        title: "U tekent niet namens een ander",
      })
      await desk.call("goBack")
      expect(desk.state().consult).toEqual({ is: "ready", typed: "" })
    },
  )

  test("is the only one that can be refused so", async () => {
    const { code } = await world.register()
    const desk = await signedIn()
    expect(await desk.call("declineRepresentation")).toMatchObject(problemOf("OUT_OF_ORDER"))
    await desk.call("lookUp", { text: printCode(code) })
    expect(await desk.shows("comparing")).toMatchObject({ represented: false })
    expect(await desk.call("declineRepresentation")).toMatchObject(problemOf("OUT_OF_ORDER"))
    expect(desk.state().consult.is).toBe("comparing")
  })
})
