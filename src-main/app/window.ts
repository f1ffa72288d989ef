import { BrowserWindow, screen } from "electron"
import { join } from "node:path"
import { pagePreferences } from "./lock-down.ts"
import { START_PAGE } from "./origin.ts"

/** The smallest at which every state fits without clipping. */
const SMALLEST = { width: 1_024, height: 700 }
const USUAL = { width: 1_280, height: 840 }

export interface WindowOptions {
  /** The folder that holds what the build made: `main`, `preload`, `renderer`. */
  readonly bundles: string
  readonly title: string
  readonly isPackaged: boolean
}

/** The desk's one window, empty and unseen. */
export function makeWindow({ bundles, title, isPackaged }: WindowOptions): BrowserWindow {
  const { width, height } = screen.getPrimaryDisplay().workAreaSize
  const window = new BrowserWindow({
    width: Math.min(USUAL.width, width),
    height: Math.min(USUAL.height, height),
    minWidth: Math.min(SMALLEST.width, width),
    minHeight: Math.min(SMALLEST.height, height),
    title,
    show: false,
    autoHideMenuBar: true,
    webPreferences: pagePreferences(join(bundles, "preload", "preload.cjs"), isPackaged),
  })
  // From the first moment: the first page asks for a PIN.
  window.setContentProtection(true)
  return window
}

/** Resolves when there is something to see. */
export async function loadStartPage(window: Pick<BrowserWindow, "once" | "loadURL">): Promise<void> {
  const painted = new Promise<void>((resolve) => {
    window.once("ready-to-show", () => {
      resolve()
    })
  })
  void window.loadURL(START_PAGE)
  await painted
}
