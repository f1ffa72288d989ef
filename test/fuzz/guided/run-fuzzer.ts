import { spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { text } from "node:stream/consumers"
import { z } from "zod"

const INSTRUMENT = join(import.meta.dirname, "instrument.ts")
const RUN = join(import.meta.dirname, "run.ts")

const FoundFault = z.strictObject({
  target: z.string(),
  fault: z.enum(["threw", "hung"]),
  what: z.string(),
  base64: z.string(),
})
const Line = z.discriminatedUnion("is", [
  z.strictObject({ is: z.literal("finding"), finding: FoundFault }),
  z.strictObject({
    is: z.literal("target"),
    target: z.string(),
    executions: z.number(),
    milliseconds: z.number(),
    inputs: z.number(),
    features: z.number(),
    findings: z.number(),
  }),
  z.strictObject({
    is: z.literal("reached"),
    seed: z.string(),
    folders: z.array(z.strictObject({ folder: z.string(), branches: z.number(), reached: z.number() })),
  }),
])
type Line = z.infer<typeof Line>
type Told<Is extends Line["is"]> = Extract<Line, { is: Is }>

export interface FuzzerReport {
  readonly findings: readonly z.infer<typeof FoundFault>[]
  readonly targets: readonly Told<"target">[]
  readonly folders: Told<"reached">["folders"]
  readonly errors: string
}

/** Runs the fuzzer in a process of its own, where the product's modules are instrumented, to its end. */
export async function runFuzzer(options: readonly string[]): Promise<FuzzerReport> {
  const child = spawn(process.execPath, ["--import", INSTRUMENT, RUN, ...options], {
    stdio: ["ignore", "pipe", "pipe"],
  })
  try {
    const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")])
    return { ...reportIn(output), errors }
  } finally {
    child.kill("SIGKILL")
  }
}

function reportIn(output: string): Omit<FuzzerReport, "errors"> {
  const lines = output
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => Line.parse(JSON.parse(line)))
  return {
    findings: lines.flatMap((line) => (line.is === "finding" ? [line.finding] : [])),
    targets: lines.filter((line) => line.is === "target"),
    folders: lines.flatMap((line) => (line.is === "reached" ? line.folders : [])),
  }
}

/** The part of a folder's branches that was reached, in percent. */
export function percentReached({ folders }: FuzzerReport, name: string): number {
  const found = folders.find(({ folder }) => folder === name)
  return found === undefined || found.branches === 0 ? 0 : (100 * found.reached) / found.branches
}
