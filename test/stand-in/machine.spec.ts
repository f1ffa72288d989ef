import { expect, test } from "./fixture.ts"

test("a message box answers with the button that was chosen", async ({ app, page }) => {
  await app.evaluate(({ dialog }) => {
    dialog.showMessageBox = () => Promise.resolve({ response: 1, checkboxChecked: false })
  })
  expect(await page.evaluate(() => window.fixture.call("ask"))).toBe(1)
})

test("what goes outside can be watched, and goes nowhere by itself", async ({ app, page }) => {
  await app.evaluate(({ shell }) => {
    shell.openExternal = (url) => {
      Object.assign(globalThis, { outside: url })
      return Promise.resolve()
    }
  })
  await page.evaluate(() => window.fixture.call("open outside", "https://outside.example/manual"))
  // A text of the test's own.
  const outside = await app.evaluate(() => Reflect.get(globalThis, "outside") as unknown)
  expect(outside).toBe("https://outside.example/manual")
})

test("a utility process computes elsewhere and takes bytes as bytes", async ({ app, page }) => {
  const { sum, bytes, pid } = await page.evaluate(async () => {
    const answer = await window.fixture.call("sum", 1000)
    // What worker.mjs of the fixture posts.
    const { sum, bytes, pid } = answer as { sum: number; bytes: unknown; pid: number }
    return { sum, bytes: bytes instanceof Uint8Array && [...bytes], pid }
  })
  expect(sum).toBe(500_500)
  expect(bytes).toEqual([1, 2, 3])
  expect(pid).not.toBe(app.process().pid)
})

test("without a keyring there is no safe storage, and encrypting is an error", async ({ launch }) => {
  const app = await launch({ ELECTRON_STANDIN_KEYRING: "0" })
  const [isAvailable, error] = await app.evaluate(async ({ safeStorage }) => [
    await safeStorage.isAsyncEncryptionAvailable(),
    await safeStorage.encryptStringAsync("secret").catch(String),
  ])
  expect(isAvailable).toBe(false)
  expect(error).toMatch(/Encryption is not available/)
})

test("with a keyring a secret comes back, and only from what was encrypted", async ({ launch }) => {
  const app = await launch({ ELECTRON_STANDIN_KEYRING: "1" })
  const found = await app.evaluate(async ({ safeStorage }) => {
    const encrypted = await safeStorage.encryptStringAsync("secret")
    const { result } = await safeStorage.decryptStringAsync(encrypted)
    const wrong = await safeStorage.decryptStringAsync(Buffer.from("x")).then(() => "decrypted", String)
    return {
      isClear: encrypted.includes("secret"),
      result,
      wrong,
      backend: safeStorage.getSelectedStorageBackend(),
    }
  })
  expect(found).toMatchObject({ isClear: false, result: "secret", backend: "gnome_libsecret" })
  expect(found.wrong).toMatch(/does not appear to be encrypted/)
})

test("events of the machine reach whoever listens", async ({ app }) => {
  const heard = await app.evaluate(({ powerMonitor }) => {
    const events: string[] = []
    powerMonitor.on("lock-screen", () => events.push("lock-screen"))
    powerMonitor.on("suspend", () => events.push("suspend"))
    powerMonitor.emit("lock-screen")
    powerMonitor.emit("suspend")
    return events
  })
  expect(heard).toEqual(["lock-screen", "suspend"])
})

test("what is copied can be read again", async ({ app }) => {
  const text = await app.evaluate(async ({ clipboard }) => {
    await clipboard.writeText("123456-7890")
    const read = await clipboard.readText()
    clipboard.clear()
    return [read, await clipboard.readText()]
  })
  expect(text).toEqual(["123456-7890", ""])
})

test("main has the application's name, version and paths", async ({ app, profile }) => {
  const facts = await app.evaluate(({ app: main }) => ({
    name: main.getName(),
    version: main.getVersion(),
    userData: main.getPath("userData"),
    isPackaged: main.isPackaged,
    item: process.type,
  }))
  expect(facts).toEqual({
    name: "Fixture",
    version: "1.2.3",
    userData: profile,
    isPackaged: false,
    item: "browser",
  })
})
