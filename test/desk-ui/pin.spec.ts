import { expect } from "@playwright/test"
import { madeCalls } from "./fake-door.ts"
import { GALLERY } from "./gallery.ts"
import { test } from "./open-desk.ts"

const LOOK = { width: 1280, height: 800 }

function stateOf(name: string) {
  const picture = GALLERY[name]
  if (picture === undefined) throw new Error(`there is no picture named ${name}`)
  return picture.state("en")
}

test("a PIN leaves as bytes, and its field is empty at once", async ({ openDesk }) => {
  const page = await openDesk(stateOf("sign"), LOOK)
  const field = page.getByLabel("PIN to sign")
  await expect(field).toBeFocused()
  await page.keyboard.type("482613\n")
  await expect(field).toHaveValue("")
  expect(await madeCalls(page)).toEqual([{ name: "sign", argument: { pin: "6 bytes" } }])
  expect(await page.content()).not.toContain("482613")
})

test("a PIN is not shown, not spelt out, and not offered again by the browser", async ({ openDesk }) => {
  const page = await openDesk(stateOf("sign"), LOOK)
  const field = page.getByLabel("PIN to sign")
  await expect(field).toHaveAttribute("type", "password")
  await expect(field).toHaveAttribute("autocomplete", "off")
  await expect(field).toHaveAttribute("inputmode", "numeric")
})

test("a PIN that is too short costs no try", async ({ openDesk }) => {
  const page = await openDesk(stateOf("sign"), LOOK)
  await page.keyboard.type("123\n")
  await expect(page.getByRole("status")).toContainText("5 to 8")
  await expect(page.getByLabel("PIN to sign")).toHaveValue("")
  expect(await madeCalls(page)).toEqual([])
})

test("the last try asks once more before a PIN can be typed, and Enter alone does not say yes", async ({
  openDesk,
}) => {
  const page = await openDesk(stateOf("sign-final-try"), LOOK)
  await expect(page.getByLabel("PIN to sign")).toHaveCount(0)
  await page.keyboard.press("Enter")
  await expect(page.getByLabel("PIN to sign")).toHaveCount(0)
  await page.getByRole("button", { name: "I am sure of the PIN" }).press("Enter")
  await page.getByLabel("PIN to sign").fill("482613")
  await page.keyboard.press("Enter")
  expect(await madeCalls(page)).toEqual([
    { name: "sign", argument: { lastTryConfirmed: true, pin: "6 bytes" } },
  ])
})

test("with a PIN pad nothing can be typed here, and none is sent", async ({ openDesk }) => {
  const page = await openDesk(stateOf("sign-pad"), LOOK)
  await expect(page.locator("main input")).toHaveCount(0)
  await page.keyboard.press("Enter")
  expect(await madeCalls(page)).toEqual([{ name: "sign", argument: {} }])
})

test("of two cards none is chosen beforehand; the one that is chosen is the one signed in with", async ({
  openDesk,
}) => {
  const page = await openDesk(stateOf("sign-in-two-cards"), LOOK)
  await expect(page.getByLabel("PIN")).toHaveCount(0)
  await page.getByRole("radio", { name: /Vries/ }).focus()
  await page.keyboard.press("ArrowDown")
  await expect(page.getByRole("radio", { name: /B\. Jansen/ })).toBeChecked()
  await expect(page.getByRole("radio", { name: /B\. Jansen/ })).toBeFocused()
  await page.getByLabel("PIN").fill("482613")
  await page.keyboard.press("Enter")
  expect(await madeCalls(page)).toEqual([{ name: "signIn", argument: { card: "card-b", pin: "6 bytes" } }])
})

test("a card that is blocked takes no PIN", async ({ openDesk }) => {
  const page = await openDesk(stateOf("sign-locked"), LOOK)
  await expect(page.locator("main input")).toHaveCount(0)
  await expect(page.getByText("This card is blocked.")).toBeVisible()
})
