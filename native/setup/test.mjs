import { node24, ROOT } from "./paths.mjs"
import { exitWith, preparationsFor, prepare } from "./prepare.mjs"
import { progress, SetupError } from "./progress.mjs"
import { runInForeground } from "./run.mjs"
import { countsOfStep, forgetCounts, sumOf, summaryOf } from "./test-counts.mjs"
import { stepsOf } from "./test-steps.mjs"

/** @import { Progress } from "./progress.mjs" */
/** @import { TestCounts } from "./test-counts.mjs" */
/** @import { TestStep } from "./test-steps.mjs" */

// `npm test`, and with a word one part of it: `npm run test:unit -- test/protocol` hands the rest on to Vitest.
// Every part runs, also after one that failed, so that one run tells all; the exit code is that of the first failure.

let interrupted = false
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => (interrupted = true))

const [word = "all", ...rest] = process.argv.slice(2)

await exitWith(async () => {
  const steps = stepsOf(word)
  if (steps === undefined) throw new SetupError(`There are no tests called ${word}.`)
  const preparations = preparationsFor(word === "types" || word === "lint" ? "read" : "test")
  const told = progress(preparations.length + steps.length, console.log)
  prepare(preparations, told)

  /** @type {{ name: string, code: number, counts: TestCounts }[]} */
  const outcomes = []
  for (const step of steps) {
    outcomes.push(await runStep(step, told))
    if (interrupted) break
  }

  const failed = outcomes.filter((outcome) => outcome.code !== 0)
  if (failed.length > 0) console.log(`\nfailed: ${failed.map((outcome) => outcome.name).join(", ")}`)
  console.log(`\n${summaryOf(sumOf(outcomes.map((outcome) => outcome.counts)))}`)
  return failed[0]?.code ?? 0
})

/**
 * @param {TestStep} step
 * @param {Progress} told
 */
async function runStep(step, told) {
  told.begin(step.heading)
  forgetCounts(step.name)
  const args = [...step.args, ...rest]
  const code = await runInForeground(node24() ?? process.execPath, args, {
    cwd: ROOT,
    environment: step.environment,
  })
  const counts = countsOfStep(step.name, code === 0)
  told.end(code === 0 ? "good" : `failed, exit code ${code}`)
  return { name: step.name, code, counts }
}
