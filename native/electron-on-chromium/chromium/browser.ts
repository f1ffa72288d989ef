import { say, trace } from "../log.ts"
import { places, switches } from "../state.ts"
import { launchChromium, type Chromium } from "./launch.ts"

let chromium: Promise<Chromium> | undefined
const starters: ((chromium: Chromium) => void)[] = []

/** What the application sets that is ours to decide, or that Chromium would take differently than Electron. */
const NOT_PASSED_ON = new Set([
  "disable-extensions",
  "disable-features",
  "disable-popup-blocking",
  "enable-features",
  "headless",
  "inspect",
  "no-sandbox",
  "remote-debugging-pipe",
  "require",
  "user-data-dir",
])

/** Calls back as soon as Chromium answers, before any window is opened. */
export function onBrowser(starter: (chromium: Chromium) => void): void {
  starters.push(starter)
}

/** The one Chromium of this process; started at the first call. */
export function browser(): Promise<Chromium> {
  return (chromium ??= start())
}

/** The Chromium that has been started, if it has. */
export function startedBrowser(): Promise<Chromium> | undefined {
  return chromium
}

async function start(): Promise<Chromium> {
  trace("Chromium is started")
  const started = launchChromium({
    profile: places.profile,
    headless: isHeadless(),
    switches: [...switches].filter(([name]) => !NOT_PASSED_ON.has(name)).map(printSwitch),
    onErrorLine: tellLine,
  })
  await started.cdp.browser.send("Browser.getVersion")
  trace("Chromium answers")
  for (const starter of starters) starter(started)
  return started
}

function isHeadless(): boolean {
  const wanted = process.env["ELECTRON_STANDIN_HEADLESS"]
  if (wanted !== undefined) return wanted === "1"
  const display = process.env["DISPLAY"] ?? process.env["WAYLAND_DISPLAY"] ?? ""
  return switches.has("headless") || display === ""
}

function printSwitch([name, value]: readonly [string, string]): string {
  return value === "" ? `--${name}` : `--${name}=${value}`
}

function tellLine(line: string): void {
  // Playwright waits for this line; everything else Chromium says is its own affair.
  if (line.startsWith("DevTools listening on ")) process.stderr.write(`${line}\n`)
  else if (process.env["ELECTRON_STANDIN_CHROMIUM_LOG"] !== undefined) say(line)
}
