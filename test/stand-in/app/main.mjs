import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  protocol,
  session,
  shell,
  utilityProcess,
} from "electron"
import { readFile } from "node:fs/promises"
import { extname, join, normalize, sep } from "node:path"

// A small application that does what the desk does with Electron, so that the stand-in can be held to it.

const HERE = import.meta.dirname
const PAGES = join(HERE, "page")
const TYPES = new Map([
  [".html", "text/html; charset=utf-8"],
  [".js", "text/javascript"],
  [".css", "text/css"],
])
const HEADERS = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'",
  "permissions-policy": "display-capture=(), usb=(), hid=(), serial=()",
  "x-content-type-options": "nosniff",
}

/** What tests ask for by `app.evaluate`. */
const seen = {
  opened: "",
  blocked: "",
  second: /** @type {readonly string[]} */ ([]),
  keys: /** @type {string[]} */ ([]),
}
Object.assign(globalThis, { seen })

const profile = app.commandLine.getSwitchValue("user-data-dir")
if (profile !== "") app.setPath("userData", profile)
protocol.registerSchemesAsPrivileged([
  { scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true } },
])
if (app.requestSingleInstanceLock()) start()
else app.quit()

function start() {
  app.on("second-instance", (_event, argv) => {
    seen.second = argv
  })
  app.on("window-all-closed", () => {
    app.quit()
  })
  void app.whenReady().then(() => {
    session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => {
      answer(false)
    })
    session.defaultSession.setPermissionCheckHandler(() => false)
    protocol.handle("app", serve)
    Menu.setApplicationMenu(
      Menu.buildFromTemplate([
        {
          label: "File",
          submenu: [
            {
              id: "quit",
              label: "Quit",
              accelerator: "CmdOrCtrl+Q",
              click: () => {
                app.quit()
              },
            },
          ],
        },
      ]),
    )
    answerCalls()
    openWindow("")
  })
}

/** @param {Request} request */
async function serve(request) {
  const url = new URL(request.url)
  const path = normalize(join(PAGES, decodeURIComponent(url.pathname)))
  if (url.host !== "fixture" || !path.startsWith(PAGES + sep)) return new Response("no", { status: 403 })
  const bytes = await readFile(path).catch(() => undefined)
  if (bytes === undefined) return new Response("nothing there", { status: 404 })
  const type = TYPES.get(extname(path)) ?? "application/octet-stream"
  return new Response(new Uint8Array(bytes), { headers: { ...HEADERS, "content-type": type } })
}

/** @param {string} hash */
function openWindow(hash) {
  const window = new BrowserWindow({
    width: 800,
    height: 500,
    title: "Fixture",
    webPreferences: { preload: join(HERE, "preload.cjs"), sandbox: true, contextIsolation: true },
  })
  window.setContentProtection(true)
  window.webContents.on("will-navigate", (event) => {
    seen.blocked = event.url
    event.preventDefault()
  })
  window.webContents.on("before-input-event", (_event, input) => seen.keys.push(input.key))
  window.webContents.setWindowOpenHandler(({ url }) => {
    seen.opened = url
    return { action: "deny" }
  })
  void window.loadURL(`app://fixture/index.html${hash}`)
  return window
}

function answerCalls() {
  ipcMain.handle("echo", (_event, value) => value)
  ipcMain.handle("describe", (_event, value) =>
    value instanceof Error ? `${value.name}: ${value.message}` : Object.prototype.toString.call(value),
  )
  ipcMain.handle("fail", () => {
    throw new TypeError("not today")
  })
  ipcMain.handle("sender", ({ senderFrame }) => [senderFrame?.url, senderFrame?.origin, senderFrame?.parent])
  ipcMain.handle("second window", () => openWindow("#second").id)
  ipcMain.handle("burst", ({ sender }, /** @type {number} */ length) => {
    for (let number = 0; number < length; number += 1) sender.send("number", number)
  })
  ipcMain.handle("theme", (_event, /** @type {"dark" | "light" | "system"} */ source) => {
    nativeTheme.themeSource = source
    return nativeTheme.shouldUseDarkColors
  })
  ipcMain.handle("ask", async ({ sender }) => {
    const window = BrowserWindow.fromWebContents(sender)
    const options = { message: "Really?", buttons: ["No", "Yes"], cancelId: 0, defaultId: 1 }
    const { response } = await (window === null
      ? dialog.showMessageBox(options)
      : dialog.showMessageBox(window, options))
    return response
  })
  ipcMain.handle("open outside", (_event, /** @type {string} */ url) => shell.openExternal(url))
  ipcMain.handle("sum", (_event, /** @type {number} */ last) => sumElsewhere(last))
}

/**
 * @param {number} last
 * @returns {Promise<unknown>}
 */
function sumElsewhere(last) {
  return new Promise((resolve) => {
    const child = utilityProcess.fork(join(HERE, "worker.mjs"))
    child.on("message", (message) => {
      resolve(message)
      child.kill()
    })
    child.postMessage({ last, bytes: new Uint8Array([1, 2, 3]) })
  })
}
