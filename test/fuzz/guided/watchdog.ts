import { Worker } from "node:worker_threads"
import { MAX_INPUT_BYTES } from "./mutate-bytes.ts"
import type { BeforeTry } from "./engine.ts"

const NAME_BYTES = 64
const LOOK_EVERY_MILLISECONDS = 500

/**
 * A thread that watches the tries of this one: where one takes more than `patienceMilliseconds` of CPU time, or waits for
 * many times as long for something that does not come, it writes the input down as a finding, a line of JSON on standard
 * output, and ends the process; this thread could not do it any more.
 */
export function startWatchdog(patienceMilliseconds: number): {
  beforeTry: BeforeTry
  stop: () => Promise<void>
} {
  const shared = new SharedArrayBuffer(12 + NAME_BYTES + MAX_INPUT_BYTES)
  const numbers = new Int32Array(shared, 0, 3)
  const name = new Uint8Array(shared, 12, NAME_BYTES)
  const bytes = new Uint8Array(shared, 12 + NAME_BYTES)
  const workerData = { shared, patienceMilliseconds, LOOK_EVERY_MILLISECONDS, NAME_BYTES, pid: process.pid }
  const worker = new Worker(WATCH, { eval: true, workerData, execArgv: [] })
  return {
    beforeTry: (target, input) => {
      name.fill(0).set(new TextEncoder().encode(target.slice(0, NAME_BYTES)))
      bytes.set(input.subarray(0, MAX_INPUT_BYTES))
      numbers[1] = input.length
      Atomics.add(numbers, 0, 1)
    },
    stop: async () => {
      await worker.terminate()
    },
  }
}

// Runs in the other thread, which shares memory with this one and nothing else.
const WATCH = `
const { workerData: d } = require("node:worker_threads")
const { writeSync } = require("node:fs")
const numbers = new Int32Array(d.shared, 0, 3)
const cpu = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000 }
let tries = -1
let since = { cpu: cpu(), clock: Date.now() }
setInterval(() => {
  const now = Atomics.load(numbers, 0)
  if (now !== tries) { tries = now; since = { cpu: cpu(), clock: Date.now() } }
  // On a busy machine the clock says little of how long a try takes.
  const isEndless = cpu() - since.cpu > d.patienceMilliseconds || Date.now() - since.clock > 20 * d.patienceMilliseconds
  if (tries === 0 || !isEndless) return
  const name = Buffer.from(new Uint8Array(d.shared, 12, d.NAME_BYTES)).toString().replaceAll("\\0", "")
  const base64 = Buffer.from(new Uint8Array(d.shared, 12 + d.NAME_BYTES, numbers[1])).toString("base64")
  const finding = { target: name, fault: "hung", what: "it does not end", base64 }
  writeSync(1, JSON.stringify({ is: "finding", finding }) + "\\n")
  process.kill(d.pid, "SIGKILL")
}, d.LOOK_EVERY_MILLISECONDS)
`
