import type * as Electron from "electron"
import { onBrowser } from "../chromium/browser.ts"
import type { Conversation, EventOf } from "../chromium/cdp.ts"
import { trace } from "../log.ts"
import { preventable } from "../preventable.ts"
import { fromWeb, policyToWeb, toWeb } from "../schemes.ts"
import { mayNavigate } from "./navigation.ts"
import { handlerOf, type SchemeHandler } from "./protocol.ts"
import { decisions, defaultSession } from "./session.ts"

type Paused = EventOf<"Fetch.requestPaused">
type Failure = "Aborted" | "BlockedByClient" | "Failed" | "NameNotResolved"
interface Header {
  readonly name: string
  readonly value: string
}

/** Every request of every window comes by here: documents, what they load, workers, favicons. Not WebSockets. */
onBrowser(({ cdp }) => {
  cdp.browser.on("Fetch.requestPaused", (paused) => {
    serve(cdp.browser, paused).catch((error: unknown) => {
      trace("a request failed:", paused.request.url, error)
      fail(cdp.browser, paused, "Failed")
    })
  })
  cdp.browser.on("Browser.downloadWillBegin", (download) => {
    const item = { getURL: () => fromWeb(download.url), getFilename: () => download.suggestedFilename }
    defaultSession.emit("will-download", preventable({}), { ...item, cancel: () => undefined })
  })
  void cdp.browser.send("Fetch.enable", { patterns: [{ urlPattern: "*" }] })
  // Whether the application prevents it or not: the stand-in saves nothing.
  void cdp.browser.send("Browser.setDownloadBehavior", { behavior: "deny", eventsEnabled: true })
})

function fail(browser: Conversation, { requestId }: Paused, errorReason: Failure): void {
  void browser.send("Fetch.failRequest", { requestId, errorReason })
}

async function serve(browser: Conversation, paused: Paused): Promise<void> {
  if (paused.resourceType === "Document" && !mayNavigate(paused)) {
    fail(browser, paused, "Aborted")
    return
  }
  const url = fromWeb(paused.request.url)
  if (await isCancelled(url, paused)) {
    fail(browser, paused, "BlockedByClient")
    return
  }
  const handler = handlerOf(url.slice(0, url.indexOf(":")))
  if (handler !== undefined) await serveByHandler(browser, paused, url, handler)
  else if (new URL(paused.request.url).hostname.endsWith(".invalid")) fail(browser, paused, "NameNotResolved")
  else void browser.send("Fetch.continueRequest", { requestId: paused.requestId })
}

async function serveByHandler(
  browser: Conversation,
  paused: Paused,
  url: string,
  handler: SchemeHandler,
): Promise<void> {
  const response = await handler(requestOf(url, paused))
  if (response.type === "error") {
    fail(browser, paused, "Failed")
    return
  }
  const headers = await reviewedHeaders(url, paused, response)
  if (headers === undefined) {
    fail(browser, paused, "BlockedByClient")
    return
  }
  await browser.send("Fetch.fulfillRequest", {
    requestId: paused.requestId,
    responseCode: response.status,
    responseHeaders: headers.map((header) => headerToWeb(header, url)),
    body: Buffer.from(await response.arrayBuffer()).toString("base64"),
  })
}

function requestOf(url: string, { request }: Paused): Request {
  const { method, headers, postDataEntries = [], postData } = request
  const parts = postDataEntries.map(({ bytes = "" }) => Buffer.from(bytes, "base64"))
  const body = parts.length > 0 ? Buffer.concat(parts) : postData
  const hasBody = body !== undefined && method !== "GET" && method !== "HEAD"
  return new Request(url, { method, headers, ...(hasBody ? { body } : {}) })
}

/** The page knows only the https name of its origin: what names the origin in a header is mapped. */
function headerToWeb({ name, value }: Header, url: string): Header {
  if (name.toLowerCase() === "location") return { name, value: toWeb(new URL(value, url).href) }
  if (name.toLowerCase().startsWith("content-security-policy")) return { name, value: policyToWeb(value) }
  return { name, value }
}

const KINDS: ReadonlyMap<string, Electron.OnBeforeRequestListenerDetails["resourceType"]> = new Map([
  ["Document", "mainFrame"],
  ["Fetch", "xhr"],
  ["Font", "font"],
  ["Image", "image"],
  ["Script", "script"],
  ["Stylesheet", "stylesheet"],
  ["XHR", "xhr"],
])

function detailsOf(url: string, { request, resourceType }: Paused) {
  const kind = KINDS.get(resourceType) ?? "other"
  return { id: 0, url, method: request.method, resourceType: kind, timestamp: Date.now(), referrer: "" }
}

async function isCancelled(url: string, paused: Paused): Promise<boolean> {
  const { beforeRequest } = decisions
  if (beforeRequest === null) return false
  const answer = await new Promise<Electron.CallbackResponse>((resolve) => {
    beforeRequest({ ...detailsOf(url, paused), uploadData: [] }, resolve)
  })
  return answer.cancel === true
}

async function reviewedHeaders(
  url: string,
  paused: Paused,
  response: Response,
): Promise<readonly Header[] | undefined> {
  const sent = [...response.headers].map(([name, value]) => ({ name, value }))
  const { headersReceived } = decisions
  if (headersReceived === null) return sent
  const responseHeaders = Object.fromEntries(sent.map(({ name, value }) => [name, [value]]))
  const status = { statusCode: response.status, statusLine: `HTTP/1.1 ${response.status}` }
  const answer = await new Promise<Electron.HeadersReceivedResponse>((resolve) => {
    headersReceived({ ...detailsOf(url, paused), ...status, responseHeaders }, resolve)
  })
  if (answer.cancel === true) return undefined
  return Object.entries(answer.responseHeaders ?? responseHeaders).flatMap(([name, values]) =>
    [values].flat().map((value) => ({ name, value })),
  )
}
