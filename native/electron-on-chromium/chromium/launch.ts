import { spawn, type ChildProcess } from "node:child_process"
import { existsSync } from "node:fs"
import { Duplex } from "node:stream"
import { Cdp } from "./cdp.ts"

/** A running Chromium without a window of its own. */
export interface Chromium {
  readonly cdp: Cdp
  readonly process: ChildProcess
  readonly headless: boolean
  /** Opens a window without tabs or address bar; resolves when Chromium has taken it over. */
  openWindow(url: string): Promise<void>
}

export interface LaunchOptions {
  readonly profile: string
  readonly headless: boolean
  /** Switches of the application and of whoever drives it, such as `--remote-debugging-port=0`. */
  readonly switches: readonly string[]
  readonly onErrorLine: (line: string) => void
}

// Debian's /usr/bin/chromium is a script around the first of these: slower, noisy, and it sets keys of an account.
const PROGRAMS = [
  "/usr/lib/chromium/chromium",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
]

const OURS = [
  "--no-first-run",
  "--no-default-browser-check",
  "--no-startup-window",
  "--no-pings",
  "--remote-debugging-pipe",
  "--deny-permission-prompts",
  // Without a device a page would learn that there is none, instead of that it may not have it.
  "--use-fake-device-for-media-stream",
  "--password-store=basic",
  "--metrics-recording-only",
  "--disable-background-networking",
  "--disable-breakpad",
  "--disable-component-update",
  "--disable-default-apps",
  "--disable-dev-shm-usage",
  "--disable-extensions",
  "--disable-features=Translate,MediaRouter,OptimizationHints,GlobalMediaControls",
  "--disable-quic",
  "--disable-search-engine-choice-screen",
  "--disable-sync",
]

/** The Chromium that is used: ELECTRON_STANDIN_CHROMIUM, else the first that is installed. Throws where there is none. */
export function findChromium(): string {
  const wanted = process.env["ELECTRON_STANDIN_CHROMIUM"]
  const found = wanted ?? PROGRAMS.find((program) => existsSync(program))
  if (found === undefined)
    throw new Error(
      "The stand-in for Electron needs Chromium: npm run setup, or set ELECTRON_STANDIN_CHROMIUM",
    )
  return found
}

/** Starts Chromium; it ends by itself when this process does, since its pipe then closes. */
export function launchChromium(options: LaunchOptions): Chromium {
  const program = findChromium()
  const profile = `--user-data-dir=${options.profile}`
  const headless = options.headless ? ["--headless=new"] : []
  const args = [...forRoot(), ...OURS, profile, ...headless, ...options.switches]
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"] })
  forEachLine(child, options.onErrorLine)
  return {
    cdp: new Cdp(pipeOf(child, 3), pipeOf(child, 4)),
    process: child,
    headless: options.headless,
    openWindow: (url) => handOver(program, [...forRoot(), profile, `--app=${url}`]),
  }
}

/**
 * Chromium's sandbox refuses to run for root. `--test-type` keeps it from saying so in a bar, and counts on the command
 * line that opens the window as well as on the first.
 */
function forRoot(): readonly string[] {
  return process.getuid?.() === 0 ? ["--no-sandbox", "--test-type"] : []
}

function pipeOf(child: ChildProcess, descriptor: 3 | 4): Duplex {
  const pipe = child.stdio[descriptor]
  if (!(pipe instanceof Duplex)) throw new Error("Chromium was started without its pipe")
  return pipe
}

function forEachLine(child: ChildProcess, onLine: (line: string) => void): void {
  let unread = ""
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    const lines = (unread + text).split("\n")
    unread = lines.pop() ?? ""
    lines.forEach(onLine)
  })
}

/** A second Chromium with the same profile hands its window to the first and ends: the one way to a bare window. */
function handOver(program: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: "ignore" })
    child.on("error", reject)
    child.on("exit", (code) => {
      if (code === 0) resolve()
      else reject(new Error(`Chromium did not take the window over, exit code ${code ?? "none"}`))
    })
  })
}
