import { expect, type Page } from "@playwright/test"
import { madeCalls, showState, understandAs } from "./fake-door.ts"
import { GALLERY } from "./gallery.ts"
import { startListening, takeMessages } from "./listen.ts"
import { test } from "./open-desk.ts"

const LOOK = { width: 1280, height: 800 }

function stateOf(name: string) {
  const picture = GALLERY[name]
  if (picture === undefined) throw new Error(`there is no picture named ${name}`)
  return picture.state("en")
}

async function names(page: Page): Promise<readonly string[]> {
  return (await madeCalls(page)).map(({ name }) => name)
}

for (const [picture, call] of [
  ["comparing", "agreeWords"],
  ["consent", "giveConsent"],
  ["following", "startNext"],
  ["done-confirmed", "startNext"],
  ["problem", "retry"],
  ["problem-final", "goBack"],
] as const) {
  test(`Enter does the primary action of ${picture}, wherever the focus is`, async ({ openDesk }) => {
    const page = await openDesk(stateOf(picture), LOOK)
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused()
    await page.keyboard.press("Enter")
    expect(await names(page)).toEqual([call])
  })
}

for (const picture of ["looking-up", "comparing", "consent", "sign", "problem"]) {
  test(`Escape goes one step back from ${picture}`, async ({ openDesk }) => {
    const page = await openDesk(stateOf(picture), LOOK)
    await page.keyboard.press("Escape")
    expect(await names(page)).toEqual(["goBack"])
  })
}

test("Enter does nothing while the card is still being checked", async ({ openDesk }) => {
  const page = await openDesk(stateOf("consent-represented"), LOOK)
  await page.keyboard.press("Enter")
  expect(await names(page)).toEqual([])
})

test("a code that is scanned once more does not agree to the words on screen", async ({ openDesk }) => {
  const page = await openDesk(stateOf("comparing"), LOOK)
  await page.keyboard.type("VRIJGAVE 4071928356\n")
  expect(await names(page)).toEqual([])
})

test("an Enter that is held down does not run through the screens", async ({ openDesk }) => {
  const page = await openDesk(stateOf("comparing"), LOOK)
  await page.keyboard.down("Enter")
  await showState(page, stateOf("consent"))
  await page.keyboard.down("Enter")
  await page.keyboard.down("Enter")
  expect(await names(page)).toEqual(["agreeWords"])
})

test("Ctrl+N starts the next patient only where the consult is over or goes on by itself", async ({
  openDesk,
}) => {
  const page = await openDesk(stateOf("comparing"), LOOK)
  await page.keyboard.press("Control+n")
  expect(await names(page)).toEqual([])
  await showState(page, stateOf("following"))
  await page.keyboard.press("Control+n")
  expect(await names(page)).toEqual(["startNext"])
})

test("Ctrl+L signs out", async ({ openDesk }) => {
  const page = await openDesk(stateOf("code"), LOOK)
  await page.keyboard.press("Control+l")
  expect(await names(page)).toEqual(["signOut"])
})

test("F1 folds the help away, and the window remembers it", async ({ openDesk }) => {
  const page = await openDesk(stateOf("code"), LOOK)
  const help = page.getByRole("heading", { name: "What the patient sees now" })
  await expect(help).toBeVisible()
  await page.keyboard.press("F1")
  await expect(help).toBeHidden()
  await page.reload()
  await page.locator("h1").waitFor()
  await expect(help).toBeHidden()
})

test("digits are grouped while typing, and one that is wrong is mended with one key", async ({
  openDesk,
}) => {
  const page = await openDesk(stateOf("code"), LOOK)
  const field = page.getByRole("combobox", { name: "The patient's code" })
  await expect(field).toBeFocused()
  await page.keyboard.type("4071028356")
  await expect(field).toHaveValue("407102-8356")
  for (let step = 0; step < 7; step++) await page.keyboard.press("ArrowLeft")
  await page.keyboard.type("9")
  await expect(field).toHaveValue("407192-8356")
})

test("Enter looks the code up when it is whole, and says what is missing when it is not", async ({
  openDesk,
}) => {
  const page = await openDesk(stateOf("code"), LOOK)
  await understandAs(page, { is: "digits", digits: "407192", shown: "407192", missing: 4 })
  await page.keyboard.type("407192\n")
  await expect(page.getByRole("status")).toHaveText("4 more digits.")
  expect(await names(page)).toEqual([])
  const code = { reference: "407192", confirmation: "8356" }
  await understandAs(page, { is: "code", code, way: "digits", shown: "407192-8356" })
  await page.keyboard.type("8356\n")
  await expect.poll(() => madeCalls(page)).toEqual([{ name: "lookUp", argument: { text: "407192-8356" } }])
})

test("a word is completed with an arrow and Enter, and the focus stays in the field", async ({
  openDesk,
}) => {
  const page = await openDesk(stateOf("code"), LOOK)
  const typed = GALLERY["code-words"]?.typed
  await understandAs(page, typed?.understood)
  await page.keyboard.type(typed?.text ?? "")
  const field = page.getByRole("combobox", { name: "The patient's code" })
  await expect(page.getByRole("option")).toHaveCount(4)
  await page.keyboard.press("ArrowDown")
  await page.keyboard.press("ArrowDown")
  await expect(page.getByRole("option", { name: "adem" })).toHaveAttribute("aria-selected", "true")
  await page.keyboard.press("Enter")
  await expect(field).toHaveValue("kikker molen stoep adem ")
  await expect(field).toBeFocused()
  expect(await names(page)).toEqual([])
})

test("an offer is taken only when it is chosen", async ({ openDesk }) => {
  const page = await openDesk(stateOf("code"), LOOK)
  const typed = GALLERY["code-check-failed"]?.typed
  await understandAs(page, typed?.understood)
  await page.keyboard.type(`${typed?.text ?? ""}\n`)
  const field = page.getByRole("combobox", { name: "The patient's code" })
  await expect(field).toHaveValue("kikker meloen stoep adelaar")
  expect(await names(page)).toEqual([])
  await page.keyboard.press("Tab")
  await expect(page.getByRole("button", { name: "kikker molen stoep adelaar" })).toBeFocused()
  await page.keyboard.press("Enter")
  await expect(field).toHaveValue("kikker molen stoep adelaar")
  await expect(field).toBeFocused()
})

test("what was typed is there again after one step back", async ({ openDesk }) => {
  const page = await openDesk(stateOf("comparing"), LOOK)
  await showState(page, stateOf("code-not-found"))
  await expect(page.getByRole("combobox", { name: "The patient's code" })).toHaveValue("407192-8356")
})

test("every button and field of a screen shows that it has the focus", async ({ openDesk }) => {
  const page = await openDesk(stateOf("following"), LOOK)
  const seen = new Set<string>()
  for (let step = 0; step < 25; step++) {
    await page.keyboard.press("Tab")
    const focused = await page.evaluate(() => {
      const element = document.activeElement
      if (element === null || element === document.body) return undefined
      const { outlineStyle, outlineWidth } = getComputedStyle(element)
      return {
        name: element.textContent,
        isSeen: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
      }
    })
    if (focused === undefined) continue
    expect(focused).toEqual({ name: focused.name, isSeen: true })
    seen.add(focused.name)
  }
  expect(seen.size).toBeGreaterThan(12)
})

test("the lesson of three consults goes on when each went as it should", async ({ openDesk }) => {
  const page = await openDesk(stateOf("code"), LOOK)
  await page.getByRole("button", { name: "Learn it in three consults" }).click()
  const lesson = page.getByRole("region", { name: "Learn it in three consults" })
  await expect(lesson).toContainText("0 of 3 done")
  await showState(page, stateOf("following"))
  await expect(lesson).toContainText("1 of 3 done")
  await showState(page, stateOf("code"))
  const typed = GALLERY["code-complete"]?.typed
  await understandAs(page, typed?.understood)
  await page.getByRole("combobox", { name: "The patient's code" }).fill(typed?.text ?? "")
  await page.keyboard.press("Enter")
  await expect.poll(() => names(page)).toEqual(["lookUp"])
  await showState(page, stateOf("following"))
  await expect(lesson).toContainText("2 of 3 done")
  const problem = { code: "READ_BACK_DIFFERS", title: "t", sentence: "s", steps: [], retriable: false }
  await showState(page, { ...stateOf("code"), consult: { is: "problem", problem, inOutbox: false } })
  await expect(lesson).toContainText("You can do it")
})

test("an earlier patient's answer is said while another patient's consult is on screen, and not twice", async ({
  openDesk,
}) => {
  const waiting = { id: "c9", since: 0, status: "waiting", at: 0, isCurrent: false } as const
  const code = stateOf("code")
  const page = await openDesk({ ...code, inFlight: [waiting] }, LOOK)
  await startListening(page)
  const answered = { ...code, inFlight: [{ ...waiting, status: "confirmed" }] } as const
  await showState(page, answered)
  await showState(page, { ...answered, inFlight: [...answered.inFlight] })
  const sentence = "An earlier patient: The phone has confirmed it."
  await expect(page.locator("p[role=status]")).toHaveText(sentence)
  expect((await takeMessages(page)).filter(({ text }) => text === sentence)).toHaveLength(1)
})

test("what is said a second time is put in its place anew, so that it is read a second time", async ({
  openDesk,
}) => {
  const page = await openDesk(stateOf("code"), LOOK)
  await understandAs(page, { is: "digits", digits: "407192", shown: "407192", missing: 4 })
  await page.getByRole("combobox", { name: "The patient's code" }).fill("407192")
  const region = page.locator("p[role=status] span")
  await page.keyboard.press("Enter")
  await expect(region).toContainText("4")
  const first = await region.elementHandle()
  await page.keyboard.press("Enter")
  await expect.poll(() => first.evaluate((element) => element.isConnected)).toBe(false)
  await expect(region).toContainText("4")
})
