import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { test as base, _electron as electron, type ElectronApplication, type Page } from "@playwright/test"
import { startWorld, type World } from "./world.ts"

const ROOT = join(import.meta.dirname, "../../..")

/** A desk that runs: its process, and its window. */
export interface RunningDesk {
  readonly application: ElectronApplication
  readonly window: Page
}

export interface DeskOptions {
  readonly language?: "nl" | "en"
  /** The program's own data, to start again with what an earlier desk left. */
  readonly userData?: string
}

export interface Fixtures {
  /** Starts a desk; whatever was started is closed after the test. */
  readonly startDesk: (options?: DeskOptions) => Promise<RunningDesk>
}

/** The built desk on a real backend and a real card; `npm run build` goes before. */
export const test = base.extend<Fixtures, { world: World }>({
  world: [
    async ({}, use) => {
      const world = await startWorld()
      await use(world)
      await world.stop()
    },
    { scope: "worker", timeout: 120_000 },
  ],
  startDesk: async ({ world }, use) => {
    const applications: ElectronApplication[] = []
    const directories: string[] = []
    await use(async ({ language = "nl", userData } = {}) => {
      const data = userData ?? (await newDirectory(directories))
      const application = await electron.launch({
        args: [".", "--practice", `--user-data-dir=${data}`],
        cwd: ROOT,
        env: { ...inherited(), ...world.environment, VRIJGAVE_LANGUAGE: language },
      })
      applications.push(application)
      const window = await application.firstWindow()
      await window.locator("h1").waitFor()
      return { application, window }
    })
    await Promise.all(applications.map((application) => application.close()))
    await Promise.all(directories.map((directory) => rm(directory, { recursive: true, force: true })))
  },
})

async function newDirectory(made: string[]): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "vrijgave-desk-"))
  made.push(directory)
  return directory
}

function inherited(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
