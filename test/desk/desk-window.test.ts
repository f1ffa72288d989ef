import { beforeAll, describe, expect, test } from "vitest"
import { CardError } from "../../src-main/card/card-error.ts"
import { printCode } from "../../src-protocol/code.ts"
import { SECOND } from "../../src-protocol/instant.ts"
import { readBackWords } from "../../src-protocol/read-back.ts"
import { dutchWords } from "../../src-protocol/trustwords/dutch.ts"
import { frenchWords } from "../../src-protocol/trustwords/french.ts"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import type { SoftCard } from "../../src-testkit/cards/soft-signer.ts"
import { bytes, openDeskWindow, type DeskWindow } from "./support/desk-window.ts"
import { openDeskWorld, type DeskWorld, type Phone } from "./support/desk-world.ts"
import { scriptCard, SOFT_PIN, SOFT_SERIAL } from "./support/soft-card-host.ts"

let world: DeskWorld
let arts: SoftCard

beforeAll(async () => {
  world = await openDeskWorld()
  arts = await world.card("arts", "Anna de Vries")
})

async function newDesk(changes: Parameters<typeof openDeskWindow>[2] = {}): Promise<DeskWindow> {
  return await openDeskWindow(world, scriptCard(arts), changes)
}

async function signedIn(changes: Parameters<typeof openDeskWindow>[2] = {}): Promise<DeskWindow> {
  const desk = await newDesk(changes)
  expect(await desk.signIn()).toEqual({ ok: true })
  return desk
}

function typed({ code }: Phone): string {
  return printCode(code)
}

/** Typed, where Vitest answers `any`. */
function like(shape: object): unknown {
  return expect.objectContaining(shape)
}

describe("a desk where nobody is signed in", () => {
  test("shows the line and the card with its holder, before any PIN", async () => {
    const desk = await newDesk()
    const { line, cards, consult, environment } = desk.state()
    expect(line.map(({ name, status }) => `${name} ${status}`)).toEqual(
      ["service", "reader", "card", "module", "certificate", "connection"].map((name) => `${name} ok`),
    )
    expect(cards).toMatchObject([{ id: SOFT_SERIAL, holder: { name: "Anna de Vries", cardNumber: "cdef" } }])
    expect({ is: consult.is, environment }).toEqual({ is: "signed-out", environment: "test" })
  })

  test("does nothing of a consult", async () => {
    const desk = await newDesk()
    for (const name of ["agreeWords", "denyWords", "giveConsent", "retry", "sendOutbox"] as const)
      expect(await desk.call(name)).toMatchObject({ ok: false, problem: { code: "OUT_OF_ORDER" } })
    expect(await desk.sign()).toMatchObject({ ok: false, problem: { code: "OUT_OF_ORDER" } })
    expect(desk.state().consult.is).toBe("signed-out")
  })

  test("shows a wrong PIN beside the field, and lets it be typed again", async () => {
    const desk = await newDesk()
    expect(await desk.signIn("000000")).toMatchObject({ ok: false, problem: { code: "PIN_WRONG" } })
    expect(desk.state().consult).toMatchObject({ is: "signed-out", problem: { code: "PIN_WRONG" } })
    expect(await desk.signIn()).toEqual({ ok: true })
    expect(desk.state()).toMatchObject({
      consult: { is: "ready", typed: "" },
      session: { cardId: SOFT_SERIAL, holder: { name: "Anna de Vries" } },
    })
  })

  test("gives the page to what refuses this clinician for good, with a way back", async () => {
    const assistant = await world.card("apothekersassistent", "Bea Bakker")
    const desk = await openDeskWindow(world, scriptCard(assistant))
    expect(await desk.signIn()).toMatchObject({ ok: false, problem: { reason: "profession-not-article-3" } })
    expect(desk.state().consult).toMatchObject({ is: "problem", inOutbox: false })
    await desk.call("goBack")
    expect(desk.state().consult.is).toBe("signed-out")
  })

  test("spends no try without a PIN, and none of the last without a second yes", async () => {
    const card = scriptCard(arts)
    const desk = await openDeskWindow(world, card)
    expect(await desk.signIn("")).toMatchObject({ ok: false, problem: { code: "PIN_MISSING" } })
    desk.changeToken({ pinState: "final-try" })
    await desk.session.line.look()
    expect(await desk.signIn()).toMatchObject({ ok: false, problem: { code: "LAST_TRY", triesLeft: 1 } })
    expect(card.pinsSeen).toEqual([])
    expect(
      await desk.call("signIn", { card: SOFT_SERIAL, pin: bytes(SOFT_PIN), lastTryConfirmed: true }),
    ).toEqual({ ok: true })
  })

  test("counts down while the PIN is typed on the reader, and takes none from the window", async () => {
    const card = scriptCard(arts)
    const desk = await openDeskWindow(world, card)
    const [token] = await card.host.listTokens()
    if (token !== undefined) desk.changeToken({ pin: { ...token.pin, pinPad: true } })
    await desk.session.line.look()
    let until = 0
    card.whileSigning(() => {
      const { consult } = desk.state()
      if (consult.is === "signing-in") until = consult.pinPadUntil ?? 0
      return Promise.resolve()
    })
    await desk.signIn(SOFT_PIN)
    expect(until).toBeGreaterThan(Date.now() + 100 * SECOND)
    expect(card.pinsSeen).toEqual([""])
  })
})

describe("a consult at the desk", () => {
  test("goes from the code to the phone's yes", async () => {
    const phone = await world.register()
    const desk = await signedIn()
    expect(await desk.call("lookUp", { text: typed(phone) })).toEqual({ ok: true })
    const { readBack, represented } = await desk.shows("comparing")
    expect(readBack).toMatchObject({
      words: await readBackWords(nodeCrypto, phone.hash, phone.code, dutchWords),
      language: "nl",
    })
    expect(represented).toBe(false)
    await desk.call("agreeWords")
    await desk.call("giveConsent")
    const { statement, pin } = await desk.shows("entering-pin")
    expect(statement.text).toContain(`hash: ${phone.hash}`)
    expect(statement).toMatchObject({ code: typed(phone), signer: { name: "Anna de Vries" } })
    expect(pin).toMatchObject({ shortest: 6, longest: 8, state: "ok" })
    expect(await desk.sign()).toEqual({ ok: true })
    const { id } = await desk.shows("following")
    expect(await phone.receipt({ accepted: true })).toBe(200)
    expect(await desk.shows("done")).toMatchObject({ id, outcome: "confirmed" })
    await desk.call("startNext")
    expect(desk.state()).toMatchObject({
      consult: { is: "ready", typed: "" },
      inFlight: [{ id, status: "confirmed", isCurrent: false }],
      outbox: { waiting: [] },
    })
    await desk.call("dismissConsult", { id })
    expect(desk.state().inFlight).toEqual([])
    expect(desk.seen).toEqual([
      ...["signed-out", "signing-in", "ready", "looking-up", "comparing", "reviewing", "entering-pin"],
      ...["signing", "judging", "posting", "following", "done", "ready"],
    ])
  })

  test("keeps what was typed when the code is wrong or unknown, beside the field", async () => {
    const desk = await signedIn()
    expect(await desk.call("lookUp", { text: "12345" })).toMatchObject({
      problem: { code: "CODE_MALFORMED" },
    })
    expect(desk.state().consult).toMatchObject({
      is: "ready",
      typed: "12345",
      problem: { code: "CODE_MALFORMED" },
    })
    expect(await desk.call("lookUp", { text: "000000-0000" })).toMatchObject({
      problem: { code: "not-found" },
    })
    expect(desk.state().consult).toMatchObject({
      is: "ready",
      typed: "000000-0000",
      problem: { code: "not-found" },
    })
  })

  test("goes back a step at a time with Escape, and loses nothing that was typed", async () => {
    const phone = await world.register()
    const desk = await signedIn()
    await desk.upToPin(typed(phone))
    for (const is of ["reviewing", "comparing", "ready"]) {
      await desk.call("goBack")
      expect(desk.state().consult.is).toBe(is)
    }
    expect(desk.state().consult).toEqual({ is: "ready", typed: typed(phone) })
    expect(await desk.sign()).toMatchObject({ ok: false, problem: { code: "OUT_OF_ORDER" } })
    await desk.upToPin(typed(phone))
    expect(await desk.sign()).toEqual({ ok: true })
  })

  test("shows the words in the patient's language with the clinician's own beside them", async () => {
    const phone = await world.register()
    const desk = await signedIn()
    await desk.call("lookUp", { text: typed(phone) })
    expect(await desk.call("chooseReadBackLanguage", { language: "fr" })).toEqual({ ok: true })
    const words = (list: typeof frenchWords) => readBackWords(nodeCrypto, phone.hash, phone.code, list)
    expect((await desk.shows("comparing")).readBack).toMatchObject({
      language: "fr",
      words: await words(frenchWords),
      own: await words(dutchWords),
    })
    expect(await desk.call("chooseReadBackLanguage", { language: "xx" })).toMatchObject({ ok: false })
  })

  test("ends where the patient's words are others, and can begin again with the same text", async () => {
    const phone = await world.register()
    const desk = await signedIn()
    await desk.call("lookUp", { text: typed(phone) })
    await desk.call("denyWords")
    expect(desk.state().consult).toMatchObject({ is: "problem", problem: { code: "READ_BACK_DIFFERS" } })
    expect(await desk.call("retry")).toMatchObject({ ok: false })
    await desk.call("goBack")
    expect(desk.state().consult).toEqual({ is: "ready", typed: typed(phone) })
  })

  test("says a wrong PIN beside the field, with the tries that the card has left, and asks twice for the last", async () => {
    const card = scriptCard(arts)
    const desk = await openDeskWindow(world, card)
    await desk.signIn()
    await desk.upToPin(typed(await world.register()))
    card.failNext(new CardError("PIN_WRONG", "C_Login: CKR_PIN_INCORRECT", { triesLeft: 1 }))
    await desk.sign("111111")
    expect(desk.state().consult).toMatchObject({
      is: "entering-pin",
      pin: { state: "final-try", triesLeft: 1 },
      problem: { code: "PIN_WRONG", triesLeft: 1 },
    })
    expect(await desk.sign()).toMatchObject({ ok: false, problem: { code: "LAST_TRY" } })
    expect(card.pinsSeen).toEqual([SOFT_PIN, "111111"])
    expect(await desk.call("sign", { pin: bytes(SOFT_PIN), lastTryConfirmed: true })).toEqual({ ok: true })
  })

  test("is one of two that are in flight at once, each with its own end", async () => {
    const [first, second] = [await world.register(), await world.register()]
    const desk = await signedIn()
    for (const phone of [first, second]) {
      await desk.upToPin(typed(phone))
      expect(await desk.sign()).toEqual({ ok: true })
      await desk.call("startNext")
    }
    expect(desk.state().inFlight.map(({ status }) => status)).toEqual(["waiting", "waiting"])
    const [newest, oldest] = desk.state().inFlight
    await first.receipt({ accepted: false, reason: "certificate-revoked" })
    await second.withdraw()
    await desk.call("openConsult", { id: oldest?.id ?? "" })
    expect(await desk.shows("done")).toMatchObject({
      outcome: "refused",
      problem: { reason: "certificate-revoked", title: "De pas is ingetrokken" },
    })
    await desk.call("openConsult", { id: newest?.id ?? "" })
    expect(await desk.shows("done")).toMatchObject({ outcome: "withdrawn" })
    await desk.call("goBack")
    expect(desk.state().consult.is).toBe("ready")
  })

  test("is followed after the clinician signed out, and can be looked at then", async () => {
    const phone = await world.register()
    const desk = await signedIn()
    await desk.upToPin(typed(phone))
    await desk.sign()
    await desk.call("signOut")
    expect(desk.state().consult).toEqual({ is: "signed-out", because: "by-hand" })
    await phone.receipt({ accepted: true })
    await desk.call("openConsult", { id: desk.state().inFlight[0]?.id ?? "" })
    expect(await desk.shows("done")).toMatchObject({ outcome: "confirmed" })
    await desk.call("goBack")
    expect(desk.state().consult.is).toBe("signed-out")
  })

  test("whose package arrives after the card was pulled is followed, and leaves nobody signed in", async () => {
    const phone = await world.register()
    const desk = await signedIn()
    await desk.upToPin(typed(phone))
    const stop = desk.session.subscribe(() => {
      if (desk.session.desk.state.is !== "posting") return
      stop()
      desk.removeCard()
    })
    await desk.sign()
    expect(desk.state().session).toBeUndefined()
    expect(desk.state().inFlight).toMatchObject([{ status: "waiting" }])
    await desk.call("startNext")
    expect(desk.state().consult).toEqual({ is: "signed-out", because: "card-removed" })
  })
})

describe("what else the desk tells", () => {
  test("is in the language that was chosen, at once", async () => {
    const desk = await newDesk()
    await desk.signIn("000000")
    await desk.call("chooseSettings", { language: "en" })
    expect(desk.state()).toMatchObject({
      language: "en",
      consult: { problem: { title: "The PIN is not right" } },
      cards: [{ holder: { profession: "physician" } }],
    })
  })

  test("what the code field holds so far", async () => {
    const desk = await newDesk()
    expect(await desk.call("understand", { text: "123" })).toEqual({
      ok: true,
      answer: like({ is: "digits", digits: "123", missing: 7 }),
    })
  })

  test("is a report without anything of a person, a card or a patient", async () => {
    const phone = await world.register()
    const desk = await signedIn()
    await desk.upToPin(typed(phone))
    const answered = await desk.call("copyReport", { code: "PIN_WRONG" })
    const [report = ""] = desk.copied
    expect(answered).toEqual({ ok: true, answer: report })
    expect(report).toContain("Vrijgave 1.2.3, test")
    expect(report).toContain("Problem: PIN_WRONG")
    const { holder } = desk.state().session ?? {}
    for (const secret of [holder?.name, holder?.uziNumber, holder?.subscriberNumber, SOFT_SERIAL, phone.hash])
      expect(report).not.toContain(secret)
    expect(report).not.toMatch(/[0-9]{6}/)
    await desk.call("copyReport", { code: "Anna de Vries 123456" })
    expect(desk.copied[1]).toContain("Problem: unknown")
  })

  test("is that the backend is away, and that it is back", async () => {
    const away = await openDeskWorld()
    const desk = await openDeskWindow(away, scriptCard(arts), { origin: "http://127.0.0.1:1" })
    const connection = () => desk.state().line.at(-1)
    expect(connection()).toMatchObject({ status: "broken", problem: { code: "unreachable" } })
    expect(await desk.signIn()).toMatchObject({ ok: false, problem: { code: "unreachable" } })
    expect(desk.state().consult).toMatchObject({ is: "signed-out", problem: { code: "unreachable" } })
  })
})
