import type * as Electron from "electron"
import type { Chromium } from "../chromium/launch.ts"
import { decisions, type PermissionRequest } from "./session.ts"

type Permission = Parameters<NonNullable<PermissionRequest>>[1]

/** Electron's permissions, and what Chromium calls them in Browser.setPermission. */
const NAMES: readonly (readonly [Permission, readonly string[]])[] = [
  ["geolocation", ["geolocation"]],
  ["notifications", ["notifications"]],
  ["media", ["camera", "microphone"]],
  ["clipboard-read", ["clipboard-read"]],
  ["clipboard-sanitized-write", ["clipboard-write"]],
  ["midi", ["midi"]],
  ["idle-detection", ["idle-detection"]],
  ["window-management", ["window-management"]],
]

/** These have no handler of their own in Electron; the one for `midi` and the others answers them as unknown. */
const ALWAYS_REFUSED = ["local-fonts", "background-sync", "persistent-storage", "display-capture"]

/**
 * Asks the application's handlers once for every permission and tells Chromium the answers. Electron asks at the moment
 * of the request; Chromium can only be told before. Without a handler a permission is granted, as in Electron.
 */
export async function applyPermissions(chromium: Chromium, contents: object, origin: string): Promise<void> {
  for (const [permission, names] of NAMES) {
    const setting = (await isAllowed(contents, permission, origin)) ? "granted" : "denied"
    for (const name of names) set(chromium, name, setting)
  }
  for (const name of ALWAYS_REFUSED) set(chromium, name, "denied")
}

function set({ cdp }: Chromium, name: string, setting: "granted" | "denied"): void {
  void cdp.browser.send("Browser.setPermission", { permission: { name }, setting })
}

async function isAllowed(contents: object, permission: Permission, origin: string): Promise<boolean> {
  // The stand-in's own object, which has what the surface promises of a WebContents.
  const sender = contents as Electron.WebContents
  const details = { requestingUrl: origin, isMainFrame: true }
  if (decisions.check?.(sender, permission, origin, details) === false) return false
  const { request } = decisions
  if (request === null) return true
  return new Promise((resolve) => {
    request(sender, permission, resolve, details)
  })
}
