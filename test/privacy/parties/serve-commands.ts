import { writeHeapSnapshot } from "node:v8"
import { z } from "zod"

const Command = z.strictObject({ id: z.int(), does: z.string(), with: z.string() })

/** A step of a party by its name; it is handed a text and answers one. */
export type Commands = Readonly<Record<string, (argument: string) => Promise<string>>>

/** Does what the parent says, one at a time. Every party can show its heap, after everything that is free was collected. */
export function serveCommands(commands: Commands): void {
  const all: Commands = { ...commands, "show-heap": showHeap, collect }
  process.on("message", (message) => {
    const { id, does, with: argument } = Command.parse(message)
    const step = all[does]
    if (step === undefined) throw new RangeError(`no step ${does}`)
    step(argument).then(
      (done) => process.send?.({ id, done }),
      (error: unknown) => process.send?.({ id, failed: error instanceof Error ? error.message : "unknown" }),
    )
  })
  process.on("disconnect", () => {
    process.exit(0)
  })
}

async function collect(): Promise<string> {
  for (let round = 0; round < 4; round++) {
    // What is freed by one round may be held by a callback that has yet to run.
    await new Promise((resolve) => setTimeout(resolve, 20))
    globalThis.gc?.()
  }
  return ""
}

async function showHeap(file: string): Promise<string> {
  await collect()
  writeHeapSnapshot(file)
  return file
}
