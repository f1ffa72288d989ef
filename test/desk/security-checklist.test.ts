import { mkdtemp, mkdir, readFile, rm, writeFile } from "node:fs/promises"
import { readdirSync, readFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { isPinTyped } from "../../src-main/app/content-protection.ts"
import {
  lockDownEveryPage,
  pagePreferences,
  refuseNavigation,
  refuseNewWindows,
  refusePermissions,
  refuseWebviews,
} from "../../src-main/app/lock-down.ts"
import { menuTemplate } from "../../src-main/app/menu.ts"
import { isOwnAddress, START_PAGE } from "../../src-main/app/origin.ts"
import { CONTENT_SECURITY_POLICY, fileOf, HEADERS, serveRenderer } from "../../src-main/app/serve-renderer.ts"
import type { ConsultView } from "../../src-preload/desk-state.ts"
import { whenFileIsDone } from "../card/support/when-file-is-done.ts"

// Electron's security checklist, electronjs.org/docs/latest/tutorial/security, of 20 rules: a test a rule.
const ROOT = join(import.meta.dirname, "..", "..")

/** A page of Electron's that notes who listens, and tells them what happens. */
function page() {
  const listeners = new Map<string, (...given: unknown[]) => void>()
  let opening: ((details: { url: string }) => { action: string }) | undefined
  return {
    // Sound for a test: a rule uses nothing else of a page.
    contents: {
      on: (name: string, listener: (...given: unknown[]) => void) => listeners.set(name, listener),
      setWindowOpenHandler: (handler: typeof opening) => {
        opening = handler
      },
      // Sound for a test: see above.
    } as never,
    /** Whether the event was prevented. */
    happens: (name: string, details: object = {}): boolean => {
      let prevented = false
      const preventDefault = (): void => {
        prevented = true
      }
      listeners.get(name)?.({ ...details, preventDefault })
      return prevented
    },
    opens: (url: string) => opening?.({ url }),
  }
}

const preferences = pagePreferences("/preload.cjs", true)

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(ROOT, folder, name))
}

function sourcesOf(...folders: readonly string[]): string {
  return folders
    .flatMap(sourceFiles)
    .map((path) => readFileSync(path, "utf8"))
    .join("\n")
}

describe("rule", () => {
  test("1 and 13, only own content and no navigation: to anywhere else, by link, redirect or in a frame", () => {
    const { contents, happens } = page()
    refuseNavigation(contents)
    for (const url of [
      "https://example.org/",
      "http://127.0.0.1/",
      "file:///etc/passwd",
      "data:text/html,x",
      "app://desk.x/",
    ])
      for (const name of ["will-navigate", "will-frame-navigate"])
        expect(happens(name, { url, isMainFrame: true })).toBe(true)
    expect(happens("will-navigate", { url: START_PAGE })).toBe(false)
    expect(happens("will-frame-navigate", { url: START_PAGE, isMainFrame: true })).toBe(false)
    expect(happens("will-frame-navigate", { url: START_PAGE, isMainFrame: false })).toBe(true)
    expect(happens("will-redirect", { url: START_PAGE })).toBe(true)
  })

  test("2, no Node in the page, nor in its workers and frames", () => {
    expect(preferences).toMatchObject({
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
    })
  })

  test("3, context isolation", () => {
    expect(preferences.contextIsolation).toBe(true)
  })

  test("4, the sandbox", () => {
    expect(preferences.sandbox).toBe(true)
    expect(sourcesOf("src-main")).not.toMatch(/no-sandbox|disable-web-security/)
  })

  test("5, every permission is refused: asked for, looked at, or of a device", () => {
    const handlers: ((...given: unknown[]) => unknown)[] = []
    const note = (handler: never): void => void handlers.push(handler)
    refusePermissions({
      setPermissionRequestHandler: note,
      setPermissionCheckHandler: note,
      setDevicePermissionHandler: note,
    })
    const [request, check, device] = handlers
    for (const permission of [
      "media",
      "geolocation",
      "notifications",
      "clipboard-read",
      "hid",
      "openExternal",
    ]) {
      const decided: boolean[] = []
      request?.({}, permission, (granted: boolean) => decided.push(granted))
      expect(decided).toEqual([false])
      expect(check?.({}, permission)).toBe(false)
    }
    expect(device?.({})).toBe(false)
  })

  test("6, web security stays on", () => {
    expect(preferences.webSecurity).toBe(true)
  })

  test("7, a policy that allows nothing but files of ours, with every answer", async () => {
    expect(CONTENT_SECURITY_POLICY).toMatch(/^default-src 'none'; /)
    expect(CONTENT_SECURITY_POLICY).not.toMatch(
      /unsafe|https?:|\*|connect-src|frame-src|worker-src|object-src/,
    )
    expect(CONTENT_SECURITY_POLICY).toContain("require-trusted-types-for 'script'")
    for (const path of ["index.html", "no-such-file.html"]) {
      const { headers } = await (await served())(new Request(`https://x.invalid/`), `app://desk/${path}`)
      for (const [name, value] of Object.entries(HEADERS)) expect(headers.get(name)).toBe(value)
    }
  })

  test("8, no insecure content", () => {
    expect(preferences.allowRunningInsecureContent).toBe(false)
  })

  test("9 and 10, no experimental features of Chromium or Blink", () => {
    expect(preferences.experimentalFeatures).toBe(false)
    expect(Object.keys(preferences)).not.toContain("enableBlinkFeatures")
    expect(sourcesOf("src-main")).not.toMatch(/appendSwitch|enableBlinkFeatures/)
  })

  test("11 and 12, no page within the page", () => {
    expect(preferences.webviewTag).toBe(false)
    const { contents, happens } = page()
    refuseWebviews(contents)
    expect(happens("will-attach-webview")).toBe(true)
    expect(sourcesOf("src-renderer")).not.toMatch(/<webview|<iframe|allowpopups/)
  })

  test("14, no new window", () => {
    const { contents, opens } = page()
    refuseNewWindows(contents)
    for (const url of [START_PAGE, "https://example.org/", "about:blank"])
      expect(opens(url)).toEqual({ action: "deny" })
  })

  test("15, nothing is handed to the system to open", () => {
    expect(sourcesOf("src-main", "src-preload")).not.toMatch(/\bshell\b|openExternal|openPath/)
  })

  test("16, a current Electron: the version is pinned to the line that is supported today", async () => {
    // Sound: our own package.json, and the test fails where it has another shape.
    const { devDependencies } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8")) as {
      devDependencies: Record<string, string>
    }
    expect(devDependencies["electron"]).toMatch(/^45\./)
  })

  test("18, our own scheme instead of file:, out of one folder, and no way out of it", async () => {
    const serve = await served()
    const get = (address: string, method = "GET") =>
      serve(new Request("https://x.invalid/", { method }), address)
    expect(await (await get("app://desk/index.html")).text()).toBe("<p>hello</p>")
    expect((await get("app://desk/index.html")).headers.get("content-type")).toBe("text/html; charset=utf-8")
    expect((await get("app://desk/assets/a.js")).status).toBe(200)
    for (const address of OUTSIDE) expect((await get(address)).status, address).toBe(404)
    expect((await get("app://desk/index.html", "POST")).status).toBe(404)
    expect(sourcesOf("src-main")).not.toMatch(/loadFile\(/)
  })

  test("17 and 20, who calls and what a page gets: see the door's own tests; the preload hands out the table alone", () => {
    const preload = readFileSync(join(ROOT, "src-preload", "preload.ts"), "utf8")
    expect(preload.match(/exposeInMainWorld/g)).toHaveLength(1)
    expect(preload).not.toMatch(/exposeInMainWorld\("[^"]*", ipcRenderer|webFrame|webUtils|process\./)
    expect(sourcesOf("src-main").match(/ipcMain\.(?:handle|on)\(/g)).toHaveLength(1)
  })
})

const OUTSIDE = [
  "app://desk/../secret.js",
  "app://desk/%2e%2e/secret.js",
  "app://desk/..%2fsecret.js",
  "app://desk/..%5csecret.js",
  "app://desk/assets/%2e%2e%2f%2e%2e%2fsecret.js",
  "app://desk//etc/passwd",
  "app://desk/index.html%00.js",
  "app://desk/.hidden.js",
  "app://desk/%",
  "app://desk/",
  "app://desk/notes.txt",
  "app://desk/assets",
  "app://elsewhere/index.html",
  "app://user@desk/index.html",
  "https://desk/index.html",
]

/** What the program answers to an address, with a secret beside its folder. */
async function served(): Promise<(request: Request, address: string) => Promise<Response>> {
  const directory = await mkdtemp(join(tmpdir(), "vrijgave-pages-"))
  whenFileIsDone(() => rm(directory, { recursive: true, force: true }))
  const root = join(directory, "renderer")
  await mkdir(join(root, "assets"), { recursive: true })
  await writeFile(join(root, "index.html"), "<p>hello</p>")
  for (const name of ["assets/a.js", "../secret.js", "notes.txt", ".hidden.js"])
    await writeFile(join(root, name), "1")
  const serve = serveRenderer(root)
  // Node's Request takes no address of our own scheme.
  return ({ method }, url) => serve({ method, url })
}

test("an address is ours by scheme and host, and by nothing that merely begins alike", () => {
  expect(isOwnAddress(START_PAGE)).toBe(true)
  for (const address of [
    "app://desk.example/",
    "app://desk:1/",
    "apps://desk/",
    "app:desk",
    "",
    "app://DESK.x/",
  ])
    expect(isOwnAddress(address)).toBe(false)
  expect(fileOf("/root", "app://desk/index.html")?.path).toBe(join("/root", "index.html"))
})

test("every page that there will ever be is locked down, whoever makes it", () => {
  let made: ((event: object, contents: unknown) => void) | undefined
  // Sound for a test: nothing else of the app is used.
  lockDownEveryPage({ on: (_: string, listener: typeof made) => (made = listener) } as never)
  const { contents, happens, opens } = page()
  made?.({}, contents)
  expect(happens("will-attach-webview")).toBe(true)
  expect(happens("will-navigate", { url: "https://example.org/" })).toBe(true)
  expect(opens("https://example.org/")).toEqual({ action: "deny" })
})

test("developer tools are for development only, and no menu opens them", () => {
  expect(pagePreferences("/preload.cjs", true).devTools).toBe(false)
  expect(pagePreferences("/preload.cjs", false).devTools).toBe(true)
  for (const language of ["nl", "en"] as const) {
    const menu = JSON.stringify(menuTemplate(language, { lock: () => undefined, startNext: () => undefined }))
    expect(menu).toContain("CmdOrCtrl+L")
    expect(menu).not.toMatch(/devtools|reload/i)
  }
})

test("the screen is protected wherever a PIN can be typed, and nowhere else", () => {
  const all: readonly ConsultView["is"][] = [
    ...([
      "signed-out",
      "signing-in",
      "ready",
      "looking-up",
      "comparing",
      "reviewing",
      "entering-pin",
    ] as const),
    ...(["signing", "judging", "posting", "following", "done", "problem"] as const),
  ]
  // Sound for a test: nothing but its name is looked at.
  const isProtected = (is: ConsultView["is"]): boolean => isPinTyped({ consult: { is } as ConsultView })
  expect(all.filter(isProtected)).toEqual(["signed-out", "signing-in", "entering-pin", "signing"])
})
