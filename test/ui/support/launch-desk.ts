import { join } from "node:path"
import { _electron as electron, type ElectronApplication, type Page } from "@playwright/test"

const ROOT = join(import.meta.dirname, "../../..")

/** A desk that runs: its process, and its window. */
export interface RunningDesk {
  readonly application: ElectronApplication
  readonly window: Page
}

export interface Launch {
  /** The folder of the application; the repository itself when left out. */
  readonly app?: string
  readonly userData: string
  readonly language: "nl" | "en"
  readonly environment: Readonly<Record<string, string>>
}

/** Starts the built desk in its practice environment, and answers as soon as its first screen is there. */
export async function launchDesk({ app, userData, language, environment }: Launch): Promise<RunningDesk> {
  const application = await electron.launch({
    args: [app ?? ".", "--practice", `--user-data-dir=${userData}`],
    cwd: ROOT,
    env: { ...inherited(), VRIJGAVE_LANGUAGE: language, ...environment },
  })
  const window = await application.firstWindow()
  await window.locator("h1").waitFor()
  return { application, window }
}

/** What this process was given, as a program that it starts takes it. */
export function inherited(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

/** Ends a desk as a power cut would: nothing is asked of it any more. */
export async function killDesk({ application }: RunningDesk): Promise<void> {
  const gone = application.waitForEvent("close")
  application.process().kill("SIGKILL")
  await gone
}
