import type { App, Session, WebContents, WebPreferences } from "electron"
import { isOwnAddress } from "./origin.ts"

/**
 * Electron's security checklist (electronjs.org/docs/latest/tutorial/security), a function a rule where a rule is something
 * to do. Rules 7 and 18 are `serve-renderer.ts`, 17 and 20 `serve-contract.ts` and the preload, 19 the packaging.
 */

/** Rules 2, 3, 4, 6, 8, 9, 10 and 11: what a page of ours may be, said out loud also where it is Electron's default. */
export function pagePreferences(preload: string, isPackaged: boolean): WebPreferences {
  return {
    preload,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    contextIsolation: true,
    sandbox: true,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    // A dictionary is fetched from elsewhere, and learns what is typed.
    spellcheck: false,
    devTools: !isPackaged,
  }
}

/** Rule 5: the window needs no permission of any kind, so each is refused, asked for or not. */
export function refusePermissions(
  session: Pick<
    Session,
    "setPermissionRequestHandler" | "setPermissionCheckHandler" | "setDevicePermissionHandler"
  >,
): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => {
    decide(false)
  })
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
}

/** Rule 12: no page inside the page, whatever its options say. */
export function refuseWebviews(contents: Pick<WebContents, "on">): void {
  contents.on("will-attach-webview", (event) => {
    event.preventDefault()
  })
}

/** Rules 1 and 13: the window stays on our own pages, also by redirects and in frames; nothing remote is ever loaded. */
export function refuseNavigation(contents: Pick<WebContents, "on">): void {
  contents.on("will-navigate", (event) => {
    if (!isOwnAddress(event.url)) event.preventDefault()
  })
  contents.on("will-frame-navigate", (event) => {
    if (!event.isMainFrame || !isOwnAddress(event.url)) event.preventDefault()
  })
  contents.on("will-redirect", (event) => {
    event.preventDefault()
  })
}

/** Rules 14 and 15: no new window, and nothing is handed to the system's browser either. */
export function refuseNewWindows(contents: Pick<WebContents, "setWindowOpenHandler">): void {
  contents.setWindowOpenHandler(() => ({ action: "deny" }))
}

/** Every page there will ever be, whoever makes it. */
export function lockDownEveryPage(app: Pick<App, "on">): void {
  app.on("web-contents-created", (_event, contents) => {
    refuseWebviews(contents)
    refuseNavigation(contents)
    refuseNewWindows(contents)
  })
}
