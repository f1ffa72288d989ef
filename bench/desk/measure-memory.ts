import { readFileSync } from "node:fs"
import type { Part } from "../support/report.ts"
import type { BenchWorld } from "./bench-world.ts"
import { agreeToAll, register, signIn, typeCode, typePin, waitForScreen } from "./drive.ts"
import { startDesk, type Running } from "./launch.ts"

/** What is in use after a collection, in MiB. */
interface Memory {
  readonly main: number
  readonly page: number
  /** What the system has given main, whatever is in use of it. */
  readonly resident: number
}

/** What the desk holds after one consult, and after many. */
export async function measureMemory(world: BenchWorld, consults: number): Promise<Part> {
  const running = await startDesk(world)
  try {
    await signIn(running)
    await oneConsult(world, running)
    const first = await memoryOf(running)
    for (let done = 1; done < consults; done++) await oneConsult(world, running)
    const last = await memoryOf(running)
    const growth = (last.main + last.page) / (first.main + first.page) - 1
    return {
      letter: "memory",
      title: `Memory after 1 and after ${String(consults)} consults`,
      goals: [
        { name: "growth of what main and page hold after a collection, %", found: growth * 100, atMost: 10 },
      ],
      context: [
        ["held by main", shown(first.main, last.main)],
        ["held by the page", shown(first.page, last.page)],
        ["resident size of main's process", shown(first.resident, last.resident)],
      ],
      remarks: [
        "each consult goes from the code to the phone's confirmation; none is taken off the list of consults",
      ],
    }
  } finally {
    await running.application.close()
  }
}

async function oneConsult(world: BenchWorld, running: Running): Promise<void> {
  const { code, wait } = await register(world)
  await typeCode(running, code)
  await agreeToAll(running)
  await typePin(running)
  await waitForScreen(running, "following")
  await wait()
  await waitForScreen(running, "done-confirmed")
  await running.page.keyboard.press("Control+n")
  await waitForScreen(running, "ready")
}

const MEBIBYTE = 2 ** 20

async function memoryOf({ application, page }: Running): Promise<Memory> {
  const { heapUsed, external } = await application.evaluate(() => {
    // There because of --expose-gc; twice, for what the first one set free.
    const { gc: collect } = globalThis
    if (collect === undefined) throw new Error("main cannot be made to collect")
    collect()
    collect()
    return process.memoryUsage()
  })
  const session = await page.context().newCDPSession(page)
  await session.send("HeapProfiler.collectGarbage")
  const { usedSize } = await session.send("Runtime.getHeapUsage")
  await session.detach()
  const status = readFileSync(`/proc/${String(application.process().pid)}/status`, "utf8")
  const resident = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) * 1_024
  return { main: (heapUsed + external) / MEBIBYTE, page: usedSize / MEBIBYTE, resident: resident / MEBIBYTE }
}

function shown(first: number, last: number): string {
  return `${first.toFixed(1)} → ${last.toFixed(1)} MiB`
}
