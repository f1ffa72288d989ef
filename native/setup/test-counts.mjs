import { readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { CACHE } from "./paths.mjs"

/**
 * @typedef {object} TestCounts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/** @type {TestCounts} */
export const NO_TESTS = { passed: 0, failed: 0, skipped: 0 }

/**
 * Where the Vitest run of this name leaves its counts.
 * @param {string} name
 */
export function countsFile(name) {
  return join(CACHE, "test-counts", `${name}.json`)
}

/**
 * Forgets what an earlier run of this name counted.
 * @param {string} name
 */
export function forgetCounts(name) {
  rmSync(countsFile(name), { force: true })
}

/**
 * What a step adds to the sum: what its tests counted; a step that fails without a failed test counts as one.
 * @param {string} name
 * @param {boolean} ok
 * @returns {TestCounts}
 */
export function countsOfStep(name, ok) {
  const counts = readCounts(name)
  return ok || counts.failed > 0 ? counts : { ...counts, failed: 1 }
}

/**
 * @param {string} name
 * @returns {TestCounts}
 */
function readCounts(name) {
  try {
    // Written a moment ago by test-counts-reporter.mjs, in this form.
    return /** @type {TestCounts} */ (JSON.parse(readFileSync(countsFile(name), "utf8")))
  } catch {
    return NO_TESTS
  }
}

/**
 * @param {readonly TestCounts[]} all
 * @returns {TestCounts}
 */
export function sumOf(all) {
  return all.reduce(
    (sum, counts) => ({
      passed: sum.passed + counts.passed,
      failed: sum.failed + counts.failed,
      skipped: sum.skipped + counts.skipped,
    }),
    NO_TESTS,
  )
}

/**
 * The last line of the tests: `N passed, N failed`, and `, N skipped` where there are any.
 * @param {TestCounts} counts
 */
export function summaryOf(counts) {
  return `${counts.passed} passed, ${counts.failed} failed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ""}`
}
