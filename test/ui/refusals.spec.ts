import { expect, type Page } from "@playwright/test"
import { upToPin } from "./support/consult.ts"
import { dirname, join } from "node:path"
import { initialiseToken } from "../../native/softhsm/initialise-token.ts"
import { initPki } from "../../src-testkit/pki/init-pki.ts"
import type { Card } from "../../src-testkit/cards/card-record.ts"
import { printCode, codeOfNumber } from "../../src-protocol/code.ts"
import type { DeskSteps } from "./support/desk-steps.ts"
import { gatedTest as test } from "./support/gated-test.ts"
import { DISTINCT_PIN, revokeCard, type GatedWorld } from "./support/gated-world.ts"
import { registerOn } from "./support/patient.ts"
import { expectProblemNote, expectProblemPage } from "./support/problem-page.ts"

// One world for all of them: its cards take longer to make than a refusal.
test.describe.configure({ mode: "default" })

const ANNA = "Anna de Vries"
test.use({
  worldOptions: {
    cards: [
      { profile: "arts", name: ANNA },
      { profile: "apothekersassistent", name: "Bea Bakker" },
      { profile: "ingetrokken", name: "Dirk Dekker" },
      { profile: "verlopen", name: "Cor Cornelis" },
      { profile: "geen-handtekening", name: "Gijs Groen" },
      { profile: "verkeerd-sleutelgebruik", name: "Ella Evers" },
      { profile: "arts", name: "Femke Faber" },
    ],
  },
})

function cardOf({ cards }: GatedWorld, name: string): Card {
  const found = cards.find((card) => card.name === name)
  if (found === undefined) throw new RangeError(`nobody is called ${name}`)
  return found
}

/** The clinician says which card, and types its PIN. */
async function trySignIn(window: Page, { texts }: DeskSteps, card: Card): Promise<void> {
  await window.getByRole("radio", { name: card.name }).check({ force: true })
  await window.getByLabel(texts.pin.label).fill(card.pin)
  await window.keyboard.press("Enter")
}

test("a card that may not sign in is refused with the reason, and Enter leads back to the cards", async ({
  world,
  startDesk,
}) => {
  const [bea, dirk] = [cardOf(world, "Bea Bakker"), cardOf(world, "Dirk Dekker")]
  const { window, desk } = await startDesk({ environment: await world.only(bea, dirk) })
  for (const [card, reason] of [
    [bea, "profession-not-article-3"],
    [dirk, "certificate-revoked"],
  ] as const) {
    await trySignIn(window, desk, card)
    await expectProblemPage(window, { code: "refused", reason })
    await window.keyboard.press("Enter")
    await desk.expectTitle(desk.texts.signIn.title)
  }
})

test("a card that cannot sign is told so before any PIN: expired, without a signature, not a clinician's", async ({
  world,
  startDesk,
}) => {
  const [cor, gijs] = [cardOf(world, "Cor Cornelis"), cardOf(world, "Gijs Groen")]
  const environment = await world.only(cor, gijs)
  const directory = dirname(environment["SOFTHSM2_CONF"] ?? "")
  await initialiseToken({ directory, label: "Library card", soPin: "87654321", pin: "654321" })
  const { window, desk } = await startDesk({ environment })
  for (const [name, code] of [
    [cor.name, "CARD_EXPIRED"],
    [gijs.name, "CARD_AUTHENTICATION_ONLY"],
    ["Library card", "CARD_FOREIGN"],
  ] as const) {
    await window.getByRole("radio", { name }).check({ force: true })
    await expectProblemNote(window, { code })
    await expect(window.getByLabel(desk.texts.pin.label)).toHaveCount(0)
  }
})

test("without a card the desk asks for one, and the broken link of the line tells what to do, by keyboard", async ({
  world,
  startDesk,
}) => {
  const { window, desk } = await startDesk({ environment: await world.only() })
  await expect(window.getByRole("main").getByText(desk.texts.signIn.leadNoCard)).toBeVisible()
  await expect(window.getByLabel(desk.texts.pin.label)).toHaveCount(0)
  const broken = window
    .getByRole("navigation", { name: desk.texts.side.line })
    .getByRole("button", { name: desk.texts.side.linkStatus.broken })
    .first()
  await broken.focus()
  await window.keyboard.press("Enter")
  await expect(window.locator(".problem-details li").first()).toBeVisible()
  await expect(window.getByRole("heading", { level: 1 })).toBeFocused()
  await window.keyboard.press("Enter")
  await desk.expectTitle(desk.texts.signIn.title)
})

test("a PIN that is too short costs no try; a wrong one is told and asked again, at sign-in and at signing", async ({
  world,
  startDesk,
}) => {
  const code = await registerOn(world.takePhone())
  const { window, desk } = await startDesk()
  const { texts } = desk
  const field = window.getByLabel(texts.pin.label)
  const tryPin = async (pin: string): Promise<void> => {
    await field.fill(pin)
    await window.keyboard.press("Enter")
    await expect(field).toHaveValue("")
  }
  await tryPin("12")
  await expect(window.getByRole("main")).toContainText("No try was used")
  await expect(field).toBeFocused()
  await tryPin("00000000")
  await expectProblemNote(window, { code: "PIN_WRONG" })
  await expect(window.getByText(texts.pin.low)).toBeVisible()
  await desk.signIn(DISTINCT_PIN)
  await upToPin(desk, code)
  const signing = window.getByLabel(texts.pin.forSigning)
  await signing.fill("00000000")
  await window.keyboard.press("Enter")
  await expectProblemNote(window, { code: "PIN_WRONG" })
  await desk.sign(DISTINCT_PIN)
})

test("a card that is found unfit while the words are compared is refused before any PIN", async ({
  world,
  startDesk,
}) => {
  const [ella, femke] = [cardOf(world, "Ella Evers"), cardOf(world, "Femke Faber")]
  const code = await registerOn(world.takePhone())
  const { window, desk } = await startDesk({ environment: await world.only(ella, femke) })
  const lookUp = async (): Promise<void> => {
    await window.getByRole("combobox", { name: desk.texts.code.field }).fill(code.digits)
    await window.keyboard.press("Enter")
  }
  await trySignIn(window, desk, ella)
  await desk.expectTitle(desk.texts.code.title)
  await lookUp()
  await expectProblemPage(window, { code: "JUDGED_UNFIT", reason: "wrong-key-usage" })
  await window.keyboard.press("Enter")
  await desk.expectTitle(desk.texts.code.title)
  await window.keyboard.press("Control+l")
  await desk.expectTitle(desk.texts.signIn.title)
  await trySignIn(window, desk, femke)
  await desk.expectTitle(desk.texts.code.title)
  await revokeCard(world, femke)
  await lookUp()
  await expectProblemPage(window, { code: "JUDGED_UNFIT", reason: "certificate-revoked" })
  await window.keyboard.press("Escape")
  await desk.expectTitle(desk.texts.code.title)
})

test("a code that is unknown, one whose words differ, and one that is signed already: each told, and the field is there again", async ({
  world,
  startDesk,
}) => {
  const phone = world.takePhone()
  const code = await registerOn(phone)
  const { window, desk } = await startDesk()
  const { texts } = desk
  const field = window.getByRole("combobox", { name: texts.code.field })
  await desk.signIn(DISTINCT_PIN)
  await field.fill("0000000000")
  await window.keyboard.press("Enter")
  await expectProblemNote(window, { code: "not-found" })
  await expect(field).toHaveValue(/^000000-?0000$/)
  await desk.enterCode(code.digits)
  await window.getByRole("button", { name: texts.comparing.no }).click()
  await expectProblemPage(window, { code: "READ_BACK_DIFFERS" })
  await window.keyboard.press("Enter")
  await desk.expectTitle(texts.code.title)
  await upToPin(desk, code)
  await desk.sign(DISTINCT_PIN)
  await window.keyboard.press("Control+n")
  await desk.expectTitle(texts.code.title)
  await field.fill(code.digits)
  await window.keyboard.press("Enter")
  await expectProblemPage(window, { code: "ALREADY_HANDLED" })
  await window.keyboard.press("Enter")
  await desk.expectTitle(texts.code.title)
  expect((await phone.wait(20)).situation).toBe("verified")
})

test("an expired code is told as one that is no longer valid, and stays in the field", async ({
  world,
  startDesk,
}) => {
  const backend = await world.openBackend({ registeredMilliseconds: 1 })
  try {
    const code = await registerOn(backend.takePhone())
    const { window, desk } = await startDesk()
    await desk.signIn(DISTINCT_PIN)
    const field = window.getByRole("combobox", { name: desk.texts.code.field })
    await field.fill(code.digits)
    await window.keyboard.press("Enter")
    await expectProblemNote(window, { code: "not-found" })
    await expect(field).toHaveValue(code.digits)
  } finally {
    await backend.stop()
  }
})

test("the phone's own word is told: it refuses, it finds another code, the patient stops", async ({
  world,
  startDesk,
}) => {
  const { window, desk } = await startDesk()
  const { texts } = desk
  await desk.signIn(DISTINCT_PIN)
  const stranger = await initPki({ directory: join(world.directory, "stranger"), at: Date.now() })

  const refusing = world.takeForeignPhone(stranger.trust)
  await consult(desk, window, (await registerOn(refusing)).digits)
  await refusing.wait()
  await desk.expectTitle(texts.done.refused.title)
  await expect(window.locator(".problem-details li").first()).toBeVisible()
  await window.keyboard.press("Enter")

  const mistaken = world.takePhone()
  await consult(desk, window, withOtherEnd((await registerOn(mistaken)).digits))
  await mistaken.wait()
  await desk.expectTitle(texts.done.returned.title)
  await window.keyboard.press("Enter")

  const stopping = world.takePhone()
  await consult(desk, window, (await registerOn(stopping)).digits)
  await stopping.withdraw()
  await desk.expectTitle(texts.done.withdrawn.title)
  await expect(window.getByText(texts.done.withdrawn.lead)).toBeVisible()
  await window.keyboard.press("Enter")
  await desk.expectTitle(texts.code.title)
})

test("a day's budget that is spent is told after the PIN, and the signature is kept", async ({
  world,
  startDesk,
}) => {
  const backend = await world.openBackend({ authorisationsPerClinicianPerDay: 1 })
  try {
    const { window, desk } = await startDesk()
    await desk.signIn(DISTINCT_PIN)
    await consult(desk, window, (await registerOn(backend.takePhone())).digits)
    await window.keyboard.press("Enter")
    await upToPinUnheard(desk, window, (await registerOn(backend.takePhone())).digits)
    await window.getByLabel(desk.texts.pin.forSigning).fill(DISTINCT_PIN)
    await window.keyboard.press("Enter")
    await expectProblemPage(window, { code: "budget-spent" })
    await expect(window.getByText(desk.texts.problem.inOutbox)).toBeVisible()
    await window.keyboard.press("Escape")
    await desk.expectTitle(desk.texts.code.title)
  } finally {
    await backend.stop()
  }
})

/** Through to "sent", by a clinician who takes each step, whatever the words. */
async function consult(desk: DeskSteps, window: Page, digits: string): Promise<void> {
  await upToPinUnheard(desk, window, digits)
  await desk.sign(DISTINCT_PIN)
}

/** Without asking which words the phone shows: it is of another backend, or has another code. */
async function upToPinUnheard(desk: DeskSteps, window: Page, digits: string): Promise<void> {
  await desk.expectTitle(desk.texts.code.title)
  await desk.enterCode(digits)
  await window.getByRole("button", { name: desk.texts.comparing.yes }).click()
  await desk.expectTitle(desk.texts.consent.title)
  await desk.giveConsent()
}

/** The same six digits, so that it is found, and another last one: a slip that only the phone can see. */
function withOtherEnd(digits: string): string {
  const number = Number(digits.replace("-", ""))
  return printCode(codeOfNumber(number % 10 === 9 ? number - 1 : number + 1))
}
