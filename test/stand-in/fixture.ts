import { _electron, expect, test as base, type ElectronApplication, type Page } from "@playwright/test"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** What the fixture's preload offers its page. */
export interface FixtureApi {
  readonly call: (channel: string, ...args: unknown[]) => Promise<unknown>
  readonly onNumber: (listener: (number: number) => void) => () => void
  readonly versions: () => { electron: string; sandboxed: boolean }
  readonly canRequire: (name: string) => string
  readonly fails: () => never
  readonly failsLater: () => Promise<never>
  readonly adder: (first: number) => (second: number) => number
  readonly twice: (read: () => number) => number
  readonly nested: { readonly deep: { list: unknown[] } }
}

declare global {
  interface Window {
    readonly fixture: FixtureApi
  }
}

/** What the fixture's main process keeps for its tests. */
export interface Seen {
  readonly opened: string
  readonly blocked: string
  readonly second: readonly string[]
  readonly keys: readonly string[]
}

export const APPLICATION = join(import.meta.dirname, "app")
export const isStandIn = process.env["ELECTRON_OVERRIDE_DIST_PATH"] !== undefined

/** The environment of this process, changed; Playwright's own would let Electron run as Node. */
export function environment(changes: Readonly<Record<string, string>> = {}): Record<string, string> {
  const entries = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined || name === "ELECTRON_RUN_AS_NODE" ? [] : [[name, value] as const],
  )
  return { ...Object.fromEntries(entries), ...changes }
}

interface Fixtures {
  readonly profile: string
  readonly launch: (changes?: Readonly<Record<string, string>>) => Promise<ElectronApplication>
  readonly app: ElectronApplication
  readonly page: Page
}

export const test = base.extend<Fixtures>({
  profile: async ({ browserName }, use) => {
    // Playwright reads what a fixture needs from this pattern, and wants one.
    const folder = await mkdtemp(join(tmpdir(), `vrijgave-${browserName}-`))
    await use(folder)
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  },
  launch: async ({ profile }, use) => {
    const launched: ElectronApplication[] = []
    await use(async (changes) => {
      const args = [APPLICATION, `--user-data-dir=${profile}`]
      const app = await _electron.launch({ args, env: environment(changes) })
      launched.push(app)
      return app
    })
    for (const app of launched) await app.close().catch(() => undefined)
  },
  app: async ({ launch }, use) => {
    await use(await launch())
  },
  page: async ({ app }, use) => {
    const page = await app.firstWindow()
    await expect(page.locator("output")).toHaveText("ready")
    await use(page)
  },
})

/** What the main process has seen. */
export function seenBy(app: ElectronApplication): Promise<Seen> {
  return app.evaluate(() => {
    // Set by main.mjs of the fixture.
    const { seen } = globalThis as unknown as { seen: Seen }
    return seen
  })
}

export { expect }
