import { expect, type Page } from "@playwright/test"
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
import { expectProblemNote, expectProblemPage } from "./support/problem-page.ts"

const AWAY = { code: "unreachable" } as const

test("the backend is away at sign-in, look-up and review: each time the desk says so, and goes on when it is back", async ({
  world,
  startDesk,
}) => {
  const phone = world.takePhone()
  const code = await registerOn(phone)
  const { window, desk } = await startDesk()
  const { texts } = desk
  const connection = (status: string) =>
    window.getByRole("button", { name: `${texts.side.links.connection}: ${status}` })

  world.gate.close()
  await window.getByLabel(texts.pin.label).fill(DISTINCT_PIN)
  await window.keyboard.press("Enter")
  await expectProblemNote(window, AWAY)
  await expect(connection(texts.side.linkStatus.broken)).toBeVisible()
  world.gate.open()
  await desk.signIn(DISTINCT_PIN)
  await expect(connection(texts.side.linkStatus.ok)).toBeVisible()

  world.gate.close()
  await window.getByRole("combobox", { name: texts.code.field }).fill(code.digits)
  await window.keyboard.press("Enter")
  await expectProblemPage(window, AWAY)
  await window.keyboard.press("Escape")
  await expect(window.getByRole("combobox", { name: texts.code.field })).toHaveValue(code.digits)

  world.gate.close({ path: /^\/v1\/crls\// })
  await window.getByRole("button", { name: texts.code.submit }).click()
  await expectProblemPage(window, AWAY)
  world.gate.open()
  await window.keyboard.press("Enter")
  await desk.expectTitle(texts.comparing.title)
  await desk.agreeWords(code.readBackWords)
  await desk.giveConsent()
  await desk.sign(DISTINCT_PIN)
  expect((await phone.wait(20)).situation).toBe("verified")
  expect(timesAccepted(world.gate, code)).toBe(1)
})

test("the backend is away when the package is posted: it is kept, and sent once when it is back", async ({
  world,
  startDesk,
}) => {
  const { window, desk, phone, code } = await deskAtPin(world, startDesk)
  world.gate.close(POSTING)
  await typePinToSign(window, desk, DISTINCT_PIN)
  await expectProblemPage(window, AWAY)
  await expect(window.getByText(desk.texts.problem.inOutbox)).toBeVisible()
  await expect(window.getByRole("button", { name: desk.texts.side.outbox(1) })).toBeVisible()
  world.gate.open()
  await window.keyboard.press("Enter")
  await expectInFlight(window, desk, desk.texts.side.status.waiting, 1)
  await expect(window.getByRole("button", { name: desk.texts.side.outbox(1) })).toHaveCount(0)
  expect((await phone.wait(20)).situation).toBe("verified")
  await expectInFlight(window, desk, desk.texts.side.status.confirmed, 1)
  expect([timesHandedIn(world.gate, code), timesAccepted(world.gate, code)]).toEqual([1, 1])
})

test("the answer to the package is lost: it is handed in again, and counts once", async ({
  world,
  startDesk,
}) => {
  const { window, desk, phone, code } = await deskAtPin(world, startDesk)
  const held = world.gate.hold(POSTING, "on its way back")
  await typePinToSign(window, desk, DISTINCT_PIN)
  await held.caught
  world.gate.close()
  await expectProblemPage(window, AWAY)
  held.letGo()
  await window.keyboard.press("Enter")
  await expectInFlight(window, desk, desk.texts.side.status.waiting, 1)
  expect((await phone.wait(20)).situation).toBe("verified")
  expect([timesHandedIn(world.gate, code), timesAccepted(world.gate, code)]).toEqual([2, 1])
})

test("the backend is away while the phone is followed: the desk hears of it when it is back", async ({
  world,
  startDesk,
}) => {
  const phone = world.takePhone()
  const { window, desk } = await startDesk()
  await desk.signIn(DISTINCT_PIN)
  const code = await registerOn(phone)
  await upToPin(desk, code)
  await desk.sign(DISTINCT_PIN)
  world.gate.close()
  expect((await phone.wait(20)).situation).toBe("verified")
  await lookAgain(window, desk.texts.side.links.connection, desk.texts.problem.check)
  await expectProblemNoteOnPage(window)
  world.gate.open()
  await window.keyboard.press("Escape")
  await expect(window.getByRole("heading", { level: 1 })).toHaveText(desk.texts.done.confirmed.title, {
    timeout: 40_000,
  })
  expect(timesAccepted(world.gate, code)).toBe(1)
})

/** Opens the page of a link, and asks to look again. */
async function lookAgain(window: Page, link: string, check: string): Promise<void> {
  await window.getByRole("button", { name: link }).first().click()
  await window.getByRole("button", { name: check }).click()
}

async function expectProblemNoteOnPage(window: Page): Promise<void> {
  await expect(window.locator(".problem-details li").first()).toBeVisible({ timeout: 20_000 })
}
