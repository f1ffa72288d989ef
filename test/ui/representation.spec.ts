import { expect } from "@playwright/test"
import { test } from "./support/desk-test.ts"
import { deskSteps } from "./support/desk-steps.ts"
import { correctionsOf, DOSSIERS, representedTest, RIGHT_DATE, tokenFor } from "./support/represented.ts"
import { passHolderOf, type World } from "./support/world.ts"

/** A patient's phone that registered with the token of the authorization server. */
async function registerRepresented(world: World) {
  const phone = world.takePhone()
  const { code } = await phone.register({ representationToken: await tokenFor(world, "mother", RIGHT_DATE) })
  if (code === undefined) throw new Error("the phone registered and shows no code")
  return { phone, code }
}

for (const language of ["nl", "en"] as const) {
  representedTest(
    `a consult on behalf of someone else, in ${language}: said at each step, signed and confirmed`,
    async ({ world, startDesk }) => {
      const { phone, code } = await registerRepresented(world)
      const { window } = await startDesk({ language })
      const desk = deskSteps(window, language)
      await desk.signIn(world.card.pin)
      await desk.enterCode(code.digits)
      await expect(window.locator(".lead")).toHaveText(desk.texts.comparing.leadRepresented)
      await expect(window.locator(".facts")).toContainText(desk.texts.found.representative)
      await desk.agreeWords(code.readBackWords)
      await expect(window.getByRole("main")).toContainText(desk.texts.consent.representative)
      await desk.giveConsent()
      await desk.sign(world.card.pin)
      expect((await phone.wait(20)).situation).toBe("verified")
      await desk.expectTitle(desk.texts.done.confirmed.title)
    },
  )
}

representedTest(
  "a clinician refuses to sign on behalf of someone else: the consult ends in words, and nothing is signed",
  async ({ world, startDesk }) => {
    const { phone, code } = await registerRepresented(world)
    const { window } = await startDesk({ language: "en" })
    const desk = deskSteps(window, "en")
    await desk.signIn(world.card.pin)
    await desk.enterCode(code.digits)
    await window.getByRole("button", { name: desk.texts.found.decline }).focus()
    await window.keyboard.press("Enter")
    await expect(window.locator("[data-screen=problem-REPRESENTATION_DECLINED]")).toBeVisible()
    await expect(window.getByRole("heading", { level: 1 })).toBeFocused()
    await window.keyboard.press("Enter")
    await desk.expectTitle(desk.texts.code.title)
    await expect(window.getByRole("combobox", { name: desk.texts.code.field })).toHaveValue("")
    expect((await phone.wait()).situation).toBe("registered")
  },
)

representedTest(
  "refused attempts are listed, and a birth date is corrected by keyboard: who and when is kept",
  async ({ world, startDesk }) => {
    const [wrong, dossier] = ["19700902", DOSSIERS.father]
    await expect(tokenFor(world, "father", wrong)).rejects.toThrow("access_denied")
    const { window } = await startDesk({ language: "en" })
    const desk = deskSteps(window, "en")
    const { refusals, correction } = desk.texts
    const open = window.getByRole("button", { name: refusals.open })
    await expect(open).toHaveCount(0)
    await desk.signIn(world.card.pin)
    await open.click()
    await desk.expectTitle(refusals.title)
    const list = window.locator(".refusals li")
    await expect(list).toHaveCount(1)
    await expect(list).toContainText(refusals.exceptions["Authorization interface Vertegenwoordiging 4"])
    await expect(list).toContainText(refusals.dossier(dossier))
    await expect(window.getByRole("main")).not.toContainText(/1970|mother|father/i)
    await expect(window.getByRole("status")).toHaveText(refusals.count(1))
    await window.getByRole("button", { name: refusals.correctOf(dossier) }).focus()
    await window.keyboard.press("Enter")
    await desk.expectTitle(correction.title)
    await expect(window.getByLabel(correction.dossier)).toHaveValue(dossier)
    await window.getByLabel(correction.day).focus()
    for (const key of ["2", "Tab", "9", "Tab", "1", "9", "7", "0", "Enter"]) await window.keyboard.press(key)
    await desk.expectTitle(correction.sure.title)
    await expect(window.locator(".facts")).toContainText("2 September 1970")
    await window.keyboard.press("Escape")
    await expect(window.getByLabel(correction.year)).toHaveValue("1970")
    await window.getByLabel(correction.year).press("Enter")
    const since = Date.now()
    await desk.expectTitle(correction.sure.title)
    // On the button: an Enter so soon after typing would be taken for a scanner's anywhere else.
    await window.getByRole("button", { name: correction.yes }).press("Enter")
    await expect(window.locator(".note.is-good")).toContainText(`in dossier ${dossier} was corrected`)
    await expect(window.getByRole("status")).toContainText(`in dossier ${dossier} was corrected`)
    const { uziNumber, subscriberNumber } = passHolderOf(world.card)
    const kept = await correctionsOf(world)
    expect(kept).toMatchObject([{ reference: dossier, correctedBy: `${uziNumber}@${subscriberNumber}` }])
    expect(kept[0]?.correctedAt).toBeGreaterThanOrEqual(since)
    expect(await tokenFor(world, "father", wrong)).not.toBe("")
    await expect(window.locator("body")).not.toContainText("1970")
    await window.keyboard.press("Control+l")
    await desk.expectTitle(desk.texts.signIn.title)
    await expect(open).toHaveCount(0)
    await expect(window.locator("body")).not.toContainText(dossier)
  },
)

test("refused attempts are not offered where the backend has no representation", async ({
  world,
  startDesk,
}) => {
  const { window } = await startDesk({ language: "nl" })
  const desk = deskSteps(window, "nl")
  await desk.signIn(world.card.pin)
  // A whole look-up later: the desk has asked by then.
  const { code } = await world.takePhone().register()
  await desk.enterCode(code?.digits ?? "")
  await expect(window.getByRole("button", { name: desk.texts.refusals.open })).toHaveCount(0)
  await expect(window.getByRole("button", { name: desk.texts.found.decline })).toHaveCount(0)
})
