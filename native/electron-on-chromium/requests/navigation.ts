import type { EventOf } from "../chromium/cdp.ts"
import { preventable } from "../preventable.ts"
import { fromWeb } from "../schemes.ts"
import { webContents, type WebContents } from "../windows/web-contents.ts"

/** Asks the application whether a document may be loaded into a window or a frame; main's own `loadURL` is not asked. */
export function mayNavigate({
  frameId,
  request,
  redirectedRequestId,
}: EventOf<"Fetch.requestPaused">): boolean {
  const contents = webContents
    .getAllWebContents()
    .find((one) => one.targetId === frameId || one.frames.has(frameId))
  if (contents === undefined) return true
  const url = fromWeb(request.url + (request.urlFragment ?? ""))
  if (contents.targetId !== frameId) return mayFrameNavigate(contents, url)
  // What is requested comes without the fragment.
  const expected = contents.expected?.replace(/#.*$/s, "")
  if (expected === request.url || (expected !== undefined && redirectedRequestId !== undefined)) {
    contents.expected = undefined
    return true
  }
  return mayWindowNavigate(contents, url)
}

function mayFrameNavigate(contents: WebContents, url: string): boolean {
  const event = preventable({ url, isMainFrame: false })
  contents.emit("will-frame-navigate", event)
  return !event.defaultPrevented
}

function mayWindowNavigate(contents: WebContents, url: string): boolean {
  const frame = contents.mainFrame
  const event = preventable({ url, isMainFrame: true, isSameDocument: false, frame, initiator: frame })
  contents.emit("will-frame-navigate", event)
  if (!event.defaultPrevented) contents.emit("will-navigate", event, url, false, true)
  return !event.defaultPrevented
}
