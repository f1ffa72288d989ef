import { once } from "node:events"
import { existsSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { chromium, type Browser, type Page } from "@playwright/test"
import { AxeBuilder } from "@axe-core/playwright"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { requestPath, type Parameters as Changes } from "./support/flow.ts"
import { openWorld, type World } from "./support/world.ts"

const CHROMIUM = "/usr/bin/chromium"
const REASON = existsSync(CHROMIUM) ? undefined : `there is no ${CHROMIUM}`
if (REASON !== undefined) console.log(`The pages are not looked at in a browser: ${REASON}`)

let browser: Browser | undefined
let world: World
beforeAll(async () => {
  if (REASON !== undefined) return
  world = await openWorld()
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] })
})
afterAll(async () => {
  await browser?.close()
})

/** What the client's own site was asked, and by which page. */
interface Asked {
  readonly url: URL
  readonly referrer: string | undefined
}

/** A window, and a site of the client's on this machine that it can come back to. */
async function inWindow(
  options: Parameters<Browser["newContext"]>[0],
  run: (page: Page, asked: Asked[], path: (changes?: Changes) => string) => Promise<void>,
): Promise<void> {
  if (browser === undefined) throw new Error("there is no browser")
  const asked: Asked[] = []
  const site = createServer((request, response) => {
    asked.push({ url: new URL(request.url ?? "/", "http://127.0.0.1"), referrer: request.headers.referer })
    response.setHeader("content-type", "text/html").end("<h1>PGO</h1>")
  }).listen(0, "127.0.0.1")
  await once(site, "listening")
  // Sound: it listens on TCP.
  const { port } = site.address() as AddressInfo
  const client = { client_id: "phone.example", redirect_uri: `http://127.0.0.1:${port}/callback` }
  const context = await browser.newContext(options)
  try {
    const path = (changes: Changes = {}) => `${world.issuer}${requestPath({ ...client, ...changes })}`
    await run(await context.newPage(), asked, path)
  } finally {
    await context.close()
    site.close()
    site.closeAllConnections()
  }
}

describe.skipIf(REASON !== undefined)("in a real browser", () => {
  test("a representative walks the whole way in Dutch by keyboard, without script, and every page is accessible", async () => {
    await inWindow(
      { locale: "nl-NL", javaScriptEnabled: true, bypassCSP: true },
      async (page, asked, path) => {
        const check = async () => {
          const { violations } = await new AxeBuilder({ page })
            .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
            .analyze()
          expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
        }
        await page.goto(path())
        await check()
        expect(await page.locator("script").count()).toBe(0)
        await page.getByRole("button", { name: "Verder naar inloggen" }).press("Enter")
        await page.getByRole("radio", { name: "anna" }).press("Space")
        await check()
        await page.getByRole("button", { name: "Inloggen", exact: true }).press("Enter")
        await page.getByRole("radio", { name: "mother" }).check()
        await check()
        await page.getByRole("button", { name: "Verder" }).press("Enter")
        await check()
        expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Geeft u toestemming?")
        await page.getByRole("button", { name: "Ja, ik geef toestemming" }).press("Enter")
        await page.getByText("PGO").waitFor()
        expect(asked[0]?.url.searchParams.get("code")).toBeTruthy()
        expect(asked[0]?.referrer).toBeUndefined()
      },
    )
  })

  test("with its own strict policy in force and script off, a refusal is told and leads back", async () => {
    await inWindow(
      { locale: "en-GB", javaScriptEnabled: false, colorScheme: "dark" },
      async (page, asked, path) => {
        const complaints: string[] = []
        page.on("console", (message) => complaints.push(message.text()))
        await page.goto(path({ MedMij_geboortedatum: "19700902" }))
        await page.getByRole("button", { name: "Go on to log in" }).click()
        await page.getByRole("radio", { name: "anna" }).check()
        await page.getByRole("button", { name: "Log in", exact: true }).click()
        await page.getByRole("radio", { name: "mother" }).check()
        await page.getByRole("button", { name: "Go on" }).click()
        expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe(
          "The date of birth is not right",
        )
        await page.getByRole("link", { name: "Nederlands" }).click()
        expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe(
          "De geboortedatum klopt niet",
        )
        expect(await page.locator("html").getAttribute("lang")).toBe("nl")
        await page.getByRole("button", { name: /Terug naar/ }).click()
        await page.getByText("PGO").waitFor()
        expect(asked[0]?.url.searchParams.get("error")).toBe("access_denied")
        expect(complaints).toEqual([])
      },
    )
  })

  test("the back button after a refusal shows the refusal, or that it is over, and never a way on", async () => {
    await inWindow({ locale: "nl-NL" }, async (page, _, path) => {
      await page.goto(path())
      const landing = page.url()
      await page.getByRole("button", { name: "Stoppen" }).click()
      expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("U bent gestopt")
      await page.goBack()
      await page.goto(landing)
      expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("U bent gestopt")
      await page.getByRole("button", { name: /Terug naar/ }).click()
      await page.goto(landing)
      expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Deze aanvraag is voorbij")
    })
  })

  test.each([320, 1_280])("nothing is wider than a window of %i pixels", async (width) => {
    await inWindow({ locale: "nl-NL", viewport: { width, height: 700 } }, async (page, _, path) => {
      for (const address of [path(), path({ client_id: "nobody.example" })]) {
        await page.goto(address)
        const overflow = await page.evaluate<number>(
          "document.documentElement.scrollWidth - document.documentElement.clientWidth",
        )
        expect(overflow).toBe(0)
      }
    })
  })

  test("no other site can show the pages in a frame", async () => {
    await inWindow({}, async (page, _, path) => {
      const address = path()
      await page.setContent(`<iframe src="${address.replaceAll("&", "&amp;")}"></iframe>`)
      await page.waitForTimeout(300)
      const frame = page.frames().find((one) => one !== page.mainFrame())
      expect(
        await frame
          ?.locator("button")
          .count()
          .catch(() => 0),
      ).toBe(0)
    })
  })
})
