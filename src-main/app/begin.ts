import { app, type BrowserWindow, ipcMain, Menu, session } from "electron"
import { join } from "node:path"
import { setImmediate as nextTurn } from "node:timers/promises"
import type { Config } from "../config.ts"
import { serveContract, type Desk } from "../ipc/serve-contract.ts"
import { isFromWindow } from "./from-window.ts"
import { refusePermissions } from "./lock-down.ts"
import { prepareToServe } from "./serve-renderer.ts"
import { servePages } from "./own-scheme.ts"
import { loadStartPage, makeWindow } from "./window.ts"

const TITLES = { production: "Vrijgave", practice: "Vrijgave – oefenomgeving" } as const

/**
 * Opens the window before there is a desk, and makes the desk while the window's own process starts: neither waits for the
 * other. Every rule holds before the page loads, every channel is served before the page can ask, and the window is shown
 * when both are there. Throws what keeps the desk from being made.
 */
export async function begin(config: Config): Promise<void> {
  const bundles = join(app.getAppPath(), "out")
  refusePermissions(session.defaultSession)
  servePages(join(bundles, "renderer"))
  // The desk brings a menu; until then not Electron's own, which can reload the page.
  Menu.setApplicationMenu(null)
  const title = TITLES[config.environment]
  const window = makeWindow({ bundles, title, isPackaged: app.isPackaged })
  // Never rejected: without a desk the program ends.
  const { promise: desk, resolve: stands } = Promise.withResolvers<Desk>()
  serveContract(ipcMain, { desk, isOurs: (caller) => isFromWindow(window, caller) })
  followProgram(window)
  const painted = loadStartPage(window)
  // First the window's process is asked for; what follows keeps this one busy.
  await nextTurn()
  prepareToServe()
  const { openDesk } = await import("./open-desk.ts")
  const opened = await openDesk(config, bundles, window)
  stands(opened.desk)
  await painted
  if (!window.isDestroyed()) window.show()
  opened.look()
}

function followProgram(window: BrowserWindow): void {
  app.on("second-instance", () => {
    if (window.isDestroyed()) return
    if (window.isMinimized()) window.restore()
    window.focus()
  })
  app.on("window-all-closed", () => {
    app.quit()
  })
}
