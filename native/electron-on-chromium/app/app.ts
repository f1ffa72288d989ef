import { EventEmitter } from "node:events"
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { browser, startedBrowser } from "../chromium/browser.ts"
import type { Chromium } from "../chromium/launch.ts"
import { say, trace } from "../log.ts"
import { preventable } from "../preventable.ts"
import { places, switches } from "../state.ts"
import { BrowserWindow, windowNews } from "../windows/browser-window.ts"
import { pathOf, setPath } from "./paths.ts"
import { lockInstance, type InstanceLock } from "./single-instance.ts"

const CHROMIUM_ENDS_WITHIN_MILLISECONDS = 3000

/** Electron's `app`. */
export class App extends EventEmitter {
  isPackaged = false
  #name = "Electron"
  #version = "0.0.0"
  #isReady = false
  #isQuitting = false
  #lock: InstanceLock | undefined
  #chromium: Chromium | undefined
  /** What must be done before the process may end: a first instance that is still being told of us. */
  #beforeExit: Promise<void> = Promise.resolve()
  readonly #ready = Promise.withResolvers<undefined>()

  readonly commandLine = {
    appendSwitch: (name: string, value = ""): void => {
      switches.set(name, value)
    },
    appendArgument: (): void => {
      // Chromium is given switches only.
    },
    hasSwitch: (name: string): boolean => switches.has(name),
    getSwitchValue: (name: string): string => switches.get(name) ?? "",
    removeSwitch: (name: string): void => {
      switches.delete(name)
    },
  }

  get name(): string {
    return this.#name
  }
  set name(name: string) {
    this.#name = name
  }
  getName(): string {
    return this.#name
  }
  setName(name: string): void {
    this.#name = name
  }
  getVersion(): string {
    return this.#version
  }
  getAppPath(): string {
    return places.application
  }
  getLocale(): string {
    const [language = "en_US"] = (process.env["LANG"] ?? "en_US").split(".")
    return language === "C" || language === "POSIX" ? "en-US" : language.replace("_", "-")
  }
  getSystemLocale(): string {
    return this.getLocale()
  }
  getPreferredSystemLanguages(): string[] {
    return [this.getLocale()]
  }
  getPath(name: string): string {
    return pathOf(name, this.#name)
  }
  setPath(name: string, path: string): void {
    setPath(name, path)
  }
  isReady(): boolean {
    return this.#isReady
  }
  async whenReady(): Promise<void> {
    await this.#ready.promise
  }
  focus(): void {
    BrowserWindow.getAllWindows()[0]?.focus()
  }
  getAppMetrics(): readonly object[] {
    return []
  }
  enableSandbox(): void {
    // Chromium's sandbox is on for all but root.
  }
  disableHardwareAcceleration(): void {
    // Chromium finds out by itself.
  }
  setAppUserModelId(): void {
    // Windows only.
  }
  setAboutPanelOptions(): void {
    // There is no such panel.
  }

  requestSingleInstanceLock(data?: unknown): boolean {
    if (this.#lock !== undefined) return true
    const mine = { argv: process.argv, cwd: process.cwd(), data }
    const taken = lockInstance(this.getPath("userData"), mine, (other) => {
      this.emit("second-instance", preventable({}), other.argv, other.cwd, other.data)
    })
    if (taken instanceof Promise) this.#beforeExit = taken
    else this.#lock = taken
    return this.#lock !== undefined
  }
  hasSingleInstanceLock(): boolean {
    return this.#lock !== undefined
  }
  releaseSingleInstanceLock(): void {
    this.#lock?.release()
    this.#lock = undefined
  }

  quit(): void {
    void this.#quit()
  }
  exit(code = 0): void {
    void this.#exit(code)
  }
  relaunch(): void {
    say("app.relaunch is not stood in for")
  }

  /** Called by boot.ts with what the application's package.json says. */
  introduce(name: string, version: string): void {
    this.#name = name
    this.#version = version
  }

  /** Called by boot.ts when the application is loaded: starts Chromium, and is ready. */
  async start(): Promise<void> {
    // A second instance, which asked to quit while it was loaded.
    if (this.#isQuitting) return
    places.profile = join(this.getPath("sessionData"), "chromium-stand-in")
    mkdirSync(places.profile, { recursive: true })
    const chromium = browser()
    this.#followChromium(chromium)
    // Playwright waits for the line with which Chromium tells its address.
    if (switches.has("remote-debugging-port")) await chromium.catch(() => undefined)
    this.#isReady = true
    this.#ready.resolve(undefined)
    trace("ready")
    this.emit("will-finish-launching")
    this.emit("ready", {}, {})
  }

  /** Called when no window is left. */
  lastWindowClosed(): void {
    if (this.#isQuitting) return
    if (this.#chromium?.cdp.isClosed === true) this.exit(1)
    else if (this.listenerCount("window-all-closed") > 0) this.emit("window-all-closed")
    else this.quit()
  }

  #followChromium(chromium: ReturnType<typeof browser>): void {
    chromium.then(
      (started) => {
        this.#chromium = started
        started.process.once("exit", () => {
          if (!this.#isQuitting) this.exit(1)
        })
      },
      (error: unknown) => {
        say(error)
        process.exit(1)
      },
    )
  }

  async #quit(): Promise<void> {
    if (this.#isQuitting || this.#isPrevented("before-quit")) return
    this.#isQuitting = true
    if ((await this.#closeWindows()) && !this.#isPrevented("will-quit")) await this.#exit(0)
    else this.#isQuitting = false
  }

  #isPrevented(name: string): boolean {
    const event = preventable({})
    this.emit(name, event)
    return event.defaultPrevented
  }

  /** Answers whether all windows have closed; one that prevents it ends the quitting. */
  async #closeWindows(): Promise<boolean> {
    for (const window of BrowserWindow.getAllWindows()) {
      const closed = new Promise((resolve) => window.once("closed", resolve))
      window.close()
      if (!window.isClosing && !window.isDestroyed()) return false
      await closed
    }
    return true
  }

  async #exit(code: number): Promise<void> {
    this.#isQuitting = true
    this.emit("quit", {}, code)
    await this.#beforeExit
    this.releaseSingleInstanceLock()
    await endChromium()
    process.exit(code)
  }
}

async function endChromium(): Promise<void> {
  const chromium = await startedBrowser()?.catch(() => undefined)
  if (chromium === undefined) return
  const { process: child, cdp } = chromium
  const isEnded = () => child.exitCode !== null || child.signalCode !== null
  if (isEnded()) return
  const ended = new Promise((resolve) => child.once("exit", resolve))
  void cdp.browser.send("Browser.close")
  const tooLong = new Promise((resolve) => setTimeout(resolve, CHROMIUM_ENDS_WITHIN_MILLISECONDS))
  await Promise.race([ended, tooLong])
  if (!isEnded()) child.kill("SIGKILL")
}

export const app = new App()

windowNews.isReady = () => app.isReady()
windowNews.name = () => app.getName()
windowNews.created = (window) => {
  app.emit("web-contents-created", {}, window.webContents)
  app.emit("browser-window-created", {}, window)
}
windowNews.lastClosed = () => {
  app.lastWindowClosed()
}
