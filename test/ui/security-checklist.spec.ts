import { expect } from "@playwright/test"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { CONTENT_SECURITY_POLICY, HEADERS } from "../../src-main/app/serve-renderer.ts"
import { CALLS } from "../../src-preload/contract.ts"
import { readMain } from "./support/main-text.ts"
import { test } from "./support/opened-desk.ts"
import { addressOf, answerTo, inPage, whatLoads } from "./support/page-attempts.ts"

// electronjs.org/docs/latest/tutorial/security: its 20 rules, each held against the window as it runs. What a page cannot
// show of its own preferences is in test/desk/security-checklist.test.ts.
test.describe.configure({ mode: "default" })

const ROOT = join(import.meta.dirname, "..", "..")
/** Electron's, and the name that Chromium knows ours by where it stands in for Electron. */
const OWN_ORIGINS = ["app://desk", "https://desk.app.invalid"]
const readText = (name: string): Promise<string> => readFile(join(ROOT, name), "utf8")

test("rule 1: all that the window is made of comes from its own scheme", async ({ opened }) => {
  const { origin, foreign, count } = await opened.window.evaluate(() => {
    const loaded = performance.getEntriesByType("resource").map(({ name }) => name)
    return {
      origin: location.origin,
      count: loaded.length,
      foreign: loaded.filter((name) => !name.startsWith(`${location.origin}/`)),
    }
  })
  expect(count).toBeGreaterThan(1)
  expect(foreign).toEqual([])
  expect(OWN_ORIGINS).toContain(origin)
  expect(await addressOf(opened.application)).toBe("app://desk/index.html")
})

test("rule 2: nothing of Node is in the page, nor in a frame or worker that it makes", async ({ opened }) => {
  const found = await opened.window.evaluate(async () => {
    const names = ["require", "process", "module", "exports", "Buffer", "global", "__dirname", "setImmediate"]
    const frame = document.createElement("iframe")
    document.body.append(frame)
    const framed = frame.contentWindow ?? window
    const found = names.filter((name) => name in window || name in framed)
    frame.remove()
    const worker = await new Promise<string>((resolve) => {
      try {
        const made = new Worker(URL.createObjectURL(new Blob(["postMessage(typeof process)"])))
        made.onmessage = ({ data }) => {
          resolve(String(data))
        }
        made.onerror = () => {
          resolve("no worker")
        }
      } catch {
        resolve("no worker")
      }
    })
    return { found, worker }
  })
  expect(found).toEqual({ found: [], worker: "no worker" })
})

test("rule 3: what the page does to its own world reaches neither the door nor the preload's world", async ({
  opened,
}) => {
  const outcome = await opened.window.evaluate(async () => {
    // By these two the preload overwrites a PIN; nothing of the page itself uses them meanwhile.
    const own: readonly (readonly [object, string])[] = [
      [Object, "values"],
      [Uint8Array.prototype, "fill"],
    ]
    const seen: string[] = []
    const kept = own.map(([holder, name]): unknown => Reflect.get(holder, name))
    for (const [holder, name] of own) Reflect.set(holder, name, () => seen.push(name))
    const answered = await window.desk.sign({ pin: new Uint8Array([49, 50, 51, 52]) })
    for (const [index, [holder, name]] of own.entries()) Reflect.set(holder, name, kept[index])
    const before = window.desk
    let replaced = "replaced"
    try {
      Object.defineProperty(window, "desk", { value: {} })
    } catch {
      replaced = "kept"
    }
    return {
      seen,
      answered: answered.ok ? "ok" : answered.problem.code,
      replaced: window.desk === before ? "kept" : replaced,
      frozen: Object.isFrozen(window.desk),
    }
  })
  expect(outcome).toEqual({ seen: [], answered: "OUT_OF_ORDER", replaced: "kept", frozen: true })
})

test("rule 4: the preload asks for nothing that the sandbox would not give", async ({ opened }) => {
  expect(await opened.window.evaluate(() => typeof window.desk.readState)).toBe("function")
  const required = [
    ...(await readText("out/preload/preload.cjs")).matchAll(/require\(["'`]([^"'`]+)["'`]\)/g),
  ]
  expect(required.map(([, name]) => name)).toEqual(["electron"])
  expect(await readMain()).toMatch(/sandbox: (true|!0)/)
})

test("rule 5: every permission is refused", async ({ opened }) => {
  const refused = await opened.window.evaluate(async () => {
    const asked = ["geolocation", "notifications", "camera", "microphone", "clipboard-read", "midi"]
    const states = await Promise.all(
      asked.map((name) =>
        // Sound: names that the browser may not know are refused with an error.
        navigator.permissions.query({ name: name as PermissionName }).then(
          ({ state }) => state,
          () => "denied",
        ),
      ),
    )
    const place = await new Promise<string>((resolve) => {
      navigator.geolocation.getCurrentPosition(
        () => {
          resolve("told")
        },
        ({ code }) => {
          resolve(`refused ${String(code)}`)
        },
      )
    })
    const media = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
      () => "given",
      () => "refused",
    )
    const notify = await Notification.requestPermission()
    return { granted: asked.filter((_, index) => states[index] === "granted"), place, media, notify }
  })
  expect(refused).toEqual({ granted: [], place: "refused 1", media: "refused", notify: "denied" })
})

test("rule 6: the same origin policy holds, also for this machine's own files and servers", async ({
  opened,
  world,
}) => {
  for (const address of [world.backend.origin, "file:///etc/passwd", "app://elsewhere/index.html"])
    expect(await whatLoads(opened.window, address)).toEqual([])
})

test("rule 7: the policy comes with every answer, and stops inline, evaluated and foreign script", async ({
  opened,
}) => {
  const page = await opened.window.reload()
  await opened.window.locator("h1").waitFor()
  for (const answer of [page, await answerTo(opened.window, "/no-such-file.png")]) {
    const headers = answer?.headers() ?? {}
    expect(headers["content-security-policy"]).toBe(CONTENT_SECURITY_POLICY)
    for (const [name, value] of Object.entries(HEADERS)) expect(headers[name]).toBe(value)
  }
  expect(await inPage(opened.window, "eval")).toBe("EvalError")
  expect(await inPage(opened.window, "markup")).toBe("TypeError")
  expect(["TypeError", "ignored"]).toContain(await inPage(opened.window, "inline"))
  expect(["TypeError", "EvalError"]).toContain(await inPage(opened.window, "string timer"))
})

test("rule 8: nothing is loaded by a connection that is not secure", async ({ opened, world }) => {
  const { port } = new URL(world.backend.origin)
  expect(await whatLoads(opened.window, `http://localhost:${port}/v1/crls/00`)).toEqual([])
})

test("rules 9 and 10: no experimental feature of Chromium or Blink is asked for", async () => {
  expect(await readMain()).not.toMatch(
    /enableBlinkFeatures|experimentalFeatures: (true|!0)|appendSwitch|enable-experimental/,
  )
})

test("rules 11 and 12: a webview in the page is an unknown element, and no page comes of it", async ({
  opened,
}) => {
  const made = await opened.window.evaluate(() => {
    const view = document.createElement("webview")
    view.setAttribute("src", "app://desk/index.html")
    view.setAttribute("allowpopups", "")
    document.body.append(view)
    const found = {
      known: !(view instanceof HTMLUnknownElement) && "loadURL" in view,
      shadow: view.shadowRoot !== null,
    }
    view.remove()
    return found
  })
  expect(made).toEqual({ known: false, shadow: false })
  expect(opened.application.windows()).toHaveLength(1)
})

// Where Chromium stands in for Electron, a page that leaves for nowhere asks for nothing, and is not noticed.
const isStandIn = process.env["ELECTRON_OVERRIDE_DIST_PATH"] !== undefined
const NOWHERE = isStandIn ? [] : ["about:blank"]
const ELSEWHERE = [
  "https://example.org/",
  "file:///etc/passwd",
  "data:text/html,x",
  "app://elsewhere/",
  ...NOWHERE,
]
const LEAVING = ["script", "link", "form", "open in place"] as const

test("rule 13: the page goes nowhere: not by script, link, form or a frame's target", async ({
  startDesk,
}) => {
  // A desk of its own: what is refused leaves the page with errands that never end.
  const { window: page, application } = await startDesk()
  for (const address of ELSEWHERE) {
    for (const way of LEAVING) {
      await page.evaluate(
        ([url, by]) => {
          Object.assign(window, { stayed: true })
          const link = Object.assign(document.createElement("a"), { href: url })
          const form = Object.assign(document.createElement("form"), { action: url, method: "post" })
          document.body.append(link, form)
          // After this call has been answered: a page that leaves takes its callers with it.
          setTimeout(() => {
            if (by === "script") location.assign(url)
            else if (by === "link") link.click()
            else if (by === "form") form.submit()
            else open(url, "_self")
            link.remove()
            form.remove()
          }, 0)
        },
        [address, way] as const,
      )
      const stayed = await page.evaluate(async () => {
        await new Promise((resolve) => setTimeout(resolve, 50))
        return "stayed" in window
      })
      expect([address, way, stayed]).toEqual([address, way, true])
    }
  }
  expect(await addressOf(application)).toBe("app://desk/index.html")
})

test("rule 14: no second window, whoever asks for it", async ({ opened }) => {
  const { application } = opened
  const made = await opened.window.evaluate(() => {
    const link = Object.assign(document.createElement("a"), {
      href: "app://desk/index.html",
      target: "_blank",
    })
    document.body.append(link)
    link.click()
    link.remove()
    return ["https://example.org/", "app://desk/index.html", "about:blank"].map(
      (url) => window.open(url) === null,
    )
  })
  expect(made).toEqual([true, true, true])
  expect(application.windows()).toHaveLength(1)
  expect(await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test("rule 15: nothing is handed to the system to open", async ({ opened }) => {
  const { application } = opened
  await application.evaluate(({ shell }) => {
    const opening: string[] = []
    Object.assign(globalThis, { opening })
    shell.openExternal = (url) => {
      opening.push(url)
      return Promise.resolve()
    }
  })
  await opened.window.evaluate(() => {
    for (const url of ["https://example.org/", "mailto:x@example.org", "tel:112"]) {
      const link = Object.assign(document.createElement("a"), { href: url, target: "_blank" })
      document.body.append(link)
      link.click()
      link.remove()
      window.open(url)
    }
  })
  const opening = await application.evaluate((): unknown => Reflect.get(globalThis, "opening"))
  expect(opening).toEqual([])
  expect(await readMain()).not.toMatch(/openExternal|openPath/)
})

test("rule 16: what runs is the Electron that package.json pins", async ({ opened }) => {
  const running = await opened.application.evaluate(() => process.versions.electron)
  expect(await readText("package.json")).toContain(`"electron": "${running}"`)
})

test("rule 18: no page is a file, and the scheme gives out nothing but the window's own folder", async ({
  opened,
}) => {
  const { window, application } = opened
  for (const path of [
    "/../main/main.js",
    "/%2e%2e/main/main.js",
    "/..%2fmain/main.js",
    "/..%5cmain%5cmain.js",
    "/assets/..%2f..%2fpreload/preload.cjs",
  ])
    expect((await answerTo(window, path)).status()).toBe(404)
  expect(await addressOf(application)).toBe("app://desk/index.html")
  expect(await readMain()).not.toMatch(/loadFile\(/)
})

test("rule 19: the fuses of a package are as this house wants them", async () => {
  const text = await readText("electron-builder.yml")
  const fuses = text.slice(text.indexOf("electronFuses:")).split("\n\n")[0] ?? ""
  for (const [name, value] of [
    ["runAsNode", "false"],
    ["enableCookieEncryption", "true"],
    ["enableNodeOptionsEnvironmentVariable", "false"],
    ["enableNodeCliInspectArguments", "false"],
    ["enableEmbeddedAsarIntegrityValidation", "true"],
    ["onlyLoadAppFromAsar", "true"],
    ["grantFileProtocolExtraPrivileges", "false"],
  ] as const)
    expect(fuses).toMatch(new RegExp(`^  ${name}: ${value}$`, "m"))
})

test("rule 20: the page gets the table's calls and one event, and no object of Electron's", async ({
  opened,
}) => {
  const door = await opened.window.evaluate(async () => {
    const given: unknown[][] = []
    const stop = window.desk.onState((...all) => {
      given.push(all)
    })
    await window.desk.chooseSettings({ idleMinutes: 9 })
    await new Promise((resolve) => setTimeout(resolve, 0))
    stop()
    const strangers = ["ipcRenderer", "electron", "contextBridge", "webFrame"].filter(
      (name) => name in window,
    )
    return {
      names: Object.keys(window.desk).sort(),
      kinds: [...new Set(Object.values(window.desk).map((value) => typeof value))],
      given: [...new Set(given.map((all) => all.length))],
      strangers,
    }
  })
  expect(door).toEqual({
    names: [...Object.keys(CALLS), "onState"].sort(),
    kinds: ["function"],
    given: [1],
    strangers: [],
  })
})
