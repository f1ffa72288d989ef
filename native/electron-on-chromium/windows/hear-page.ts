import type { Conversation, EventOf } from "../chromium/cdp.ts"
import { trace } from "../log.ts"
import { preventable } from "../preventable.ts"
import type { FromPreload } from "../world/messages.ts"
import { answerPreload } from "./answer-preload.ts"
import { SEND_BINDING } from "./preload-script.ts"
import type { WebContents } from "./web-contents.ts"

/** Turns what Chromium tells of a page into Electron's events. */
export function hearPage(contents: WebContents, page: Conversation): void {
  page.on("Runtime.executionContextsCleared", () => {
    contents.forget()
  })
  page.on("Runtime.bindingCalled", (event) => {
    if (event.name !== SEND_BINDING) return
    // Written by our own code in the preload's world, which no page can reach.
    answerPreload(contents, JSON.parse(event.payload) as FromPreload, event.executionContextId)
  })
  page.on("Runtime.consoleAPICalled", (event) => {
    tellConsole(contents, event)
  })
  page.on("Page.frameAttached", ({ frameId }) => contents.frames.add(frameId))
  page.on("Page.frameDetached", ({ frameId }) => contents.frames.delete(frameId))
  page.on("Page.frameNavigated", ({ frame }) => {
    if (frame.id !== contents.targetId) return
    contents.url = frame.url + (frame.urlFragment ?? "")
    contents.emit("did-navigate", {}, contents.getURL(), 200, "")
  })
  page.on("Page.navigatedWithinDocument", ({ frameId, url }) => {
    if (frameId !== contents.targetId) return
    contents.url = url
    contents.emit("did-navigate-in-page", {}, contents.getURL(), true)
  })
  page.on("Page.domContentEventFired", () => contents.emit("dom-ready", {}))
  page.on("Page.loadEventFired", () => {
    contents.emit("did-finish-load", {})
    contents.emit("did-stop-loading", {})
    contents.finishLoading()
  })
  page.on("Page.lifecycleEvent", ({ frameId, name }) => {
    if (frameId === contents.targetId && /^first(Contentful)?Paint$/.test(name)) firstPaint(contents)
  })
  page.on("Page.javascriptDialogOpening", ({ type }) => {
    if (type === "beforeunload") void page.send("Page.handleJavaScriptDialog", { accept: mayLeave(contents) })
  })
}

function firstPaint(contents: WebContents): void {
  if (contents.hasPainted) return
  contents.hasPainted = true
  trace("a window has painted:", contents.targetId)
  contents.around.emit("ready-to-show", {})
}

/** A close by the window manager is a `close` event, which can be prevented; main's own navigation is none. */
function mayLeave(contents: WebContents): boolean {
  if (contents.expected !== undefined || contents.around.isClosing) return true
  const event = preventable({})
  contents.around.emit("close", event)
  return !event.defaultPrevented
}

function tellConsole(contents: WebContents, event: EventOf<"Runtime.consoleAPICalled">): void {
  const levels = { warning: "warning", error: "error", debug: "debug" } as const
  const level = Object.entries(levels).find(([type]) => type === event.type)?.[1] ?? "info"
  const message = event.args.map((arg) => printed(arg.value) ?? arg.description ?? "").join(" ")
  contents.emit("console-message", { level, message, lineNumber: 0, sourceId: "" })
}

function printed(value: unknown): string | undefined {
  if (typeof value === "string") return value
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined
}
