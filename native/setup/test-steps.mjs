import { join } from "node:path"
import { MODULES, ROOT } from "./paths.mjs"
import { countsFile } from "./test-counts.mjs"

/**
 * One command of the tests; each has its own heading, output, time and outcome.
 * @typedef {object} TestStep
 * @property {string} name
 * @property {string} heading
 * @property {readonly string[]} args for Node 24
 * @property {Record<string, string>} environment
 */

const TSC = join(MODULES, "typescript", "bin", "tsc")
const ESLINT = join(MODULES, "eslint", "bin", "eslint.js")
const PRETTIER = join(MODULES, "prettier", "bin", "prettier.cjs")
const VITEST = join(MODULES, "vitest", "vitest.mjs")
const REPORTER = join(ROOT, "native", "setup", "test-counts-reporter.mjs")

/**
 * @param {string} project of vitest.config.mjs
 * @param {string} heading
 * @param {Record<string, string>} environment
 * @returns {TestStep}
 */
function vitest(project, heading, environment = {}) {
  return {
    name: project,
    heading,
    args: [VITEST, "run", "--project", project, "--reporter=default", `--reporter=${REPORTER}`],
    environment: { VRIJGAVE_TEST_COUNTS: countsFile(project), ...environment },
  }
}

const TYPES = { name: "types", heading: "types (tsc)", args: [TSC, "-b"], environment: {} }
const LINT = {
  name: "lint",
  heading: "lint (eslint)",
  args: [ESLINT, ".", "--max-warnings=0"],
  environment: {},
}
const FORM = {
  name: "form",
  heading: "form (prettier)",
  args: [PRETTIER, "--check", "--log-level=warn", "."],
  environment: {},
}
const UNIT = vitest("unit", "unit tests")
const INTEROP = vitest("interop", "interoperability with openssl, gpgsm and NSS")
const JOURNEY = vitest("journey", "the journey")
const FUZZ = vitest("fuzz", "fuzzing, 20 seconds", { VRIJGAVE_FUZZ_SECONDS: "20" })
const LONG = [
  vitest("fuzz", "fuzzing, 10 minutes", { VRIJGAVE_FUZZ_SECONDS: "600" }),
  vitest("long", "what takes longer"),
]

/**
 * The steps behind each word that `npm test` and its sisters give; undefined for a word that is none of them.
 * @param {string} word
 * @returns {readonly TestStep[] | undefined}
 */
export function stepsOf(word) {
  return new Map([
    ["all", [TYPES, LINT, FORM, UNIT, INTEROP, JOURNEY, FUZZ]],
    ["types", [TYPES]],
    ["lint", [LINT, FORM]],
    ["unit", [UNIT]],
    ["interop", [INTEROP]],
    ["journey", [JOURNEY]],
    ["fuzz", [FUZZ]],
    ["long", LONG],
  ]).get(word)
}
