import { mkdir, mkdtemp, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { _electron as electron, type ElectronApplication, type Page } from "@playwright/test"
import type { DeskDoor } from "../../src-preload/contract.ts"
import { chooseRuntime } from "../../native/setup/electron-runtime.mjs"
import { ROOT } from "../support/paths.ts"
import type { BenchWorld } from "./bench-world.ts"

declare global {
  interface Window {
    readonly desk: DeskDoor
  }
}

export interface Running {
  readonly application: ElectronApplication
  readonly page: Page
  readonly userData: string
  /** From the start of the process until its first heading could be seen. */
  readonly milliseconds: number
}

const RUNTIME = chooseRuntime()
// Playwright finds Electron by this process's own environment.
Object.assign(process.env, RUNTIME.environment)
/** What opens the windows here. */
export const RUNTIME_NAME = RUNTIME.kind === "electron" ? "Electron" : "the stand-in for Electron (Chromium)"

/** The built desk, signed out. */
export async function startDesk({ directory, environment }: BenchWorld): Promise<Running> {
  const userData = await mkdtemp(join(directory, "desk-"))
  return await start(ROOT, ["--practice"], userData, environment)
}

/** The least that a window can be: a heading, no preload, nothing behind it. */
export async function startEmptyWindow({ directory }: BenchWorld): Promise<Running> {
  const userData = await mkdtemp(join(directory, "empty-"))
  return await start(await emptyApplication(join(directory, "empty")), [], userData, {})
}

const EMPTY_MAIN = `
import { app, BrowserWindow } from "electron"
const userData = app.commandLine.getSwitchValue("user-data-dir")
if (userData !== "") app.setPath("userData", userData)
app.on("window-all-closed", () => app.quit())
void app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 840 }).loadFile("index.html"))
`

async function emptyApplication(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, "package.json"), '{ "name": "empty", "type": "module", "main": "main.mjs" }')
  await writeFile(
    join(folder, "index.html"),
    '<!doctype html><meta charset="utf-8"><title>Empty</title><h1>Empty</h1>',
  )
  await writeFile(join(folder, "main.mjs"), EMPTY_MAIN)
  return folder
}

async function start(
  app: string,
  switches: readonly string[],
  userData: string,
  environment: Readonly<Record<string, string>>,
): Promise<Running> {
  const begun = performance.now()
  const application = await electron.launch({
    args: ["--expose-gc", "--js-flags=--expose-gc", app, ...switches, `--user-data-dir=${userData}`],
    cwd: app,
    env: { ...inherited(), ...environment },
  })
  const page = await application.firstWindow()
  await page.locator("h1").waitFor()
  return { application, page, userData, milliseconds: performance.now() - begun }
}

function inherited(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  return Object.fromEntries(entries)
}
