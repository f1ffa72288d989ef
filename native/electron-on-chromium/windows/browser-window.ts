import type * as Electron from "electron"
import { EventEmitter } from "node:events"
import { isAbsolute, join } from "node:path"
import { pathToFileURL } from "node:url"
import type { Chromium } from "../chromium/launch.ts"
import { preventable } from "../preventable.ts"
import { places } from "../state.ts"
import { opener } from "./open-from.ts"
import { focus, WebContents, type WindowAround } from "./web-contents.ts"

/** What windows tell the application; filled in by app.ts. */
export const windowNews = {
  isReady: (): boolean => false,
  name: (): string => "",
  created: (window: BrowserWindow): void => {
    throw new Error(`nobody hears of window ${window.id}`)
  },
  lastClosed: (): void => undefined,
}

const all = new Map<number, BrowserWindow>()
let lastId = 0

type State = "normal" | "minimized" | "maximized" | "fullscreen"

/** Electron's BrowserWindow as a window of Chromium without tabs. It appears when it loads its first address. */
export class BrowserWindow extends EventEmitter implements WindowAround {
  static getAllWindows(): BrowserWindow[] {
    return [...all.values()]
  }
  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.isFocused()) ?? null
  }
  static fromId(id: number): BrowserWindow | null {
    return all.get(id) ?? null
  }
  static fromWebContents(contents: unknown): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.webContents === contents) ?? null
  }

  readonly id: number
  readonly webContents: WebContents
  readonly givenTitle: string
  /** Without a place of its own the window stays where Chromium puts it. */
  #bounds: { x: number | undefined; y: number | undefined; width: number; height: number }
  #state: State = "normal"
  #isVisible: boolean
  #isContentProtected = false
  #isClosing = false
  #isDestroyed = false
  #chromium: Chromium | undefined
  #windowId: number | undefined

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super()
    if (!windowNews.isReady()) throw new Error("Cannot create BrowserWindow before app is ready")
    lastId += 1
    this.id = lastId
    this.givenTitle = options.title ?? windowNews.name()
    this.#isVisible = options.show !== false
    const { x, y, width = 800, height = 600 } = options
    this.#bounds = { x, y, width, height }
    this.webContents = new WebContents(this, options.webPreferences ?? {})
    this.#followCloseListeners()
    all.set(this.id, this)
    focus.contents = this.webContents
    windowNews.created(this)
  }

  get size() {
    return { width: this.#bounds.width, height: this.#bounds.height }
  }
  get isClosing(): boolean {
    return this.#isClosing
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url)
  }
  loadFile(path: string, options: Electron.LoadFileOptions = {}): Promise<void> {
    const url = pathToFileURL(isAbsolute(path) ? path : join(places.application, path))
    if (options.query !== undefined) url.search = new URLSearchParams(options.query).toString()
    if (options.hash !== undefined) url.hash = options.hash
    return this.webContents.loadURL(url.href)
  }
  reload(): void {
    this.webContents.reload()
  }

  close(): void {
    if (this.#isDestroyed || this.#isClosing) return
    const event = preventable({})
    this.emit("close", event)
    if (!event.defaultPrevented) this.destroy()
  }
  destroy(): void {
    if (this.#isDestroyed) return
    this.#isClosing = true
    void this.#closePage()
  }
  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  show(): void {
    this.#isVisible = true
    if (this.#state === "minimized") this.#setState("normal")
    this.emit("show")
    this.focus()
  }
  showInactive(): void {
    this.#isVisible = true
    this.emit("show")
  }
  /** Minimised, since Chromium cannot hide a window. */
  hide(): void {
    this.#isVisible = false
    this.#setState("minimized")
    this.emit("hide")
  }
  isVisible(): boolean {
    return this.#isVisible && this.#state !== "minimized"
  }
  focus(): void {
    this.webContents.focus()
    this.emit("focus")
  }
  blur(): void {
    this.emit("blur")
  }
  isFocused(): boolean {
    return focus.contents === this.webContents
  }
  minimize(): void {
    this.#setState("minimized")
    this.emit("minimize")
  }
  restore(): void {
    this.#setState("normal")
    this.emit("restore")
  }
  maximize(): void {
    this.#setState("maximized")
    this.emit("maximize")
  }
  unmaximize(): void {
    this.#setState("normal")
    this.emit("unmaximize")
  }
  setFullScreen(on: boolean): void {
    this.#setState(on ? "fullscreen" : "normal")
  }
  isMinimized(): boolean {
    return this.#state === "minimized"
  }
  isMaximized(): boolean {
    return this.#state === "maximized"
  }
  isFullScreen(): boolean {
    return this.#state === "fullscreen"
  }

  getBounds(): Electron.Rectangle {
    const { x = 0, y = 0, width, height } = this.#bounds
    return { x, y, width, height }
  }
  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.#bounds = { ...this.#bounds, ...bounds }
    void this.#place()
    this.emit("resize")
  }
  getSize(): number[] {
    return [this.#bounds.width, this.#bounds.height]
  }
  setSize(width: number, height: number): void {
    this.setBounds({ width, height })
  }
  getTitle(): string {
    return this.webContents.getTitle()
  }
  setTitle(title: string): void {
    this.webContents.title = title
    this.webContents.tell({ is: "title", title })
  }

  /** Remembered only: Electron itself has no such protection on Linux. */
  setContentProtection(on: boolean): void {
    this.#isContentProtected = on
  }
  isContentProtected(): boolean {
    return this.#isContentProtected
  }
  setMenu(): void {
    // There is no menu bar to put it on; its keys work through Menu.setApplicationMenu.
  }
  removeMenu(): void {
    // See setMenu.
  }
  setMenuBarVisibility(): void {
    // See setMenu.
  }
  setAutoHideMenuBar(): void {
    // See setMenu.
  }
  setMinimumSize(): void {
    // Chromium's windows have a smallest size of their own.
  }
  setBackgroundColor(): void {
    // The page paints it.
  }
  flashFrame(): void {
    // A window manager's affair.
  }
  moveTop(): void {
    this.focus()
  }

  /** Called when Chromium has opened the window. */
  async opened(chromium: Chromium, targetId: string): Promise<void> {
    this.#chromium = chromium
    const { windowId } = await chromium.cdp.browser.send("Browser.getWindowForTarget", { targetId })
    this.#windowId = windowId
    // The size on Chromium's command line counts for its first window only.
    await this.#place()
    if (this.#state !== "normal") this.#setState(this.#state)
  }

  /** Called when the window is gone, whoever closed it. */
  closedByChromium(): void {
    if (this.#isDestroyed) return
    if (!this.#isClosing) this.emit("close", preventable({}))
    this.#isDestroyed = true
    all.delete(this.id)
    this.emit("closed")
    if (all.size === 0) windowNews.lastClosed()
  }

  #followCloseListeners(): void {
    const follow = (name: string | symbol) => {
      if (name !== "close") return
      queueMicrotask(() => {
        this.webContents.applyGuard()
      })
    }
    this.on("newListener", follow)
    this.on("removeListener", follow)
  }

  #setState(state: State): void {
    this.#state = state
    if (this.#windowId === undefined) return
    const bounds = { windowState: state }
    void this.#chromium?.cdp.browser.send("Browser.setWindowBounds", { windowId: this.#windowId, bounds })
  }

  async #place(): Promise<void> {
    if (this.#windowId === undefined) return
    const { x, y, width, height } = this.#bounds
    const place = x === undefined || y === undefined ? {} : { left: x, top: y }
    const bounds = { ...place, width, height }
    await this.#chromium?.cdp.browser
      .send("Browser.setWindowBounds", { windowId: this.#windowId, bounds })
      .catch(() => undefined)
  }

  async #closePage(): Promise<void> {
    await this.webContents.whenOpen()
    const { targetId } = this.webContents
    if (targetId === "" || this.#chromium === undefined) {
      this.webContents.gone()
      return
    }
    const closed = this.#chromium.cdp.browser.send("Target.closeTarget", { targetId })
    closed.catch(() => {
      this.webContents.gone()
    })
  }
}

opener.open = (url, options) => {
  const window = new BrowserWindow(options)
  void window.loadURL(url)
  return window
}
