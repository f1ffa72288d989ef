import { mkdirSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"

/** @import { FullConfig, Suite, TestCase } from "@playwright/test/reporter" */

/**
 * A Playwright reporter beside the ordinary one: it tells which runtime opens the windows, so that no pass of the
 * stand-in is read as one of Electron, and leaves the counts for `npm test` in the file that VRIJGAVE_TEST_COUNTS names.
 */
export default class PlaywrightReporter {
  /** @type {readonly TestCase[]} */
  #tests = []
  #errors = 0
  #runtime = ""

  /**
   * @param {FullConfig} config
   * @param {Suite} suite
   */
  onBegin(config, suite) {
    this.#tests = suite.allTests()
    this.#runtime = String(config.metadata["runtime"] ?? "a runtime that is not named")
    console.log(`      windows by ${this.#runtime}`)
  }

  /** A failure outside any test. */
  onError() {
    this.#errors += 1
  }

  onEnd() {
    for (const test of this.#tests.filter((one) => one.outcome() === "skipped"))
      console.log(`      skipped: ${test.title}: ${reasonOf(test)}`)
    const counts = this.#counts()
    console.log(
      `      ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped, on ${this.#runtime}`,
    )
    const path = process.env["VRIJGAVE_TEST_COUNTS"]
    if (path === undefined) return
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, JSON.stringify(counts))
  }

  #counts() {
    /** @param {ReturnType<TestCase["outcome"]>} outcome */
    const withOutcome = (outcome) => this.#tests.filter((test) => test.outcome() === outcome).length
    return {
      passed: withOutcome("expected"),
      // A test that passes only when it is tried again has failed.
      failed: withOutcome("unexpected") + withOutcome("flaky") + this.#errors,
      skipped: withOutcome("skipped"),
    }
  }
}

/**
 * Why a test was skipped, as it said itself; or that it was never reached.
 * @param {TestCase} test
 */
function reasonOf(test) {
  const said = [...test.annotations, ...test.results.flatMap(({ annotations }) => annotations)]
  return said.find(({ type }) => type === "skip")?.description ?? "it gave no reason, or was not reached"
}
