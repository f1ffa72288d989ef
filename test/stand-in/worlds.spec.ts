import { expect, test } from "./fixture.ts"

test("values keep their kinds from page to main and back", async ({ page }) => {
  const back = await page.evaluate(async () => {
    const { call } = window.fixture
    const cycle: { self?: unknown } = {}
    cycle.self = cycle
    const nothing: unknown = undefined
    const sent = {
      date: new Date(5),
      bytes: new Uint8Array([1, 2]),
      floats: new Float64Array([1.5, -0]),
      map: new Map([["key", new Set([1])]]),
      nothing,
      big: 12345678901234567890n,
      negativeZero: -0,
      pattern: /a/gi,
      error: new RangeError("far"),
      buffer: new Uint8Array([9]).buffer,
      $: 1,
      cycle,
    }
    // The fixture answers what it was given.
    const got = (await call("echo", sent)) as typeof sent
    return {
      date: got.date instanceof Date && got.date.getTime(),
      bytes: got.bytes instanceof Uint8Array && [...got.bytes],
      floats: got.floats instanceof Float64Array && Object.is(got.floats[1], -0),
      map: got.map.get("key")?.has(1),
      nothing: "nothing" in got && got.nothing === undefined,
      big: String(got.big),
      negativeZero: Object.is(got.negativeZero, -0),
      pattern: String(got.pattern),
      error: got.error instanceof RangeError && got.error.message,
      buffer: got.buffer instanceof ArrayBuffer && got.buffer.byteLength,
      $: got.$,
      cycle: got.cycle.self === got.cycle,
    }
  })
  expect(back).toEqual({
    date: 5,
    bytes: [1, 2],
    floats: true,
    map: true,
    nothing: true,
    big: "12345678901234567890",
    negativeZero: true,
    pattern: "/a/gi",
    error: "far",
    buffer: 1,
    $: 1,
    cycle: true,
  })
})

test("an error of main arrives with the channel and its own words", async ({ page }) => {
  const words = await page.evaluate(async () => {
    const told = (error: unknown) => (error instanceof Error ? error.message : "no error")
    return [
      await window.fixture.call("fail").catch(told),
      await window.fixture.call("nobody there").catch(told),
      await window.fixture.call("echo", () => 1).catch(told),
    ]
  })
  expect(words[0]).toBe("Error invoking remote method 'fail': TypeError: not today")
  expect(words[1]).toBe(
    "Error invoking remote method 'nobody there': Error: No handler registered for 'nobody there'",
  )
  expect(words[2]).toBe("An object could not be cloned.")
})

test("the bridge carries functions, promises and errors", async ({ page }) => {
  const crossed = await page.evaluate(async () => {
    const { fixture } = window
    const told = (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : "no error")
    const thrown = () => {
      try {
        return fixture.fails()
      } catch (error) {
        return told(error)
      }
    }
    const [number, date, bytes] = fixture.nested.deep.list
    return {
      sum: fixture.adder(1)(2),
      twice: fixture.twice(() => 21),
      thrown: thrown(),
      rejected: await fixture.failsLater().catch(told),
      list: [number, date instanceof Date, bytes instanceof Uint8Array],
    }
  })
  expect(crossed).toEqual({
    sum: 3,
    twice: 42,
    thrown: "RangeError: out of range",
    rejected: "RangeError: out of range, later",
    list: [1, true, true],
  })
})

test("what the preload exposes cannot be changed, and nothing else of it is there", async ({ page }) => {
  const found = await page.evaluate(() => {
    const change = (work: () => unknown) => {
      try {
        work()
        return "done"
      } catch {
        return "refused"
      }
    }
    return {
      replaced: Reflect.set(window, "fixture", 1),
      deleted: Reflect.deleteProperty(window, "fixture"),
      pushed: change(() => window.fixture.nested.deep.list.push(1)),
      frozen: Object.isFrozen(window.fixture) && Object.isFrozen(window.fixture.call),
      globals: ["require", "process", "module", "Buffer", "secretOfPreload"].filter((name) => name in window),
      ours: Object.getOwnPropertyNames(globalThis).filter((name) => /stand.?in|electron/i.test(name)),
      ownPrototype: Object.getPrototypeOf(window.fixture) === Object.prototype,
      ownFunctions: window.fixture.call instanceof Function,
    }
  })
  expect(found).toEqual({
    replaced: false,
    deleted: false,
    pushed: "refused",
    frozen: true,
    globals: [],
    ours: [],
    ownPrototype: true,
    ownFunctions: true,
  })
})

test("a preload is sandboxed: it has electron, and no files", async ({ page }) => {
  const found = await page.evaluate(() => ({
    versions: window.fixture.versions(),
    files: window.fixture.canRequire("fs"),
    electron: window.fixture.canRequire("electron"),
  }))
  expect(found.versions.sandboxed).toBe(true)
  expect(found.versions.electron).toMatch(/^\d+\./)
  expect(found.files).toMatch(/module not found: fs/)
  expect(found.electron).toBe("object")
})

test("a frame within the page gets nothing of the preload", async ({ page }) => {
  await page.evaluate(() => {
    const frame = document.createElement("iframe")
    frame.src = "frame.html"
    document.body.append(frame)
  })
  await expect(page.frameLocator("iframe").locator("p")).toHaveText("A frame within the page.")
  const frame = page.frames()[1]
  expect(await frame?.evaluate(() => "fixture" in window)).toBe(false)
})

test("messages of main arrive in order, before the answer that follows them", async ({ page }) => {
  const numbers = await page.evaluate(async () => {
    const got: number[] = []
    const stop = window.fixture.onNumber((number) => got.push(number))
    await window.fixture.call("burst", 500)
    stop()
    await window.fixture.call("burst", 3)
    return got
  })
  expect(numbers).toEqual(Array.from({ length: 500 }, (_, index) => index))
})

test("main knows by what page it is called", async ({ page }) => {
  const sender = await page.evaluate(() => window.fixture.call("sender"))
  expect(sender).toEqual(["app://fixture/index.html", "app://fixture", null])
})
