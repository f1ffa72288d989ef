import { expect } from "@playwright/test"
import { upToPin } from "../ui/support/consult.ts"
import { deskSteps } from "../ui/support/desk-steps.ts"
import { registerOn } from "../ui/support/patient.ts"
import { PIN, test } from "./support/chip-test.ts"

for (const language of ["nl", "en"] as const) {
  test(`a consult on a chip in a reader, in ${language}: from the card going in to the phone's confirmation`, async ({
    chips,
    world,
    startDesk,
  }) => {
    const chip = await chips.make("Zoë Chip-Jansen", "arts")
    const phone = world.takePhone()
    const code = await registerOn(phone)
    const { window } = await startDesk({ language })
    const desk = deskSteps(window, language)
    await expect(window.getByRole("main").getByText(desk.texts.signIn.leadNoCard)).toBeVisible()
    await chips.reader.insert(chip.image)
    await expect(window.getByRole("main").getByText("Zoë Chip-Jansen")).toBeVisible()
    await desk.signIn(PIN)
    await expect(window.getByRole("complementary").first()).toContainText("Zoë Chip-Jansen")
    await desk.enterCode(code.digits)
    await desk.agreeWords(code.readBackWords)
    await desk.giveConsent()
    await expect(window.locator("pre")).toContainText(`code: ${code.digits}`)
    await desk.sign(PIN)
    expect((await phone.wait(20)).situation).toBe("verified")
    await desk.expectTitle(desk.texts.done.confirmed.title)
    // One PIN, one signature: nobody else at this computer may sign with what it left behind.
    expect((await chips.reader.status()).card).toMatchObject({ pinTries: 3, pinVerified: false })
  })
}

test("a card that is pulled out locks the desk, and the consult is done again when it is back", async ({
  chips,
  world,
  startDesk,
}) => {
  const chip = await chips.make("Anna Eruit")
  const phone = world.takePhone()
  const code = await registerOn(phone)
  await chips.reader.insert(chip.image)
  const { window } = await startDesk({ language: "en" })
  const desk = deskSteps(window, "en")
  await desk.signIn(PIN)
  await upToPin(desk, code)
  await chips.reader.remove()
  await desk.expectTitle(desk.texts.signIn.title)
  await expect(window.getByRole("main").getByText(desk.texts.signIn.because["card-removed"])).toBeVisible()
  await expect(window.getByText(code.digits)).toHaveCount(0)
  expect((await phone.wait()).situation).toBe("registered")
  await chips.reader.insert(chip.image)
  await desk.signIn(PIN)
  await upToPin(desk, code)
  await desk.sign(PIN)
  expect((await phone.wait(20)).situation).toBe("verified")
})

test("a card that is pulled out while it signs locks the desk, and nothing is handed in", async ({
  chips,
  world,
  startDesk,
}) => {
  const chip = await chips.make("Anna Halverwege")
  const phone = world.takePhone()
  const code = await registerOn(phone)
  await chips.reader.insert(chip.image)
  const { window } = await startDesk({ language: "en" })
  const desk = deskSteps(window, "en")
  await desk.signIn(PIN)
  await upToPin(desk, code)
  await chips.reader.setFaults([
    { when: { begins: "0087" }, then: { is: "removal", afterMilliseconds: 300 } },
  ])
  await window.getByLabel(desk.texts.pin.forSigning).fill(PIN)
  await window.keyboard.press("Enter")
  await desk.expectTitle(desk.texts.signIn.title)
  await expect(window.getByRole("main").getByText(desk.texts.signIn.because["card-removed"])).toBeVisible()
  expect((await phone.wait()).situation).toBe("registered")
})

test("another person's card has its own page, and of two cards the clinician chooses", async ({
  chips,
  world,
  startDesk,
}) => {
  const [anna, bea] = await Promise.all([chips.make("Anna Eerst"), chips.make("Bea Daarna")])
  const code = await registerOn(world.takePhone())
  await chips.reader.insert(anna.image)
  const { window } = await startDesk({ language: "en" })
  const desk = deskSteps(window, "en")
  const main = window.getByRole("main")
  await desk.signIn(PIN)
  await desk.enterCode(code.digits)
  await chips.reader.remove()
  await chips.reader.insert(bea.image)
  await desk.expectTitle(desk.texts.signIn.title)
  await expect(main.getByText("Bea Daarna")).toBeVisible()
  await expect(window.getByText("Anna Eerst")).toHaveCount(0)
  await chips.reader.insert(anna.image, 1)
  await expect(window.getByRole("radio")).toHaveCount(2)
  await expect(window.getByRole("radio", { checked: true })).toHaveCount(0)
  await expect(window.getByLabel(desk.texts.pin.label)).toHaveCount(0)
  await main.getByText("Anna Eerst").click()
  await desk.signIn(PIN)
  await expect(window.getByRole("complementary").first()).toContainText("Anna Eerst")
})

test("wrong PINs are counted, the last try asks twice, and a blocked card says so", async ({
  chips,
  startDesk,
}) => {
  const chip = await chips.make("Anna Vergeten")
  await chips.reader.insert(chip.image)
  const { window } = await startDesk({ language: "en" })
  const { texts } = deskSteps(window, "en")
  const pin = window.getByLabel(texts.pin.label)
  const type = async (digits: string): Promise<void> => {
    await pin.fill(digits)
    await window.keyboard.press("Enter")
  }
  await type("111111")
  await expect(window.getByRole("alert")).toContainText("PIN")
  expect((await chips.reader.status()).card?.pinTries).toBe(2)
  await type("111112")
  await expect(window.getByText(texts.pin.lastTry.title)).toBeVisible()
  await expect(pin).toHaveCount(0)
  expect((await chips.reader.status()).card?.pinTries).toBe(1)
  await window.getByRole("button", { name: texts.pin.lastTryYes }).click()
  await type("111113")
  await expect(window.getByRole("main")).toContainText("The PIN is locked")
  await expect(pin).toHaveCount(0)
  expect((await chips.reader.status()).card?.pinTries).toBe(0)
})

test("a card that takes seconds to read is shown as being read from the moment that it goes in", async ({
  chips,
  startDesk,
}) => {
  const chip = await chips.make("Anna Traag")
  const { window } = await startDesk({ language: "en" })
  const { texts } = deskSteps(window, "en")
  await expect(window.getByRole("main").getByText(texts.signIn.leadNoCard)).toBeVisible()
  await chips.reader.setLink("slow", 60)
  await chips.reader.insert(chip.image)
  await expect(window.getByRole("main").getByText(texts.signIn.reading)).toBeVisible({ timeout: 2_000 })
  await expect(window.getByRole("main").getByText(texts.signIn.leadNoCard)).toHaveCount(0)
  await expect(window.getByRole("main").getByText("Anna Traag")).toBeVisible({ timeout: 30_000 })
  await expect(window.getByRole("main").getByText(texts.signIn.reading)).toHaveCount(0)
})
