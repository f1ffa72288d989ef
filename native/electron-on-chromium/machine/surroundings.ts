import { spawn } from "node:child_process"
import { EventEmitter } from "node:events"
import { say } from "../log.ts"
import { theme, webContents } from "../windows/web-contents.ts"

/** Electron's `shell`: it says what it would open, and opens it only where ELECTRON_STANDIN_OPEN_EXTERNAL=1. */
export const shell = {
  openExternal(url: string): Promise<void> {
    say(`shell.openExternal ${url}`)
    if (process.env["ELECTRON_STANDIN_OPEN_EXTERNAL"] === "1")
      spawn("xdg-open", [url], { stdio: "ignore", detached: true }).unref()
    return Promise.resolve()
  },
  openPath(path: string): Promise<string> {
    say(`shell.openPath ${path}`)
    return Promise.resolve("")
  },
  showItemInFolder(path: string): void {
    say(`shell.showItemInFolder ${path}`)
  },
  beep(): void {
    // Silence.
  },
}

class NativeTheme extends EventEmitter {
  readonly shouldUseHighContrastColors = false
  readonly shouldUseInvertedColorScheme = false
  readonly inForcedColorsMode = false
  readonly prefersReducedTransparency = false

  get themeSource(): typeof theme.source {
    return theme.source
  }
  set themeSource(source: typeof theme.source) {
    const wasDark = this.shouldUseDarkColors
    theme.source = source
    for (const contents of webContents.getAllWebContents()) contents.applyTheme()
    if (wasDark !== this.shouldUseDarkColors) this.emit("updated")
  }
  get shouldUseDarkColors(): boolean {
    return theme.source === "dark"
  }
}
export const nativeTheme = new NativeTheme()

/** Nothing here ever sleeps or locks; tests emit the events. */
class PowerMonitor extends EventEmitter {
  readonly onBatteryPower = false
  getSystemIdleTime(): number {
    return 0
  }
  getSystemIdleState(): "active" {
    return "active"
  }
  isOnBatteryPower(): boolean {
    return false
  }
}
export const powerMonitor = new PowerMonitor()

let copied = ""
/** A clipboard of this process alone; reading and writing are promises, as they are since Electron 45. */
export const clipboard = {
  readText: () => Promise.resolve(copied),
  writeText: (text: string) => {
    copied = text
    return Promise.resolve()
  },
  clear: () => {
    copied = ""
  },
}

/** Of a display that whoever opened it told the size of, as `1720x900`; else a usual one. */
const [, width = "1280", height = "800"] =
  /^(\d+)x(\d+)$/.exec(process.env["ELECTRON_STANDIN_SCREEN"] ?? "") ?? []
const SIZE = { width: Number(width), height: Number(height) }
const DISPLAY = {
  id: 1,
  bounds: { x: 0, y: 0, ...SIZE },
  workArea: { x: 0, y: 0, ...SIZE },
  size: SIZE,
  workAreaSize: SIZE,
  scaleFactor: 1,
}

/** One display of a fixed size, whatever the real one is. */
class Screen extends EventEmitter {
  getPrimaryDisplay() {
    return DISPLAY
  }
  getAllDisplays() {
    return [DISPLAY]
  }
  getDisplayMatching() {
    return DISPLAY
  }
}
export const screen = new Screen()

/** It reports nothing, like Electron's own that is not started. */
export const crashReporter = {
  start(): void {
    // No reports leave this machine.
  },
}
