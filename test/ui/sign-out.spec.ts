import { expect } from "@playwright/test"
import {
  expectInFlight,
  POSTING,
  timesAccepted,
  timesHandedIn,
  typePinToSign,
  upToPin,
} from "./support/consult.ts"
import { deskAtPin, gatedTest as test } from "./support/gated-test.ts"
import { DISTINCT_PIN } from "./support/gated-world.ts"
import { registerOn } from "./support/patient.ts"

test("Ctrl+L signs out at every step before the PIN: nothing is signed, and the next sign-in begins afresh", async ({
  world,
  startDesk,
}) => {
  const phone = world.takePhone()
  const code = await registerOn(phone)
  const { window, desk } = await startDesk()
  const { texts } = desk
  const field = window.getByRole("combobox", { name: texts.code.field })
  const steps: readonly (readonly [reached: string, step: () => Promise<void>])[] = [
    [texts.code.title, () => field.fill("407192")],
    [texts.comparing.title, () => desk.enterCode(code.digits)],
    [texts.consent.title, () => desk.agreeWords(code.readBackWords)],
    [texts.sign.title, () => desk.giveConsent()],
  ]
  for (const last of steps.keys()) {
    await desk.signIn(DISTINCT_PIN)
    await expect(field).toHaveValue("")
    for (const [reached, step] of steps.slice(0, last + 1)) {
      await step()
      await desk.expectTitle(reached)
    }
    await window.keyboard.press("Control+l")
    await desk.expectTitle(texts.signIn.title)
    await expect(window.getByRole("main").getByText(texts.signIn.because["by-hand"])).toBeVisible()
    await expect(window.getByText(code.digits)).toHaveCount(0)
  }
  expect((await phone.wait()).situation).toBe("registered")
  expect(timesHandedIn(world.gate, code)).toBe(0)
})

test("Ctrl+L while the package is on its way: it arrives, once, and whoever left is not signed in by it", async ({
  world,
  startDesk,
}) => {
  const { window, desk, phone, code } = await deskAtPin(world, startDesk)
  const held = world.gate.hold(POSTING, "on its way")
  await typePinToSign(window, desk, DISTINCT_PIN)
  await held.caught
  await window.keyboard.press("Control+l")
  held.letGo()
  await expectInFlight(window, desk, desk.texts.side.status.waiting, 1)
  await expect(window.getByText(desk.texts.side.nobody)).toBeVisible()
  expect((await phone.wait(20)).situation).toBe("verified")
  await expectInFlight(window, desk, desk.texts.side.status.confirmed, 1)
  await expect(window.getByText(desk.texts.side.nobody)).toBeVisible()
  expect([timesHandedIn(world.gate, code), timesAccepted(world.gate, code)]).toEqual([1, 1])
})

test("two consults at once are both followed, also after their clinician signed out", async ({
  world,
  startDesk,
}) => {
  const phones = [world.takePhone(), world.takePhone()]
  const { window, desk } = await startDesk()
  const { texts } = desk
  await desk.signIn(DISTINCT_PIN)
  for (const phone of phones) {
    await upToPin(desk, await registerOn(phone))
    await desk.sign(DISTINCT_PIN)
    await window.keyboard.press("Control+n")
  }
  await expectInFlight(window, desk, texts.side.status.waiting, 2)
  await window.keyboard.press("Control+l")
  await desk.expectTitle(texts.signIn.title)
  for (const [index, phone] of phones.entries()) {
    expect((await phone.wait(20)).situation).toBe("verified")
    await expectInFlight(window, desk, texts.side.status.confirmed, index + 1)
  }
  await window.getByRole("button", { name: texts.side.status.confirmed }).first().click()
  await desk.expectTitle(texts.done.confirmed.title)
  await window.keyboard.press("Escape")
  await desk.expectTitle(texts.signIn.title)
})
