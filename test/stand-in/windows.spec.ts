import { expect, isStandIn, seenBy, test } from "./fixture.ts"

test("a second window has its own page, and closes without the first", async ({ app, page }) => {
  const opened = app.waitForEvent("window")
  await page.evaluate(() => window.fixture.call("second window"))
  const second = await opened
  await expect(second.getByRole("heading")).toHaveText("Second window")
  const addresses = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.webContents.getURL()),
  )
  expect(addresses.toSorted()).toEqual(["app://fixture/index.html", "app://fixture/index.html#second"])
  await second.close()
  await expect.poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  await expect(page.getByRole("heading")).toHaveText("First window")
})

test("the application quits when its last window closes", async ({ app, page }) => {
  const code = new Promise((resolve) => app.process().once("exit", resolve))
  await expect(page.getByRole("heading")).toBeVisible()
  await app.evaluate(({ BrowserWindow }) => {
    // Later: the answer to this must still find its way back.
    setTimeout(() => BrowserWindow.getAllWindows()[0]?.close(), 50)
  })
  expect(await code).toBe(0)
})

test("closing can be prevented, and quitting with it", async ({ app, page }) => {
  const left = await app.evaluate(({ app: main, BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    window?.on("close", (event) => {
      event.preventDefault()
    })
    window?.close()
    main.quit()
    const count = BrowserWindow.getAllWindows().length
    window?.removeAllListeners("close")
    return count
  })
  expect(left).toBe(1)
  await expect(page.getByRole("heading")).toHaveText("First window")
})

test("a destroyed window says so, and messages to it are an error", async ({ app, page }) => {
  const opened = app.waitForEvent("window")
  await page.evaluate(() => window.fixture.call("second window"))
  await opened
  const found = await app.evaluate(async ({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().endsWith("#second"))
    if (window === undefined) return undefined
    const contents = window.webContents
    const closed = new Promise((resolve) =>
      window.once("closed", () => {
        resolve(undefined)
      }),
    )
    window.destroy()
    await closed
    try {
      contents.send("number", 1)
      return "sent"
    } catch (error) {
      return [window.isDestroyed(), String(error)]
    }
  })
  expect(found).toEqual([true, "TypeError: Object has been destroyed"])
})

test("a window that says so is protected from capture", async ({ app, page }) => {
  test.skip(!isStandIn && process.platform === "linux", "Electron on Linux has no such protection to ask for")
  await expect(page.getByRole("heading")).toBeVisible()
  const isProtected = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.isContentProtected(),
  )
  expect(isProtected).toBe(true)
})

test("the title on a stand-in's window says that it is one, also when the page changes it", async ({
  app,
  page,
}) => {
  test.skip(!isStandIn, "only the stand-in says that it is one")
  await expect(page).toHaveTitle("Fixture page (stand-in)")
  await page.evaluate(() => {
    document.title = "Another"
  })
  await expect(page).toHaveTitle("Another (stand-in)")
  // Main sees the page's own title, as with Electron.
  const title = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle())
  await expect.poll(title).toBe("Another")
})

test("main hears of keys with a modifier, and a menu answers to them", async ({ app, page }) => {
  await page.getByRole("textbox").focus()
  await page.keyboard.press("Control+L")
  await expect.poll(async () => (await seenBy(app)).keys).toContain("L")
  const code = new Promise((resolve) => app.process().once("exit", resolve))
  // The window may be gone before the key is up again.
  await page.keyboard.press("Control+q").catch(() => undefined)
  expect(await code).toBe(0)
})

test("a letter or digit that is merely typed never travels to main on the stand-in", async ({
  app,
  page,
}) => {
  test.skip(!isStandIn, "Electron tells main of every key")
  await page.getByRole("textbox").focus()
  await page.keyboard.type("1234a")
  await page.keyboard.press("Escape")
  await expect.poll(async () => (await seenBy(app)).keys).toContain("Escape")
  expect(new Set((await seenBy(app)).keys)).toEqual(new Set(["Escape"]))
  await expect(page.getByRole("textbox")).toHaveValue("1234a")
})

test("Chromium's own shortcuts open nothing", async ({ app, page }) => {
  await page.getByRole("textbox").focus()
  for (const keys of ["Control+t", "Control+n", "Control+Shift+I", "F12", "Control+p"])
    await page.keyboard.press(keys)
  await expect(page.getByRole("heading")).toHaveText("First window")
  expect(app.windows()).toHaveLength(1)
})

test("the theme that main wants is the one that the page sees", async ({ page }) => {
  const isDark = () => page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches)
  expect(await page.evaluate(() => window.fixture.call("theme", "dark"))).toBe(true)
  await expect.poll(isDark).toBe(true)
  expect(await page.evaluate(() => window.fixture.call("theme", "light"))).toBe(false)
  await expect.poll(isDark).toBe(false)
})

test("a window can be zoomed to twice its size", async ({ app, page }) => {
  const width = () => page.evaluate(() => window.innerWidth)
  const before = await width()
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(2))
  await expect.poll(width).toBe(Math.round(before / 2))
})
