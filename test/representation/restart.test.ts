import { expect, test } from "vitest"
import { redeemRepresentation } from "../../src-backend/representation/redeem-token.ts"
import { codeOf, exchange, logIn, requestPath, walk } from "./support/flow.ts"
import { openWorld } from "./support/world.ts"

/** At each place of a flow: what a restart there leaves. */
const PLACES = [
  "at the landing page",
  "at the log-in",
  "at the question for consent",
  "at a refusal",
] as const

test.each(PLACES)("a restart %s ends the flow with a page that says to begin again", async (place) => {
  const world = await openWorld()
  const browser = world.browser()
  const date = place === "at a refusal" ? "19700902" : "19700901"
  const landing = await browser.get(requestPath({ MedMij_geboortedatum: date }))
  if (place === "at the log-in") await browser.post({ action: "continue" })
  if (place !== "at the landing page" && place !== "at the log-in") await logIn(browser)
  await world.restart()
  for (const page of [
    await browser.get(landing.address),
    await browser.post({ action: "agree" }, landing.address),
  ]) {
    expect(page.status).toBe(400)
    expect(page.away).toBeUndefined()
    expect(page.html).toContain("begin opnieuw")
  }
})

test("a code of before a restart gives nothing after it, and the next flow goes well", async () => {
  const world = await openWorld()
  const code = codeOf(await walk(world.browser(), requestPath())) ?? ""
  const again = await world.restart()
  expect((await exchange(again, code)).body["error"]).toBe("invalid_grant")
  expect(codeOf(await walk(again.browser(), requestPath()))).toBeDefined()
})

test("a token of before a restart cannot be redeemed, so none is redeemed twice", async () => {
  const world = await openWorld()
  const { body } = await exchange(world, codeOf(await walk(world.browser(), requestPath())) ?? "")
  const again = await world.restart()
  expect(redeemRepresentation(again.server, String(body["access_token"]))).toBe(false)
})

test("one consent that is sent many times at once gives one code at most", async () => {
  const world = await openWorld()
  const browser = world.browser()
  await browser.get(requestPath())
  const consent = await logIn(browser)
  const tabs = Array.from({ length: 8 }, () => browser.tab())
  const pages = await Promise.all(tabs.map((tab) => tab.post({ action: "agree" }, consent.address)))
  expect(pages.filter((page) => codeOf(page) !== undefined).length).toBeLessThanOrEqual(1)
})
