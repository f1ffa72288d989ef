import { expect, type Page } from "@playwright/test"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { parseCode } from "../../src-protocol/code.ts"
import { dutchWords } from "../../src-protocol/trustwords/dutch.ts"
import { encodeTrustwords } from "../../src-protocol/trustwords/codec.ts"
import { ENTERED, ENTRY_WAYS, type EntryWay } from "../handover/evidence/keystrokes.ts"
import { test } from "./support/desk-test.ts"
import { deskSteps } from "./support/desk-steps.ts"

test("each way to enter a code takes as many keys as docs/handover.md says", async ({ world, startDesk }) => {
  const { window } = await startDesk({ language: "nl" })
  const desk = deskSteps(window, "nl")
  await countKeys(window)
  for (const way of ENTRY_WAYS) {
    await desk.signIn(world.card.pin)
    const milliseconds = await enterCode(window, way, desk.texts.code.field)
    expect([way.name, await takeCount(window)]).toEqual([way.name, way.keys.length])
    const isByHand = way.name !== "scanner"
    expect([way.name, way.presses]).toEqual([way.name, isByHand ? way.keys.length : 0])
    console.log(`${way.name}: ${String(Math.round(milliseconds))} ms of the machine's own`)
    // The answer to this code would still stand there while the next is typed.
    await window.keyboard.press("Control+l")
    await desk.expectTitle(desk.texts.signIn.title)
  }
})

test("the words whose letters are counted are those of the digits that are counted", async () => {
  const words = await encodeTrustwords(nodeCrypto, parseCode(ENTERED.digits), dutchWords)
  expect(words.join(" ")).toBe(ENTERED.words)
})

/** Presses the keys of a way, and answers how long it took until the desk had looked the code up: nobody registered it. */
async function enterCode(window: Page, { keys }: EntryWay, name: string): Promise<number> {
  const field = window.getByRole("combobox", { name })
  await expect(field).toBeFocused()
  await expect(window.getByRole("alert")).toBeHidden()
  await takeCount(window)
  const begun = performance.now()
  for (const [index, key] of keys.entries()) {
    if (key === "ArrowDown")
      await expect(window.getByRole("option").first()).toHaveText(wordMeant(keys, index))
    await window.keyboard.press(key)
  }
  await window.getByRole("alert").waitFor()
  return performance.now() - begun
}

/** The word that begins with the letters before an arrow. */
function wordMeant(keys: readonly string[], arrow: number): string {
  const letters = keys.slice(keys.slice(0, arrow).lastIndexOf("Enter") + 1, arrow).join("")
  return ENTERED.words.split(" ").find((word) => word.startsWith(letters)) ?? `no word begins with ${letters}`
}

async function countKeys(window: Page): Promise<void> {
  await window.evaluate(() => {
    let count = 0
    const onKeyDown = () => {
      count++
    }
    document.addEventListener("keydown", onKeyDown, { capture: true })
    const takeKeyCount = () => {
      const counted = count
      count = 0
      return counted
    }
    Object.assign(globalThis, { takeKeyCount })
  })
}

async function takeCount(window: Page): Promise<number> {
  return window.evaluate(() => {
    // Put there by `countKeys`.
    const counting = globalThis as unknown as { takeKeyCount: () => number }
    return counting.takeKeyCount()
  })
}
