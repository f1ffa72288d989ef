import { expect } from "@playwright/test"
import { upToPin } from "./support/consult.ts"
import { test } from "./support/desk-test.ts"
import { deskSteps } from "./support/desk-steps.ts"
import { registerOn } from "./support/patient.ts"

for (const language of ["nl", "en"] as const) {
  for (const way of ["digits", "words"] as const) {
    test(`a consult by ${way}, in ${language}: from the card to the phone's confirmation`, async ({
      world,
      startDesk,
    }) => {
      const phone = world.takePhone()
      const code = await registerOn(phone)
      const { window } = await startDesk({ language })
      const desk = deskSteps(window, language)
      await desk.expectTitle(desk.texts.signIn.title)
      await desk.signIn(world.card.pin)
      await expect(window.getByRole("complementary").first()).toContainText(world.card.name)
      await desk.enterCode(way === "digits" ? code.digits : code.trustwords.join(" "))
      await desk.agreeWords(code.readBackWords)
      await desk.giveConsent()
      await expect(window.locator("pre")).toContainText(`code: ${code.digits}`)
      await desk.sign(world.card.pin)
      expect((await phone.wait(20)).situation).toBe("verified")
      await desk.expectTitle(desk.texts.done.confirmed.title)
    })
  }
}

test("a whole consult goes by keyboard alone, and each step is told to who listens", async ({
  world,
  startDesk,
}) => {
  const phone = world.takePhone()
  const code = await registerOn(phone)
  const { window } = await startDesk({ language: "en" })
  const { texts, expectTitle } = deskSteps(window, "en")
  const told = window.getByRole("status")
  await expect(window.getByLabel(texts.pin.label)).toBeFocused()
  await window.keyboard.type(`${world.card.pin}\n`)
  await expectTitle(texts.code.title)
  await expect(told).toHaveText(texts.announce.step(1, 4, texts.steps.code))
  await window.keyboard.type(`${code.digits.replace("-", "")}\n`)
  await expectTitle(texts.comparing.title)
  await expect(told).toContainText(texts.announce.found)
  await expect(window.getByRole("heading", { level: 1 })).toBeFocused()
  await window.keyboard.press("Enter")
  await expectTitle(texts.consent.title)
  await expect(window.getByRole("button", { name: texts.consent.yes })).toBeEnabled()
  await window.keyboard.press("Enter")
  await expectTitle(texts.sign.title)
  await expect(window.getByLabel(texts.pin.forSigning)).toBeFocused()
  await window.keyboard.type(`${world.card.pin}\n`)
  await expectTitle(texts.following.title)
  await phone.wait(20)
  await expectTitle(texts.done.confirmed.title)
  await expect(told).toHaveText(texts.done.confirmed.title)
  await window.keyboard.press("Enter")
  await expectTitle(texts.code.title)
})

test("other words than the patient's end the consult, and nothing is signed", async ({
  world,
  startDesk,
}) => {
  const phone = world.takePhone()
  const code = await registerOn(phone)
  const { window } = await startDesk({ language: "en" })
  const desk = deskSteps(window, "en")
  await desk.signIn(world.card.pin)
  await desk.enterCode(code.digits)
  await window.getByRole("button", { name: desk.texts.comparing.no }).click()
  await expect(window.locator("[data-screen=problem-READ_BACK_DIFFERS]")).toBeVisible()
  expect((await phone.wait()).situation).toBe("registered")
})

test("Escape goes back step by step, and the code is still there", async ({ world, startDesk }) => {
  const code = await registerOn(world.takePhone())
  const { window } = await startDesk({ language: "en" })
  const desk = deskSteps(window, "en")
  await desk.signIn(world.card.pin)
  await upToPin(desk, code)
  await window.keyboard.press("Escape")
  await desk.expectTitle(desk.texts.consent.title)
  await window.keyboard.press("Escape")
  await desk.expectTitle(desk.texts.comparing.title)
  await window.keyboard.press("Escape")
  await desk.expectTitle(desk.texts.code.title)
  await expect(window.getByRole("combobox", { name: desk.texts.code.field })).toHaveValue(code.digits)
})

test("a wrong PIN signs nothing and is asked again; the right one then signs", async ({
  world,
  startDesk,
}) => {
  const code = await registerOn(world.takePhone())
  const { window } = await startDesk({ language: "en" })
  const desk = deskSteps(window, "en")
  await desk.signIn(world.card.pin)
  await upToPin(desk, code)
  await window.getByLabel(desk.texts.pin.forSigning).fill("00000001")
  await window.keyboard.press("Enter")
  await expect(window.getByRole("alert")).toContainText("PIN")
  await desk.sign(world.card.pin)
})

test("a new patient starts while the last one's phone is still busy", async ({ world, startDesk }) => {
  const [first, second] = [world.takePhone(), world.takePhone()]
  const codes = [await registerOn(first), await registerOn(second)]
  const { window } = await startDesk({ language: "en" })
  const desk = deskSteps(window, "en")
  await desk.signIn(world.card.pin)
  for (const code of codes) {
    await desk.enterCode(code.digits)
    await desk.agreeWords(code.readBackWords)
    await desk.giveConsent()
    await desk.sign(world.card.pin)
    await window.keyboard.press("Control+n")
    await desk.expectTitle(desk.texts.code.title)
  }
  const list = window.getByRole("region", { name: desk.texts.side.inFlight })
  await expect(list.getByText(desk.texts.side.status.waiting)).toHaveCount(2)
  await first.wait(20)
  await expect(list.getByText(desk.texts.side.status.confirmed)).toHaveCount(1)
  await second.wait(20)
  await expect(list.getByText(desk.texts.side.status.confirmed)).toHaveCount(2)
})

test("a code that nobody registered is not found, and stays in the field to be mended", async ({
  world,
  startDesk,
}) => {
  const { window } = await startDesk({ language: "en" })
  const desk = deskSteps(window, "en")
  await desk.signIn(world.card.pin)
  await window.getByRole("combobox", { name: desk.texts.code.field }).fill("000000-0000")
  await window.keyboard.press("Enter")
  await expect(window.getByRole("alert")).toBeVisible()
  await expect(window.getByRole("combobox", { name: desk.texts.code.field })).toHaveValue("000000-0000")
})

test("Ctrl+L signs out at once, from the middle of a consult too", async ({ world, startDesk }) => {
  const code = await registerOn(world.takePhone())
  const { window } = await startDesk({ language: "en" })
  const desk = deskSteps(window, "en")
  await desk.signIn(world.card.pin)
  await desk.enterCode(code.digits)
  await window.keyboard.press("Control+l")
  await desk.expectTitle(desk.texts.signIn.title)
  await expect(window.getByRole("main").getByText(desk.texts.signIn.because["by-hand"])).toBeVisible()
})
