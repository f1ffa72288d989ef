import { expect } from "@playwright/test"
import { spawn, type ChildProcess } from "node:child_process"
import { mkdtemp } from "node:fs/promises"
import { join } from "node:path"
import { chooseRuntime } from "../../native/setup/electron-runtime.mjs"
import { openDisplay } from "../../native/setup/virtual-display.mjs"
import { listeningPorts, processesNaming } from "../stand-in/support/processes.ts"
import { gatedTest as test } from "./support/gated-test.ts"
import { inherited } from "./support/launch-desk.ts"

const ROOT = join(import.meta.dirname, "..", "..")

/** A process and all that it started, by what /proc says of parents. */
function treeOf(root: number, all: readonly (readonly [pid: number, parent: number])[]): readonly number[] {
  const children = all.filter(([, parent]) => parent === root).map(([pid]) => pid)
  return [root, ...children.flatMap((child) => treeOf(child, all))]
}

// As a clinician starts it: Playwright itself asks for a port to talk to the program by.
test("no process of the desk listens on a port", async ({ world }) => {
  test.skip(process.platform !== "linux", "sockets are looked up in /proc")
  const userData = await mkdtemp(join(world.directory, "alone-"))
  const display = await openDisplay()
  const { executable, environment } = chooseRuntime()
  const root = process.getuid?.() === 0 ? ["--no-sandbox"] : []
  const child: ChildProcess = spawn(executable, [".", ...root, "--practice", `--user-data-dir=${userData}`], {
    cwd: ROOT,
    env: { ...inherited(), ...environment, ...display.environment, ...world.environment },
    stdio: "ignore",
  })
  try {
    // Its line has asked the backend whether it is there: by then everything of it has started.
    await expect.poll(() => world.gate.passed.length, { timeout: 40_000 }).toBeGreaterThan(0)
    await expect.poll(() => processesNaming(userData, "--type=renderer").length).toBeGreaterThan(0)
    const processes = treeOf(child.pid ?? 0, await parents())
    expect(processes.length).toBeGreaterThan(4)
    expect(listeningPorts(processes)).toEqual([])
    expect(listeningPorts(processesNaming(userData))).toEqual([])
  } finally {
    const gone = new Promise((resolve) => child.once("exit", resolve))
    child.kill()
    await gone
    await display.close()
  }
})

async function parents(): Promise<readonly (readonly [number, number])[]> {
  const { readdir, readFile } = await import("node:fs/promises")
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name))
  return await Promise.all(
    pids.map(async (pid) => {
      const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "")
      return [Number(pid), Number(/^PPid:\s*(\d+)$/m.exec(status)?.[1])] as const
    }),
  )
}
