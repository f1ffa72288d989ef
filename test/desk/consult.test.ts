import { readdir } from "node:fs/promises"
import { beforeAll, describe, expect, test } from "vitest"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { CardError } from "../../src-main/card/card-error.ts"
import type { Desk } from "../../src-main/consult/desk.ts"
import { wordsFor } from "../../src-main/text/problem-words.ts"
import { DeskError, type DeskProblemCode } from "../../src-main/desk-problem.ts"
import { drawCode } from "../../src-protocol/code.ts"
import { MINUTE } from "../../src-protocol/instant.ts"
import { readBackWords } from "../../src-protocol/read-back.ts"
import { englishWords } from "../../src-protocol/trustwords/english.ts"
import type { SoftCard } from "../../src-testkit/cards/soft-signer.ts"
import { revoke } from "../../src-testkit/pki/revoke.ts"
import { openDeskWorld, type DeskWorld, type Phone } from "./support/desk-world.ts"
import { scriptCard, SOFT_PIN, SOFT_SERIAL, type ScriptedCard } from "./support/soft-card-host.ts"

let world: DeskWorld
let arts: SoftCard

beforeAll(async () => {
  world = await openDeskWorld()
  arts = await world.card("arts", "Zoë van 't Hof-d'Été, jr")
})

function pin(text = SOFT_PIN): Uint8Array {
  return new TextEncoder().encode(text)
}

/** A desk at which somebody is signed in. */
async function signedIn(card: ScriptedCard = scriptCard(arts), changes = {}): Promise<Desk> {
  const desk = world.desk(card.host, changes)
  await desk.signIn(SOFT_SERIAL, pin())
  return desk
}

/** A desk where all is said and the PIN is asked. */
async function beforePin(phone: Phone, card = scriptCard(arts), changes = {}): Promise<Desk> {
  const desk = await signedIn(card, changes)
  await desk.lookUp(phone.code)
  await desk.reviewSigner()
  desk.confirm({ readBack: true, consent: true })
  return desk
}

/** Typed, where Vitest answers `any`. */
function containing(text: string): unknown {
  return expect.stringContaining(text)
}

function withProblem(code: DeskProblemCode): Error {
  const problem: unknown = expect.objectContaining({ code })
  // Sound: toThrow compares an asymmetric matcher with what was thrown, whatever its static type.
  return expect.objectContaining({ problem }) as Error
}

async function problemOf(attempt: Promise<unknown>): Promise<DeskError["problem"]> {
  try {
    await attempt
  } catch (error) {
    if (error instanceof DeskError) return error.problem
    throw error
  }
  throw new RangeError("it did not fail")
}

describe("a consult", () => {
  test("goes from the code to the phone's receipt, and every state is told in order", async () => {
    const phone = await world.register()
    const card = scriptCard(arts)
    const outboxDirectory = await world.newOutbox()
    const desk = world.desk(card.host, { outboxDirectory })
    const seen: string[] = []
    desk.subscribe((state) => seen.push(state.is))

    const { session, outbox } = await desk.signIn(SOFT_SERIAL, pin())
    expect(session.clinician.name).toBe("Zoë van 't Hof-d'Été, jr")
    expect(outbox).toEqual([])
    const { disclosure } = await desk.lookUp(phone.code)
    expect(disclosure.hash).toBe(phone.hash)
    expect(await desk.readBackWords(englishWords)).toEqual(
      await readBackWords(nodeCrypto, phone.hash, phone.code, englishWords),
    )
    const signer = await desk.reviewSigner()
    expect(signer.uziNumber).toBe(session.clinician.uziNumber)
    desk.confirm({ readBack: true, consent: true })
    expect(card.signatures).toEqual(["authentication"])
    const { verdict } = await desk.sign(pin())
    expect(verdict).toMatchObject({ hash: phone.hash, ...phone.code })
    expect(await desk.post()).toMatchObject({ state: "authorised", first: true })
    expect(await readdir(outboxDirectory)).toEqual([])

    const following = desk.follow((event) => {
      if (event.state === "authorised") void phone.receipt({ accepted: true })
    })
    expect(await following).toEqual({ state: "confirmed" })
    expect(desk.state).toMatchObject({ is: "done", outcome: "confirmed" })
    desk.leave()
    expect(desk.state.is).toBe("ready")
    expect(seen).toEqual([
      ...["signing-in", "ready", "looking-up", "comparing", "comparing", "reviewing", "entering-pin"],
      ...["signing", "judging", "posting", "following", "following", "done", "ready"],
    ])
  })

  test("whose PIN was wrong asks again, and wipes each PIN", async () => {
    const phone = await world.register()
    const card = scriptCard(arts)
    const desk = await beforePin(phone, card)
    const [wrong, right] = [pin("000000"), pin()]
    expect(await problemOf(desk.sign(wrong))).toMatchObject({ code: "PIN_WRONG", retriable: true })
    expect(desk.state).toMatchObject({ is: "entering-pin", problem: { code: "PIN_WRONG" } })
    await desk.sign(right)
    expect(desk.state.is).toBe("posting")
    expect([...wrong, ...right].every((byte) => byte === 0)).toBe(true)
    expect(card.pinsSeen).toEqual([SOFT_PIN, "000000", SOFT_PIN])
  })

  test("whose card locks ends, with a way out", async () => {
    const card = scriptCard(arts)
    const desk = await beforePin(await world.register(), card)
    card.failNext(new CardError("PIN_LOCKED", "C_Login: CKR_PIN_LOCKED", { triesLeft: 0 }))
    expect(await problemOf(desk.sign(pin()))).toMatchObject({ code: "PIN_LOCKED", triesLeft: 0 })
    expect(desk.state).toMatchObject({ is: "problem", inOutbox: false })
    desk.leave()
    expect(desk.state.is).toBe("ready")
  })

  test("for a code that nobody registered, and for a used one, finds nothing and can begin again", async () => {
    const desk = await signedIn()
    expect(await problemOf(desk.lookUp(drawCode(nodeCrypto)))).toMatchObject({ code: "not-found" })
    desk.leave()
    const phone = await world.register()
    await phone.withdraw()
    expect(await problemOf(desk.lookUp(phone.code))).toMatchObject({ code: "not-found" })
  })

  test("where the patient's words are others ends before the PIN", async () => {
    const desk = await signedIn()
    await desk.lookUp((await world.register()).code)
    await desk.reviewSigner()
    expect(() => {
      desk.confirm({ readBack: false, consent: true })
    }).toThrow(withProblem("READ_BACK_DIFFERS"))
    expect(await problemOf(desk.sign(pin()))).toMatchObject({ code: "OUT_OF_ORDER" })
  })

  test("without consent stays before the PIN until there is one", async () => {
    const desk = await signedIn()
    await desk.lookUp((await world.register()).code)
    await desk.reviewSigner()
    expect(() => {
      desk.confirm({ readBack: true, consent: false })
    }).toThrow(withProblem("CONSENT_MISSING"))
    expect(await problemOf(desk.sign(pin()))).toMatchObject({ code: "OUT_OF_ORDER" })
    desk.confirm({ readBack: true, consent: true })
    await desk.sign(pin())
    expect(desk.state.is).toBe("posting")
  })

  test("asks for no PIN before the signer was reviewed", async () => {
    const desk = await signedIn()
    await desk.lookUp((await world.register()).code)
    expect(() => {
      desk.confirm({ readBack: true, consent: true })
    }).toThrow(withProblem("OUT_OF_ORDER"))
  })

  test("that was already signed says so at look-up, before any PIN", async () => {
    const phone = await world.register()
    const desk = await beforePin(phone)
    await desk.sign(pin())
    await desk.post()
    desk.leave()
    expect(await problemOf(desk.lookUp(phone.code))).toMatchObject({ code: "ALREADY_HANDLED" })
  })

  test("tells the phone's refusal with its reason, and a mismatch as returned", async () => {
    for (const [reason, outcome] of [
      ["certificate-revoked", "refused"],
      ["hash-mismatch", "returned"],
    ] as const) {
      const phone = await world.register()
      const desk = await beforePin(phone)
      await desk.sign(pin())
      await desk.post()
      expect(await phone.receipt({ accepted: false, reason })).toBe(200)
      await desk.follow(() => undefined)
      expect(desk.state).toMatchObject({ is: "done", outcome, reason })
    }
  })

  test("goes on following when the card leaves, and ends signed out", async () => {
    const phone = await world.register()
    const desk = await beforePin(phone)
    await desk.sign(pin())
    await desk.post()
    await desk.signOut()
    expect(desk.state.is).toBe("following")
    await phone.withdraw()
    expect(await desk.follow(() => undefined)).toEqual({ state: "withdrawn" })
    desk.leave()
    expect(desk.state.is).toBe("signed-out")
  })

  test("throws a signature away that was made while the clinician signed out", async () => {
    const card = scriptCard(arts)
    const desk = await beforePin(await world.register(), card)
    card.whileSigning(() => desk.signOut())
    expect(await problemOf(desk.sign(pin()))).toMatchObject({ code: "OUT_OF_ORDER" })
    expect(desk.state.is).toBe("signed-out")
    expect(await problemOf(desk.post())).toMatchObject({ code: "OUT_OF_ORDER" })
  })

  test("warns before the PIN of a clock that is ahead, and does not send what the phone would refuse for it", async () => {
    const phone = await world.register()
    const desk = await signedIn(scriptCard(arts), { clock: () => Date.now() + 30 * MINUTE })
    const { warning } = await desk.lookUp(phone.code)
    expect(warning).toMatchObject({
      code: "CLOCK_DIFFERS",
      detail: containing("30 minutes ahead"),
    })
    await desk.reviewSigner()
    desk.confirm({ readBack: true, consent: true })
    const problem = await problemOf(desk.sign(pin()))
    expect(problem).toMatchObject({ code: "JUDGED_UNFIT", reason: "signing-time-implausible" })
    expect(wordsFor(problem, "nl")).toContain("niet verzonden")
    expect(await problemOf(desk.post())).toMatchObject({ code: "OUT_OF_ORDER" })
  })

  test("warns of a clock that is behind, and of one that nearly agrees it does not", async () => {
    const behind = await signedIn(scriptCard(arts), { clock: () => Date.now() - 30 * MINUTE })
    expect((await behind.lookUp((await world.register()).code)).warning).toMatchObject({
      code: "CLOCK_DIFFERS",
      detail: containing("30 minutes behind"),
    })
    const near = await signedIn(scriptCard(arts), { clock: () => Date.now() - MINUTE })
    expect((await near.lookUp((await world.register()).code)).warning).toBeUndefined()
  })

  test("in which the clinician goes to another patient does not mix the two up", async () => {
    const [first, second] = [await world.register(), await world.register()]
    const desk = await signedIn()
    const slow = problemOf(desk.lookUp(first.code))
    desk.cancel()
    const { disclosure } = await desk.lookUp(second.code)
    expect(disclosure.hash).toBe(second.hash)
    expect(await slow).toMatchObject({ code: "OUT_OF_ORDER" })
    expect(desk.state).toMatchObject({
      is: "comparing",
      code: second.code,
      disclosure: { hash: second.hash },
    })
  })
})

describe("a session", () => {
  test.each([
    ["apothekersassistent", "refused", "profession-not-article-3"],
    ["medewerker", "refused", "wrong-issuing-ca"],
    ["verlopen", "refused", "certificate-expired"],
    ["nagemaakt", "refused", "untrusted-chain"],
  ] as const)("is not given to a card of the profile %s", async (profile, code, reason) => {
    const desk = world.desk(scriptCard(await world.card(profile, `Test ${profile}`)).host)
    const problem = await problemOf(desk.signIn(SOFT_SERIAL, pin()))
    expect(problem).toMatchObject({ code, reason })
    expect(wordsFor(problem, "en")).not.toBe("")
    expect(desk.state).toMatchObject({ is: "problem" })
    desk.leave()
    expect(desk.state.is).toBe("signed-out")
  })

  test("of a card that cannot sign ends at the review, before any PIN for a signature", async () => {
    const card = scriptCard(await world.card("geen-handtekening", "Femke Zonder"))
    const desk = await signedIn(card)
    await desk.lookUp((await world.register()).code)
    expect(await problemOf(desk.reviewSigner())).toMatchObject({ code: "NO_SIGNATURE_CERTIFICATE" })
    expect(card.pinsSeen).toHaveLength(1)
  })

  test("of a card with a signature certificate for the wrong use ends at the review, with the reason", async () => {
    const desk = await signedIn(scriptCard(await world.card("verkeerd-sleutelgebruik", "Gijs Fout")))
    await desk.lookUp((await world.register()).code)
    expect(await problemOf(desk.reviewSigner())).toMatchObject({
      code: "JUDGED_UNFIT",
      reason: "wrong-key-usage",
    })
  })

  test("that has run out is over at the next step, and a new one can be opened", async () => {
    const brief = await openDeskWorld({ sessionMilliseconds: 1 })
    const desk = brief.desk(scriptCard(arts).host)
    await desk.signIn(SOFT_SERIAL, pin())
    expect(await problemOf(desk.lookUp(drawCode(nodeCrypto)))).toMatchObject({ code: "not-signed-in" })
    desk.leave()
    expect(desk.state.is).toBe("signed-out")
    await desk.signIn(SOFT_SERIAL, pin())
    expect(desk.state.is).toBe("ready")
  })

  test("is bound to the origin that the desk was configured with", async () => {
    // The same backend under another name: what the card signs there is worth nothing here.
    const origin = world.backend.origin.replace("127.0.0.1", "localhost")
    const desk = world.desk(scriptCard(arts).host, { origin })
    expect(await problemOf(desk.signIn(SOFT_SERIAL, pin()))).toMatchObject({
      code: "refused",
      reason: "bad-signature",
    })
  })

  test.each([
    "http://backend.example",
    "https://user@backend.example",
    "https://backend.example/path",
    "backend",
  ])("is not opened at %s", (origin) => {
    expect(() => world.desk(scriptCard(arts).host, { origin })).toThrow(RangeError)
  })
})

describe("a card whose signature certificate alone was revoked", () => {
  test("can sign in and is refused at the review", async () => {
    const card = await world.card("arts-p256", "Ina Ingetrokken")
    const serial = card.certificates.get("handtekening")?.serialNumber ?? ""
    await revoke(world.pki, serial, Date.now() - MINUTE)
    const later = await openDeskWorld()
    const desk = later.desk(scriptCard(card).host)
    await desk.signIn(SOFT_SERIAL, pin())
    await desk.lookUp((await later.register()).code)
    expect(await problemOf(desk.reviewSigner())).toMatchObject({
      code: "JUDGED_UNFIT",
      reason: "certificate-revoked",
    })
  })
})
