import { expect, type Page } from "@playwright/test"
import { join } from "node:path"
import { CALLS } from "../../src-preload/contract.ts"
import { test } from "./support/opened-desk.ts"

// A page that somebody else has taken over: what it can do is call the table, as the clinician's own page can, and nothing else.
test.describe.configure({ mode: "default" })

const PRELOAD = join(import.meta.dirname, "..", "..", "out", "preload", "preload.cjs")

/** Calls of the door from the page's own world, with whatever arguments; each as "ok", or the code it is answered with. */
async function callAll(
  page: Page,
  calls: readonly (readonly [name: string, given: readonly unknown[]])[],
): Promise<readonly string[]> {
  return await page.evaluate(async (list) => {
    // Sound: a page that was taken over does not keep to types.
    const door = window.desk as unknown as Readonly<
      Record<string, (...given: readonly unknown[]) => Promise<{ ok: boolean; problem?: { code: string } }>>
    >
    const outcomes: string[] = []
    for (const [name, given] of list) {
      const call = door[name]
      if (call === undefined) outcomes.push("no such call")
      else
        outcomes.push(
          await call(...given).then(
            ({ ok, problem }) => (ok ? "ok" : (problem?.code ?? "?")),
            () => "thrown",
          ),
        )
    }
    return outcomes
  }, calls)
}

test("no name but the table's is a call, and no channel can be named", async ({ opened }) => {
  const names = [
    "constructor",
    "__proto__",
    "toString",
    "invoke",
    "send",
    "ipcRenderer",
    "desk:signIn",
    "readstate",
  ]
  const reached = await opened.window.evaluate((list) => {
    const own = new Set(Object.getOwnPropertyNames(window.desk))
    return list.filter((name) => own.has(name))
  }, names)
  expect(reached).toEqual([])
  const refused = await opened.window.evaluate(() => {
    const attempts = [
      () => Object.assign(window.desk, { invoke: () => undefined }),
      (): unknown => Object.setPrototypeOf(window.desk, { invoke: () => undefined }),
      () => {
        Reflect.set(window, "desk", {})
      },
      () => Reflect.deleteProperty(window, "desk"),
    ]
    return attempts.map((attempt) => {
      try {
        return String(attempt() === undefined)
      } catch {
        return "refused"
      }
    })
  })
  expect(refused.slice(0, 2)).toEqual(["refused", "refused"])
  expect(await opened.window.evaluate(() => Object.getOwnPropertyNames(window.desk).sort())).toEqual(
    [...Object.keys(CALLS), "onState"].sort(),
  )
})

test("an argument that is not the table's is answered a problem, and does nothing", async ({ opened }) => {
  const wrong: readonly (readonly [string, readonly unknown[]])[] = [
    ["signIn", []],
    ["signIn", [{ card: 1, pin: "123456" }]],
    ["signIn", [{ card: "x".repeat(129) }]],
    ["signIn", [{ card: "1", pin: [49, 50] }]],
    ["lookUp", ["407192-8356"]],
    ["lookUp", [{ text: "1".repeat(3_000) }]],
    ["lookUp", [{ text: "1".repeat(5_000_000) }]],
    ["lookUp", [{ text: "1", more: 1 }]],
    ["lookUp", [{ text: ["407192-8356"] }]],
    ["understand", [{ text: null }]],
    ["readState", ["something"]],
    ["goBack", [undefined, "more"]],
    ["chooseSettings", [{ idleMinutes: 0 }]],
    ["chooseSettings", [{ idleMinutes: 1.5 }]],
    ["chooseSettings", [{ language: "de" }]],
    ["chooseSettings", [{ backend: "https://elsewhere.example" }]],
    ["openConsult", [{ id: "" }]],
    ["discardOutboxEntry", [{ id: "../../desk.json" }, "more"]],
  ]
  const answered = await callAll(opened.window, wrong)
  // The bridge passes the first argument alone: what is more than that never leaves the page.
  for (const [index, outcome] of answered.entries()) {
    const [name, given] = wrong[index] ?? ["", []]
    if (given.length > 1) continue
    expect([name, outcome]).toEqual([name, "OUT_OF_ORDER"])
  }
  await expect(opened.window.locator("[data-screen=signed-out]")).toBeVisible()
})

test("a prototype that comes along is nobody's property", async ({ opened }) => {
  const { application } = opened
  const outcomes = await opened.window.evaluate(async () => {
    const text = "407192-8356"
    const own: unknown = JSON.parse(
      '{ "text": "1", "__proto__": { "isAdmin": true }, "constructor": { "prototype": { "isAdmin": true } } }',
    )
    const inherited: unknown = Object.create({ text })
    const hidden: unknown = Object.defineProperty({}, "text", { get: () => text, enumerable: false })
    const outcomes: string[] = []
    // Sound: a page that was taken over does not keep to types.
    for (const given of [own, inherited, hidden] as { text: string }[])
      outcomes.push(
        await window.desk.lookUp(given).then(
          ({ ok }) => (ok ? "ok" : "refused"),
          () => "refused",
        ),
      )
    return outcomes
  })
  expect(outcomes).toEqual(["refused", "refused", "refused"])
  expect(await application.evaluate(() => "isAdmin" in {})).toBe(false)
})

test("what has no place before sign-in is refused: nothing is looked up, signed, sent or thrown away", async ({
  opened,
  world,
}) => {
  const { passed } = world.gate
  const before = passed.length
  const outcomes = await opened.window.evaluate(async () => {
    const { desk } = window
    const outcomes = await Promise.all([
      desk.lookUp({ text: "407192-8356" }),
      desk.agreeWords(),
      desk.denyWords(),
      desk.giveConsent(),
      desk.sign({ pin: new Uint8Array([49, 50, 51, 52, 53, 54]) }),
      desk.retry(),
      desk.sendOutbox(),
      desk.openConsult({ id: "1" }),
      desk.discardOutboxEntry({ id: "0".repeat(64) }),
      desk.signIn({ card: "no such card", pin: new Uint8Array([49, 50, 51, 52]) }),
    ])
    return outcomes.map((answered) => (answered.ok ? "ok" : answered.problem.code))
  })
  expect(outcomes).toEqual(outcomes.map(() => "OUT_OF_ORDER"))
  expect(passed.slice(before).filter(({ path }) => path.includes("disclosures"))).toEqual([])
})

test("a thousand calls at once are each answered, and the desk goes on", async ({ opened }) => {
  const ok = await opened.window.evaluate(async () => {
    const calls = Array.from({ length: 1_000 }, () => window.desk.understand({ text: "407192-83" }))
    return (await Promise.all(calls)).filter((answered) => answered.ok).length
  })
  expect(ok).toBe(1_000)
  await expect(opened.window.locator("[data-screen=signed-out]")).toBeVisible()
})

test("a report for the help desk repeats nothing of what the page asks it to", async ({ opened }) => {
  const report = await opened.window.evaluate(async () => {
    const answered = await window.desk.copyReport({ code: "Jan Jansen 407192-8356" })
    return answered.ok ? answered.answer : ""
  })
  expect(report).toContain("Problem: unknown")
  expect(report).not.toMatch(/Jansen|407192/)
})

test("a second window with the same page and the same preload is no sender: each call is refused", async ({
  opened,
}) => {
  const { application } = opened
  const second = application.waitForEvent("window")
  await application.evaluate(async ({ BrowserWindow }, preload) => {
    const window = new BrowserWindow({
      show: false,
      webPreferences: { preload, sandbox: true, contextIsolation: true },
    })
    Object.assign(globalThis, { second: window })
    await window.loadURL("app://desk/index.html")
  }, PRELOAD)
  const page = await second
  const outcomes = await page.evaluate(async () => {
    const thrown = (error: unknown): string => (error instanceof Error ? error.message : "thrown")
    return await Promise.all([
      window.desk.readState().then(() => "answered", thrown),
      window.desk.lookUp({ text: "407192-8356" }).then(() => "answered", thrown),
      window.desk.chooseSettings({ idleMinutes: 60 }).then(() => "answered", thrown),
    ])
  })
  for (const outcome of outcomes) expect(outcome).toMatch(/refused/)
  const closed = page.waitForEvent("close")
  await application.evaluate(() => {
    // Sound: put there above.
    const { second: window } = globalThis as unknown as { second: Electron.BrowserWindow }
    window.destroy()
  })
  await closed
})

test("a frame in the page has no door", async ({ opened }) => {
  const found = await opened.window.evaluate(() => {
    const frames = ["app://desk/index.html", "about:blank"].map((src) =>
      Object.assign(document.createElement("iframe"), { src }),
    )
    document.body.append(...frames)
    const found = frames.map(({ contentWindow }) => {
      try {
        return contentWindow !== null && "desk" in contentWindow
      } catch {
        return false
      }
    })
    for (const frame of frames) frame.remove()
    return found
  })
  expect(found).toEqual([false, false])
})
