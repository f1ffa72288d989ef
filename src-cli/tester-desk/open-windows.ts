import { spawn, type ChildProcess } from "node:child_process"
import { join } from "node:path"
import { chooseRuntime } from "../../native/setup/electron-runtime.mjs"
import { ROOT } from "../../native/setup/paths.mjs"
import { openDisplay } from "../../native/setup/virtual-display.mjs"

/** One application in a window of its own. */
export interface WindowedApp {
  /** Its folder, with a package.json, or a bundle. */
  readonly app: string
  readonly switches: readonly string[]
  readonly environment: Readonly<Record<string, string>>
}

export interface Windows {
  /** "electron", or what stands in for it on this machine. */
  readonly runtime: "electron" | "stand-in"
  /** Whether nobody can see the windows: this machine has no display. */
  readonly isHidden: boolean
  /** Resolves with the exit code of the first application: the desk. */
  readonly closed: Promise<number>
  /** Saves what is on a display that nobody sees; does nothing on a real one. */
  screenshot(file: string): void
  close(): Promise<void>
}

/** Opens the applications on this machine's display, or on one that nobody sees. */
export async function openWindows(apps: readonly WindowedApp[]): Promise<Windows> {
  const runtime = chooseRuntime()
  const display = await openDisplay()
  const environment = { ...process.env, ...runtime.environment, ...display.environment }
  const children = apps.map(({ app, switches, environment: own }) =>
    spawn(runtime.executable, [app, ...switches], {
      cwd: ROOT,
      env: { ...environment, ...own },
      stdio: ["ignore", "ignore", "inherit"],
    }),
  )
  const ended = children.map((child) => exitOf(child))
  return {
    runtime: runtime.kind,
    isHidden: display.isVirtual,
    closed: ended[0] ?? Promise.resolve(0),
    screenshot: (file) => {
      display.screenshot(file)
    },
    close: async () => {
      for (const child of children) child.kill()
      await Promise.all(ended)
      await display.close()
    },
  }
}

/** The bundles of the repository, made by `npm run build`. */
export const DESK_APP = ROOT
export const PHONE_APP = join(ROOT, "out", "phone", "main", "main.js")

function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once("exit", (code) => {
      resolve(code ?? 1)
    })
    child.once("error", () => {
      resolve(1)
    })
  })
}
