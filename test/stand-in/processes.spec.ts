import { spawn, type ChildProcess } from "node:child_process"
import { readdirSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { APPLICATION, environment, expect, isStandIn, seenBy, test } from "./fixture.ts"
import { listeningPorts, processesNaming } from "./support/processes.ts"

// Without Playwright, which asks for a port of its own: as the user starts it.

// The package's one export is the path of its executable, which its types do not say.
const EXECUTABLE = createRequire(import.meta.url)("electron") as unknown as string

function start(profile: string, ...more: readonly string[]): ChildProcess {
  const root = process.getuid?.() === 0 ? ["--no-sandbox"] : []
  const args = [APPLICATION, ...root, `--user-data-dir=${profile}`, ...more]
  return spawn(EXECUTABLE, args, { env: environment(), stdio: "ignore" })
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once("exit", resolve))
}

/** Waits until its window is up: then Chromium has a process for the page. */
async function whenUp(profile: string): Promise<void> {
  await expect.poll(() => processesNaming(profile, "--type=renderer").length).toBeGreaterThan(0)
}

test("no process of the application listens on a port", async ({ profile }) => {
  const child = start(profile)
  await whenUp(profile)
  const processes = processesNaming(profile)
  expect(processes.length).toBeGreaterThan(3)
  expect(listeningPorts(processes)).toEqual([])
  const gone = exitOf(child)
  child.kill("SIGTERM")
  expect(await gone).toBe(0)
})

for (const signal of ["SIGTERM", "SIGKILL"] as const) {
  test(`nothing is left of the application after ${signal}`, async ({ profile }) => {
    const child = start(profile)
    await whenUp(profile)
    const gone = exitOf(child)
    child.kill(signal)
    await gone
    await expect.poll(() => processesNaming(profile)).toEqual([])
  })
}

test("the application ends when Chromium is killed", async ({ profile }) => {
  test.skip(!isStandIn, "Electron is one with its Chromium")
  const child = start(profile)
  await whenUp(profile)
  const gone = exitOf(child)
  for (const pid of processesNaming(profile, "--remote-debugging-pipe")) process.kill(pid, "SIGKILL")
  expect(await gone).toBe(1)
})

test("a second instance tells the first, and ends", async ({ app, page, profile }) => {
  await expect(page.getByRole("heading")).toBeVisible()
  expect(await exitOf(start(profile, "--another"))).toBe(0)
  await expect.poll(async () => (await seenBy(app)).second).toContain("--another")
  expect(app.windows()).toHaveLength(1)
})

test("the lock of an instance that was killed is taken over", async ({ profile, launch }) => {
  const child = start(profile)
  await whenUp(profile)
  const gone = exitOf(child)
  child.kill("SIGKILL")
  await gone
  await expect.poll(() => processesNaming(profile)).toEqual([])
  const app = await launch()
  await expect((await app.firstWindow()).locator("output")).toHaveText("ready")
})

test("nothing of the page is written outside its profile", async ({ app, page, profile }) => {
  await expect(page.getByRole("heading")).toBeVisible()
  expect(readdirSync(profile).length).toBeGreaterThan(0)
  expect(await app.evaluate(({ app: main }) => main.getPath("sessionData"))).toContain(profile)
  expect(readFileSync(`/proc/${String(app.process().pid)}/cmdline`, "utf8")).toContain(profile)
})
