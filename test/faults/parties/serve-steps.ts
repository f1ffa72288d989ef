import { flushCompileCache } from "node:module"
import { z } from "zod"
import { DeskError } from "../../../src-main/desk-problem.ts"
import { boundary } from "../support/boundary.ts"

export const StepQuestion = z.strictObject({ id: z.int(), step: z.string(), input: z.unknown() })
export const StepAnswer = z.union([
  z.strictObject({ id: z.int(), value: z.unknown() }),
  z.strictObject({ id: z.int(), error: z.strictObject({ code: z.string(), message: z.string() }) }),
])
export type StepAnswer = z.infer<typeof StepAnswer>

/** The steps of a party by name; what they answer crosses as JSON. */
export type Steps = Readonly<Record<string, (input: unknown) => Promise<unknown>>>

/** Does what the parent asks, each within its step of the boundary; ends with the parent. */
export function serveSteps(steps: Steps): void {
  process.on("message", (message) => {
    void answer(steps, StepQuestion.parse(message))
  })
  process.on("disconnect", () => {
    process.exit(0)
  })
  // Now: most of these processes are killed.
  flushCompileCache()
}

async function answer(steps: Steps, question: z.infer<typeof StepQuestion>): Promise<void> {
  const { id, step, input } = question
  const run = step === "heal" ? healed : steps[step]
  if (run === undefined) throw new RangeError(`no step ${step}`)
  const settled: StepAnswer = await boundary
    .inStep(step, () => run(input))
    .then(
      (value) => ({ id, value: value ?? null }),
      (error: unknown) => ({ id, error: describe(error) }),
    )
  process.send?.(settled)
}

function healed(): Promise<undefined> {
  boundary.heal()
  return Promise.resolve(undefined)
}

function describe(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof DeskError) return { code: error.problem.code, message: error.message }
  if (!(error instanceof Error)) return { code: "unknown", message: String(error) }
  const code = "code" in error ? String(error.code) : error.name
  return { code, message: error.message }
}
