import type * as Electron from "electron"
import { EventEmitter } from "node:events"
import { browser } from "../chromium/browser.ts"
import type { Conversation } from "../chromium/cdp.ts"
import type { Chromium } from "../chromium/launch.ts"
import { codec } from "../codec.ts"
import { say, trace } from "../log.ts"
import { applyPermissions } from "../requests/permissions.ts"
import { defaultSession } from "../requests/session.ts"
import { fromWeb, toWeb } from "../schemes.ts"
import type { ToPreload } from "../world/messages.ts"
import { hearPage } from "./hear-page.ts"
import { DELIVER_FUNCTION, PRELOAD_WORLD, pageScript, preloadScript, SEND_BINDING } from "./preload-script.ts"
import { followPage, openPage } from "./targets.ts"
import { mainFrameOf } from "./frame.ts"

/** What a WebContents needs of the window around it. */
export interface WindowAround extends EventEmitter {
  readonly size: { readonly width: number; readonly height: number }
  readonly givenTitle: string
  opened(chromium: Chromium, targetId: string): Promise<void>
  closedByChromium(): void
  readonly isClosing: boolean
  close(): void
}

export type WindowOpenHandler = Parameters<Electron.WebContents["setWindowOpenHandler"]>[0]

interface Load {
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

const all = new Map<number, WebContents>()
/** The one that was last brought to the front. */
export const focus: { contents: WebContents | undefined } = { contents: undefined }
/** What nativeTheme wants pages to think of the system. */
export const theme: { source: "system" | "light" | "dark" } = { source: "system" }
let lastId = 0

/** Electron's `webContents` module. */
export const webContents = {
  getAllWebContents: (): readonly WebContents[] => [...all.values()],
  fromId: (id: number) => all.get(id),
  fromDevToolsTargetId: (targetId: string) => [...all.values()].find((one) => one.targetId === targetId),
  getFocusedWebContents: () => focus.contents ?? null,
}

/** Electron's WebContents over one page of Chromium, which is opened at the first address that is loaded. */
export class WebContents extends EventEmitter {
  readonly id: number
  readonly session = defaultSession
  readonly around: WindowAround
  readonly preferences: Electron.WebPreferences
  /** The frames within the page, for the decision about where they may go. */
  readonly frames = new Set<string>()
  /** The main frame of a page has the same id. */
  targetId = ""
  page: Conversation | undefined
  /** The address, as Chromium knows it, that main itself has just asked for: no `will-navigate` for that one. */
  expected: string | undefined
  url = ""
  title = ""
  openHandler: WindowOpenHandler | undefined
  hasPainted = false
  #opening: Promise<void> | undefined
  #isDestroyed = false
  #context: number | undefined
  #unsent: ToPreload[] = []
  #loads: Load[] = []
  #zoom = 1

  constructor(around: WindowAround, preferences: Electron.WebPreferences) {
    super()
    lastId += 1
    this.id = lastId
    this.around = around
    this.preferences = preferences
    all.set(this.id, this)
  }

  get mainFrame() {
    return mainFrameOf(this)
  }
  getURL(): string {
    return fromWeb(this.url)
  }
  getTitle(): string {
    return this.title
  }
  getType(): "window" {
    return "window"
  }
  isDestroyed(): boolean {
    return this.#isDestroyed
  }
  isLoading(): boolean {
    return this.#loads.length > 0
  }
  isLoadingMainFrame(): boolean {
    return this.isLoading()
  }
  isFocused(): boolean {
    return focus.contents === this
  }
  isCrashed(): boolean {
    return false
  }
  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.openHandler = handler
  }
  openDevTools(): void {
    // Chromium's own are on F12 in a browser; a window of ours has none.
  }
  closeDevTools(): void {
    // See openDevTools.
  }
  isDevToolsOpened(): boolean {
    return false
  }
  getOSProcessId(): number {
    return process.pid
  }
  focus(): void {
    focus.contents = this
    void this.page?.send("Page.bringToFront")
  }
  close(): void {
    this.around.close()
  }
  reload(): void {
    this.expected = this.url
    void this.page?.send("Page.reload")
  }

  getZoomFactor(): number {
    return this.#zoom
  }
  /** The page gets fewer and larger pixels, as a zoomed page does; a later change of the window's size is not followed. */
  setZoomFactor(factor: number): void {
    this.#zoom = factor
    void this.#applyZoom()
  }
  getZoomLevel(): number {
    return Math.log(this.#zoom) / Math.log(1.2)
  }
  setZoomLevel(level: number): void {
    this.setZoomFactor(1.2 ** level)
  }
  setVisualZoomLevelLimits(): Promise<void> {
    return Promise.resolve()
  }

  async #applyZoom(): Promise<void> {
    const { page } = this
    if (page === undefined) return
    await page.send("Emulation.clearDeviceMetricsOverride")
    if (this.#zoom === 1) return
    const { cssLayoutViewport: viewport } = await page.send("Page.getLayoutMetrics")
    await page.send("Emulation.setDeviceMetricsOverride", {
      width: Math.round(viewport.clientWidth / this.#zoom),
      height: Math.round(viewport.clientHeight / this.#zoom),
      deviceScaleFactor: this.#zoom,
      mobile: false,
    })
  }

  async capturePage() {
    const { data } = await this.#openPage().send("Page.captureScreenshot", { format: "png" })
    const png = Buffer.from(data, "base64")
    return { toPNG: () => png, isEmpty: () => png.length === 0 }
  }

  async executeJavaScript(expression: string, userGesture = false): Promise<unknown> {
    const options = { expression, awaitPromise: true, returnByValue: true, userGesture }
    const { result, exceptionDetails } = await this.#openPage().send("Runtime.evaluate", options)
    if (exceptionDetails === undefined) return result.value
    throw new Error(exceptionDetails.exception?.description ?? "Script failed to execute")
  }

  send(channel: string, ...args: unknown[]): void {
    if (this.#isDestroyed) throw new TypeError("Object has been destroyed")
    this.tell({ is: "event", channel, args: codec.encode(args) })
  }

  /** Hands a message to the preload's world, or keeps it until there is one. */
  tell(message: ToPreload): void {
    if (this.#isDestroyed) return
    if (this.page === undefined || this.#context === undefined) {
      this.#unsent.push(message)
      return
    }
    void this.page.send("Runtime.callFunctionOn", {
      functionDeclaration: DELIVER_FUNCTION,
      executionContextId: this.#context,
      arguments: [{ value: JSON.stringify(message) }],
      silent: true,
    })
  }

  /** The preload's world of a new document has said hello. */
  met(context: number, url: string): void {
    this.#context = context
    this.url = url
    this.applyGuard()
    for (const message of this.#unsent.splice(0)) this.tell(message)
  }

  /** The document, and the preload's world with it, is no more. */
  forget(): void {
    this.#context = undefined
  }

  /** A page asks before it closes as long as somebody listens to `close`, which may be prevented. */
  applyGuard(): void {
    if (this.#context !== undefined) this.tell({ is: "guard", on: this.around.listenerCount("close") > 0 })
  }

  applyTheme(): void {
    const features = theme.source === "system" ? [] : [{ name: "prefers-color-scheme", value: theme.source }]
    void this.page?.send("Emulation.setEmulatedMedia", { features })
  }

  loadURL(url: string): Promise<void> {
    if (this.#isDestroyed) return Promise.reject(new Error("Object has been destroyed"))
    const loaded = new Promise<void>((resolve, reject) => this.#loads.push({ resolve, reject }))
    // Who does not wait for it hears of a failure by did-fail-load.
    loaded.catch(() => undefined)
    this.emit("did-start-loading")
    const ready = this.#opening === undefined ? this.#openOn(toWeb(url)) : this.#navigate(url)
    ready.catch((error: unknown) => {
      this.finishLoading(error instanceof Error ? error : new Error(String(error)))
    })
    return loaded
  }

  finishLoading(error?: Error): void {
    for (const { resolve, reject } of this.#loads.splice(0)) {
      if (error === undefined) resolve()
      else reject(error)
    }
  }

  /** Resolves when the window is there, if it was ever asked for. */
  async whenOpen(): Promise<void> {
    await this.#opening?.catch(() => undefined)
  }

  gone(): void {
    if (this.#isDestroyed) return
    this.#isDestroyed = true
    all.delete(this.id)
    if (focus.contents === this) focus.contents = undefined
    this.finishLoading(new Error("ERR_ABORTED (-3)"))
    this.emit("destroyed")
    this.around.closedByChromium()
  }

  #openPage(): Conversation {
    if (this.page === undefined) throw new Error("The window has loaded nothing yet")
    return this.page
  }

  async #navigate(url: string): Promise<void> {
    await this.#opening
    this.expected = toWeb(url)
    const { errorText } = await this.#openPage().send("Page.navigate", { url: this.expected })
    if (errorText === undefined) return
    this.emit("did-fail-load", {}, -3, errorText, url, true)
    throw new Error(`${errorText} loading '${url}'`)
  }

  #openOn(web: string): Promise<void> {
    this.url = web
    this.expected = web
    this.#opening = this.#open(web)
    return this.#opening
  }

  async #open(web: string): Promise<void> {
    const chromium = await browser()
    const { targetId, sessionId } = await openPage(chromium, web, this.around.size)
    this.targetId = targetId
    this.page = chromium.cdp.conversation(sessionId)
    followPage(targetId, {
      gone: () => {
        this.gone()
      },
      crashed: () => this.emit("render-process-gone", {}, { reason: "crashed", exitCode: 1 }),
    })
    hearPage(this, this.page)
    this.#prepare(this.page)
    void this.around.opened(chromium, targetId)
    const origin = /^https?:\/\/[^/]*/.exec(web)?.[0]
    if (origin !== undefined) await applyPermissions(chromium, this, fromWeb(`${origin}/`))
    await this.page.send("Runtime.runIfWaitingForDebugger")
    trace("a window runs:", targetId)
  }

  /** All of it is sent before the page runs, in this order, without waiting for each answer. */
  #prepare(page: Conversation): void {
    void page.send("Page.enable")
    void page.send("Runtime.enable")
    void page.send("Page.setLifecycleEventsEnabled", { enabled: true })
    void page.send("Runtime.addBinding", { name: SEND_BINDING, executionContextName: PRELOAD_WORLD })
    void page.send("Page.addScriptToEvaluateOnNewDocument", { source: pageScript() })
    void page.send("Page.addScriptToEvaluateOnNewDocument", {
      source: this.#preload(),
      worldName: PRELOAD_WORLD,
    })
    if (theme.source !== "system") this.applyTheme()
    if (this.#zoom !== 1) void this.#applyZoom()
  }

  #preload(): string {
    const { preload, additionalArguments = [] } = this.preferences
    const facts = {
      platform: process.platform,
      arch: process.arch,
      versions: { ...process.versions },
      argv: additionalArguments,
      windowTitle: this.around.givenTitle,
    }
    try {
      return preloadScript(preload, facts)
    } catch (error) {
      say(`the preload script ${preload ?? ""} cannot be read:`, error)
      this.emit("preload-error", {}, preload, error)
      return preloadScript(undefined, facts)
    }
  }
}
