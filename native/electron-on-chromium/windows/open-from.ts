import type * as Electron from "electron"
import type { WebContents } from "./web-contents.ts"

/** What a page asked for by `window.open` or by a link that wants a window. */
export interface OpenRequest {
  readonly url: string
  readonly frameName: string
  readonly features: string
  readonly disposition: string
}

/** Makes the window of an address; set by browser-window.ts, which knows how. */
export const opener: {
  open: (url: string, options: Electron.BrowserWindowConstructorOptions) => object
} = {
  open: () => {
    throw new Error("no windows yet")
  },
}

/** Asks the application's handler, and opens a window of ours where it allows one. The page itself never gets a handle. */
export function openFrom(contents: WebContents, request: OpenRequest): void {
  const details: Electron.HandlerDetails = {
    url: request.url,
    frameName: request.frameName,
    features: request.features,
    disposition: dispositionOf(request.disposition),
    referrer: { url: contents.getURL(), policy: "strict-origin-when-cross-origin" },
  }
  const answer = contents.openHandler?.(details) ?? { action: "allow" }
  if (answer.action === "deny") return
  const window = opener.open(request.url, answer.overrideBrowserWindowOptions ?? {})
  contents.emit("did-create-window", window, { ...details, options: {} })
}

function dispositionOf(text: string): Electron.HandlerDetails["disposition"] {
  const known = ["default", "foreground-tab", "background-tab", "new-window", "other"] as const
  return known.find((disposition) => disposition === text) ?? "default"
}
