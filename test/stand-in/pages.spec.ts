import { expect, seenBy, test } from "./fixture.ts"

test("app:// answers with the handler's own status, type and refusal of what is outside", async ({
  page,
}) => {
  const answers = await page.evaluate(async () => {
    const get = async (path: string) => {
      const response = await fetch(path)
      return [response.status, response.headers.get("content-type")]
    }
    return {
      page: await get("/index.html"),
      script: await get("page.js"),
      missing: await get("/nothing.js"),
      outside: await get("/..%2f..%2f..%2fpackage.json"),
      isSecure: isSecureContext,
    }
  })
  expect(answers).toMatchObject({
    page: [200, "text/html; charset=utf-8"],
    script: [200, "text/javascript"],
    missing: [404, "text/plain;charset=UTF-8"],
    outside: [403, "text/plain;charset=UTF-8"],
    isSecure: true,
  })
})

test("the Content-Security-Policy of the answer is in force, Trusted Types with it", async ({ page }) => {
  const found = await page.evaluate(async () => {
    const nameOf = (work: () => unknown) => {
      try {
        work()
        return "allowed"
      } catch (error) {
        return error instanceof Error ? error.name : "no error"
      }
    }
    const script = document.createElement("script")
    script.append("window.inlineRan = true")
    document.head.append(script)
    // Chromium lets code that a test has just handed in evaluate what it likes; a task later it no longer does.
    await new Promise((resolve) => setTimeout(resolve, 50))
    const outside = await fetch("https://outside.example/").then(
      () => "fetched",
      (error: unknown) => (error instanceof Error ? error.name : "no error"),
    )
    return {
      inline: "inlineRan" in window,
      evaluated: nameOf(() => Reflect.get(window, "eval")("1")),
      markup: nameOf(() => Reflect.set(document.body, "innerHTML", "<b>bold</b>")),
      outside,
    }
  })
  expect(found.inline).toBe(false)
  expect(found.evaluated).toMatch(/EvalError/)
  expect(found.markup).toBe("TypeError")
  expect(found.outside).toBe("TypeError")
})

test("the window stays on its page when a link wants to leave it", async ({ app, page }) => {
  await page.getByText("leave").click()
  await expect.poll(async () => (await seenBy(app)).blocked).toBe("https://outside.example/steal")
  await expect(page.getByRole("heading")).toHaveText("First window")
  const address = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getURL(),
  )
  expect(address).toBe("app://fixture/index.html")
})

test("no window opens for a link or a script that wants one; main is asked", async ({ app, page }) => {
  await page.getByText("help").click()
  await expect.poll(async () => (await seenBy(app)).opened).toBe("https://outside.example/help")
  const handle = await page.evaluate(() => window.open("https://outside.example/pop", "", "width=100"))
  expect(handle).toBeNull()
  await expect.poll(async () => (await seenBy(app)).opened).toBe("https://outside.example/pop")
  expect(app.windows()).toHaveLength(1)
})

test("permissions that main refuses are refused to the page", async ({ page }) => {
  const refused = await page.evaluate(async () => {
    const told = (error: unknown) => (error instanceof Error ? error.name : "no error")
    const place = await new Promise((resolve) => {
      navigator.geolocation.getCurrentPosition(resolve, ({ code }) => {
        resolve(code)
      })
    })
    return {
      place,
      notifications: await Notification.requestPermission(),
      clipboard: await navigator.clipboard.readText().catch(told),
      microphone: await navigator.mediaDevices.getUserMedia({ audio: true }).then(() => "given", told),
      screen: await navigator.mediaDevices.getDisplayMedia().then(() => "given", told),
    }
  })
  expect(refused).toEqual({
    place: 1,
    notifications: "denied",
    clipboard: "NotAllowedError",
    microphone: "NotAllowedError",
    screen: "NotAllowedError",
  })
})

test("storage survives a restart", async ({ launch }) => {
  const first = await launch()
  const page = await first.firstWindow()
  await page.evaluate(() => {
    localStorage.setItem("kept", "yes")
  })
  // Chromium writes it half a second or so after.
  await page.waitForTimeout(1000)
  await first.close()
  const second = await launch()
  const again = await second.firstWindow()
  expect(await again.evaluate(() => localStorage.getItem("kept"))).toBe("yes")
})

test("a download is refused", async ({ page }) => {
  const download = page.waitForEvent("download", { timeout: 2000 }).then(
    async (begun) => await begun.failure(),
    () => "none began",
  )
  await page.evaluate(() => {
    const link = document.createElement("a")
    link.href = "page.js"
    link.download = "page.js"
    document.body.append(link)
    link.click()
  })
  expect(await download).not.toBeNull()
})
