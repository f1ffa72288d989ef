import { readFile } from "node:fs/promises"
import { extname, join } from "node:path"
import { test as base, type Browser, type Page } from "@playwright/test"
import { build } from "vite"
import { CONTENT_SECURITY_POLICY } from "../../src-main/app/serve-renderer.ts"
import type { DeskState } from "../../src-preload/desk-state.ts"
import { installFakeDoor } from "./fake-door.ts"
import { NOW } from "./people.ts"

const ROOT = join(import.meta.dirname, "../..")
const BUILT = join(ROOT, ".cache/desk-ui", process.env["TEST_PARALLEL_INDEX"] ?? "0")
const ORIGIN = "https://desk.invalid"
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
}

export interface Look {
  readonly width: number
  readonly height: number
  readonly isDark?: boolean
  readonly hasForcedColours?: boolean
}

export type OpenDesk = (state: DeskState, look: Look) => Promise<Page>

/** Opens the built window with a fake door; whatever the page complains of fails the test. */
export const test = base.extend<{ openDesk: OpenDesk }, { built: string; chromium: Browser }>({
  built: [
    async ({}, use) => {
      await build({
        configFile: join(ROOT, "vite.config.ts"),
        logLevel: "error",
        environments: { client: { build: { outDir: BUILT } } },
      })
      await use(BUILT)
    },
    { scope: "worker" },
  ],
  chromium: [
    async ({ playwright }, use) => {
      const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium"
      const browser = await playwright.chromium.launch({ executablePath, args: ["--no-sandbox"] })
      await use(browser)
      await browser.close()
    },
    { scope: "worker" },
  ],
  openDesk: async ({ built, chromium }, use) => {
    const complaints: string[] = []
    const pages: Page[] = []
    await use(async (state, look) => {
      const page = await openPage(chromium, look)
      pages.push(page)
      page.on("console", (message) => complaints.push(message.text()))
      page.on("pageerror", (error) => complaints.push(error.message))
      await serve(page, built)
      await installFakeDoor(page, state)
      await page.goto(`${ORIGIN}/index.html`)
      await page.locator("h1").waitFor()
      return page
    })
    await Promise.all(pages.map((page) => page.context().close()))
    base.expect(complaints).toEqual([])
  },
})

async function openPage(browser: Browser, { width, height, isDark, hasForcedColours }: Look): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: isDark === true ? "dark" : "light",
    forcedColors: hasForcedColours === true ? "active" : "none",
    reducedMotion: "reduce",
    timezoneId: "Europe/Amsterdam",
  })
  const page = await context.newPage()
  await page.clock.setFixedTime(NOW)
  return page
}

async function serve(page: Page, folder: string): Promise<void> {
  await page.route(`${ORIGIN}/**`, async (route) => {
    const path = new URL(route.request().url()).pathname
    const body = await readFile(join(folder, path))
    await route.fulfill({
      body,
      contentType: TYPES[extname(path)] ?? "application/octet-stream",
      headers: { "Content-Security-Policy": CONTENT_SECURITY_POLICY },
    })
  })
}
