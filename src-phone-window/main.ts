import { app, BrowserWindow, ipcMain, screen, session } from "electron"
import { join } from "node:path"
import { lockDownEveryPage, pagePreferences, refusePermissions } from "../src-main/app/lock-down.ts"
import { START_PAGE } from "../src-main/app/origin.ts"
import { declareScheme, servePages } from "../src-main/app/own-scheme.ts"
import { isFromWindow } from "../src-main/app/from-window.ts"
import { PHONE_STATE_CHANNEL } from "./contract.ts"
import { readPhoneFile } from "./phone-file.ts"
import { PhoneSession } from "./phone-session.ts"
import { servePhone } from "./serve-phone.ts"

/**
 * The tester's second window: the patient's phone, so that one person can play both sides. An application of its own, which
 * shares nothing with the desk but the backend; it is in no package.
 */
declareScheme()
lockDownEveryPage(app)
const userData = app.commandLine.getSwitchValue("user-data-dir")
if (userData !== "") app.setPath("userData", userData)

void app.whenReady().then(start)

async function start(): Promise<void> {
  const parts = await readPhoneFile(app.commandLine.getSwitchValue("phone"))
  const phone = new PhoneSession(parts)
  // This file lies in `main`, beside `page` and `preload`.
  const bundles = join(import.meta.dirname, "..")
  refusePermissions(session.defaultSession)
  servePages(join(bundles, "page"))
  const window = openPhone(join(bundles, "preload", "preload.cjs"))
  servePhone(ipcMain, phone, (caller) => isFromWindow(window, caller))
  phone.subscribe((state) => {
    if (!window.isDestroyed()) window.webContents.send(PHONE_STATE_CHANNEL, state)
  })
  app.on("before-quit", () => {
    phone.end()
  })
  await phone.start()
}

const PHONE = { width: 400, height: 860 }

function openPhone(preload: string): BrowserWindow {
  const { width, height } = screen.getPrimaryDisplay().workAreaSize
  // At the right edge, where it covers least of the desk.
  const window = new BrowserWindow({
    x: width - PHONE.width,
    y: 0,
    width: PHONE.width,
    height: Math.min(PHONE.height, height),
    minWidth: 320,
    title: "Telefoon van de patiënt",
    autoHideMenuBar: true,
    webPreferences: pagePreferences(preload, app.isPackaged),
  })
  void window.loadURL(START_PAGE)
  return window
}

app.on("window-all-closed", () => {
  app.quit()
})
