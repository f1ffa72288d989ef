import { mkdirSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"

/** @import { TestCase, TestModule } from "vitest/node" */
/** @import { TestCounts } from "./test-counts.mjs" */

/**
 * A Vitest reporter beside the ordinary one: it tells why tests were skipped, and leaves the counts for `npm test`
 * in the file that VRIJGAVE_TEST_COUNTS names.
 */
export default class TestCountsReporter {
  /**
   * @param {readonly TestModule[]} modules
   * @param {readonly unknown[]} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    for (const line of skippedBecause(tests)) console.log(line)
    const path = process.env["VRIJGAVE_TEST_COUNTS"]
    if (path === undefined) return
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, JSON.stringify(countsOf(modules, tests, unhandledErrors.length)))
  }
}

/**
 * @param {readonly TestModule[]} modules
 * @param {readonly TestCase[]} tests
 * @param {number} unhandledErrors
 * @returns {TestCounts}
 */
function countsOf(modules, tests, unhandledErrors) {
  /** @param {string} state */
  const inState = (state) => tests.filter((test) => test.result().state === state).length
  // A file that does not load, or whose hook fails, has no failed test to show for it, but it is a failure.
  const brokenModules = modules.filter(
    (module) => module.state() === "failed" && ![...module.children.allTests("failed")].length,
  ).length
  return {
    passed: inState("passed"),
    failed: inState("failed") + inState("pending") + brokenModules + unhandledErrors,
    skipped: inState("skipped"),
  }
}

/**
 * One line a reason, with the number of tests that gave it.
 * @param {readonly TestCase[]} tests
 */
function skippedBecause(tests) {
  /** @type {Map<string, number>} */
  const numbers = new Map()
  for (const test of tests) {
    const result = test.result()
    if (result.state !== "skipped") continue
    const reason = `${test.module.relativeModuleId}: ${result.note ?? suiteOrName(test)}`
    numbers.set(reason, (numbers.get(reason) ?? 0) + 1)
  }
  return [...numbers].map(([reason, number]) => `      skipped ${number} in ${reason}`)
}

/**
 * What stands for a test that was skipped without a note: the suite around it, which was skipped with it.
 * @param {TestCase} test
 */
function suiteOrName(test) {
  return test.parent.type === "suite" ? test.parent.fullName : test.name
}
