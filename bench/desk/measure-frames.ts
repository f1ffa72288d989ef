import { readdirSync, readFileSync } from "node:fs"
import { setTimeout as pause } from "node:timers/promises"
import type { Page } from "@playwright/test"
import type { Part } from "../support/report.ts"
import type { BenchWorld } from "./bench-world.ts"
import { agreeToAll, register, signIn, typeCode, typePin, waitForScreen } from "./drive.ts"
import { startDesk, type Running } from "./launch.ts"

/** Whether the window stays alive while the card does not answer: its process is stopped for so long in the middle of a signature. */
export async function measureFrames(world: BenchWorld, seconds: number): Promise<Part> {
  const running = await startDesk(world)
  try {
    await signIn(running)
    const { code } = await register(world)
    await typeCode(running, code)
    await agreeToAll(running)
    const cardHosts = cardHostsOf(running)
    if (cardHosts.length === 0) throw new Error("the card host's process was not found")
    for (const pid of cardHosts) process.kill(pid, "SIGSTOP")
    await typePin(running)
    await waitForScreen(running, "signing")
    const frames = await longestFrame(running.page, seconds)
    for (const pid of cardHosts) process.kill(pid, "SIGCONT")
    await waitForScreen(running, "following")
    return {
      letter: "frames",
      title: `The window while the card is busy for ${String(seconds)} s`,
      goals: [{ name: "the longest frame, ms", found: frames.longest, atMost: 100 }],
      context: [["frames drawn", String(frames.count)]],
      remarks: [
        "the card host's process is stopped (SIGSTOP) before the PIN and goes on afterwards; the signature then arrives",
      ],
    }
  } finally {
    await running.application.close()
  }
}

/** The processes that hold the module, by their entry and their parent. */
function cardHostsOf({ application }: Running): readonly number[] {
  const main = String(application.process().pid)
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => read(`/proc/${pid}/cmdline`).includes("host-process.js"))
    .filter((pid) => new RegExp(`^PPid:\\s*${main}$`, "m").test(read(`/proc/${pid}/status`)))
    .map(Number)
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8")
  } catch {
    return ""
  }
}

async function longestFrame(
  page: Page,
  seconds: number,
): Promise<{ readonly longest: number; readonly count: number }> {
  await page.evaluate(() => {
    const frames = { longest: 0, count: 0, last: performance.now() }
    Object.assign(window, { frames })
    const next = (at: number): void => {
      frames.longest = Math.max(frames.longest, at - frames.last)
      Object.assign(frames, { last: at, count: frames.count + 1 })
      requestAnimationFrame(next)
    }
    requestAnimationFrame(next)
  })
  const until = performance.now() + seconds * 1_000
  while (performance.now() < until) {
    // Somebody looks around meanwhile.
    await page.keyboard.press("Tab")
    await pause(250)
  }
  // Sound: put there above.
  return await page.evaluate(
    () => (window as unknown as { frames: { longest: number; count: number } }).frames,
  )
}
