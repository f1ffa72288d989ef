import { join } from "node:path"
import { AxeBuilder } from "@axe-core/playwright"
import { expect, type Page } from "@playwright/test"
import { showState } from "./fake-door.ts"
import { GALLERY, type Picture } from "./gallery.ts"
import { isPrimaryInSight, layoutFaults, sharedPlaces } from "./lay-out.ts"
import { test, type Look, type OpenDesk } from "./open-desk.ts"
import type { Language } from "./people.ts"
import { REFUSAL_PICTURES } from "./refusal-pictures.ts"
import { showPicture } from "./show-picture.ts"

/** With UPDATE_SCREENS=1 the pictures of the documentation are taken anew; otherwise they stay in the cache. */
const SCREENS = process.env["UPDATE_SCREENS"] === "1" ? "docs/screens" : ".cache/desk-ui/screens"
const USUAL: Look = { width: 1280, height: 800 }
const SMALL: Look = { width: 1024, height: 700 }
/** 1280 × 800 at 200 %. */
const ZOOMED: Look = { width: 640, height: 400 }
const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

for (const [name, picture] of Object.entries({ ...GALLERY, ...REFUSAL_PICTURES })) {
  for (const language of ["nl", "en"] as const) {
    test(`${name} in ${language}: nothing is clipped, and its action is in sight`, async ({ openDesk }) => {
      const page = await openPicture(openDesk, picture, language, USUAL)
      // As JPEG: the documentation holds some ninety of them.
      const path = join(SCREENS, language, `${name}.jpg`)
      await page.screenshot({ path, type: "jpeg", quality: 70, animations: "disabled" })
      for (const look of [USUAL, SMALL, ZOOMED]) {
        await page.setViewportSize(look)
        expect(await layoutFaults(page), `${look.width} × ${look.height}`).toEqual([])
        if (look !== ZOOMED) expect(await isPrimaryInSight(page), `${look.width} × ${look.height}`).toBe(true)
      }
    })
  }

  test(`${name}: axe finds nothing, in light, in dark and in forced colours`, async ({ openDesk }) => {
    const page = await openPicture(openDesk, picture, "nl", USUAL)
    expect(await axeFaults(page)).toEqual([])
    await page.emulateMedia({ colorScheme: "dark" })
    expect(await axeFaults(page)).toEqual([])
    await page.emulateMedia({ colorScheme: "light", forcedColors: "active" })
    expect(await axeFaults(page)).toEqual([])
  })
}

test("the parts that every state shares lie in the same place in each", async ({ openDesk }) => {
  const states = Object.values(GALLERY)
    .map(({ state }) => state("nl"))
    .filter(({ environment }) => environment === "test")
  const [first, ...others] = states
  if (first === undefined) throw new Error("the gallery is empty")
  const page = await openDesk(first, USUAL)
  const places = new Set([(await sharedPlaces(page)).join(", ")])
  for (const state of others) {
    await showState(page, state)
    places.add((await sharedPlaces(page)).join(", "))
  }
  expect([...places]).toHaveLength(1)
})

test("every state lies well from right to left", async ({ openDesk }) => {
  const pictures = Object.entries(GALLERY)
  const [, first] = pictures[0] ?? []
  if (first === undefined) throw new Error("the gallery is empty")
  const page = await openDesk(first.state("nl"), USUAL)
  for (const [name, picture] of pictures) {
    await showState(page, picture.state("nl"))
    // As the window does for a language that is written so; none of its own is yet.
    await page.evaluate(() => {
      document.documentElement.dir = "rtl"
    })
    expect(await layoutFaults(page), name).toEqual([])
    expect(await sideLiesRight(page), name).toBe(true)
  }
})

async function sideLiesRight(page: Page): Promise<boolean> {
  const [side, middle] = await Promise.all([
    page.locator(".side").boundingBox(),
    page.locator(".middle").boundingBox(),
  ])
  return side !== null && middle !== null && side.x > middle.x
}

async function openPicture(
  openDesk: OpenDesk,
  picture: Picture,
  language: Language,
  look: Look,
): Promise<Page> {
  const page = await openDesk(picture.state(language), look)
  await showPicture(page, picture, language)
  return page
}

async function axeFaults(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(AXE_TAGS).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`)
}
