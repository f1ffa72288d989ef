import { parseArgs } from "node:util"
import { openDisplay } from "../../native/setup/virtual-display.mjs"
import { isMet, printPart, type Part } from "../support/report.ts"
import { withBenchWorld, type BenchWorld } from "./bench-world.ts"
import { measureFrames } from "./measure-frames.ts"
import { measureMemory } from "./measure-memory.ts"
import { measureStart } from "./measure-start.ts"
import { measureSteps } from "./measure-steps.ts"
import { writeDeskFigures } from "./write-desk-figures.ts"

const USUAL = { starts: 7, steps: 15, consults: 200, busySeconds: 30 }
const QUICK = { starts: 2, steps: 3, consults: 8, busySeconds: 3 }

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: "boolean" }, quick: { type: "boolean" }, consults: { type: "string" } },
})
const usual = values.quick === true ? QUICK : USUAL
const counts = values.consults === undefined ? usual : { ...usual, consults: Number(values.consults) }
const PARTS: ReadonlyMap<string, (world: BenchWorld) => Promise<Part>> = new Map([
  ["start", (world: BenchWorld) => measureStart(world, counts.starts)],
  ["steps", (world: BenchWorld) => measureSteps(world, counts.steps)],
  ["memory", (world: BenchWorld) => measureMemory(world, counts.consults)],
  ["frames", (world: BenchWorld) => measureFrames(world, counts.busySeconds)],
])

const display = await openDisplay()
Object.assign(process.env, display.environment)
try {
  const parts = await withBenchWorld(measureAll)
  if (values.write === true) await writeDeskFigures(parts)
  process.exitCode = parts.every(({ goals }) => goals.every(isMet)) ? 0 : 1
} finally {
  await display.close()
}

async function measureAll(world: BenchWorld): Promise<readonly Part[]> {
  const parts: Part[] = []
  for (const [name, measure] of PARTS) {
    if (positionals.length > 0 && !positionals.includes(name)) continue
    const part = await measure(world)
    console.log(printPart(part))
    parts.push(part)
  }
  return parts
}
