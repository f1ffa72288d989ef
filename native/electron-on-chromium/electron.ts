import { app } from "./app/app.ts"
import { dialog } from "./machine/dialog.ts"
import { Menu, MenuItem } from "./machine/menu.ts"
import { safeStorage } from "./machine/safe-storage.ts"
import { clipboard, crashReporter, nativeTheme, powerMonitor, screen, shell } from "./machine/surroundings.ts"
import { utilityProcess } from "./machine/utility-process.ts"
import { net } from "./requests/net.ts"
import { protocol } from "./requests/protocol.ts"
import "./requests/serve-requests.ts"
import { session } from "./requests/session.ts"
import { BrowserWindow } from "./windows/browser-window.ts"
import { ipcMain } from "./windows/ipc-main.ts"
import { webContents } from "./windows/web-contents.ts"

/** What `import … from "electron"` gives in the main process; conformance.ts holds it against Electron's own types. */
export const electron = {
  app,
  BrowserWindow,
  clipboard,
  crashReporter,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  nativeTheme,
  net,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  utilityProcess,
  webContents,
}
