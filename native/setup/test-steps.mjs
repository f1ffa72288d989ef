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
const PLAYWRIGHT = join(MODULES, "@playwright", "test", "cli.js")
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

/**
 * @param {TestStep} step
 * @param {readonly string[]} more
 * @returns {TestStep}
 */
function withArgs(step, more) {
  return { ...step, args: [...step.args, ...more] }
}

/**
 * @param {string} project of playwright.config.ts
 * @param {string} heading
 * @returns {TestStep}
 */
function playwright(project, heading) {
  return {
    name: project,
    heading,
    args: [PLAYWRIGHT, "test", "--project", project, "--pass-with-no-tests"],
    environment: { VRIJGAVE_TEST_COUNTS: countsFile(project) },
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
const SURFACE = {
  name: "surface",
  heading: "types (what of Electron the desk may use)",
  args: [join(ROOT, "native", "setup", "check-surface.mjs")],
  environment: {},
}
const BUNDLES = {
  name: "bundles",
  heading: "the windows' bundles (vite)",
  args: [join(ROOT, "native", "setup", "build.mjs")],
  environment: {},
}
const STAND_IN = playwright("stand-in", "what the desk expects of Electron")
const DESK = playwright("desk", "the desk, in its window")
const CARD_WINDOW = {
  ...playwright("card", "the desk on the chipcard, in its window"),
  name: "card-window",
  environment: { VRIJGAVE_TEST_COUNTS: countsFile("card-window") },
}
const GALLERY = playwright("gallery", "every state of the window, in pictures")
const UNIT = vitest("unit", "unit tests")
const CARD = vitest("card", "the virtual chipcard in a real reader")
const REPRESENTATION = withArgs(vitest("unit", "representation, case by case"), [
  "test/representation/",
  "--reporter=verbose",
])
const INTEROP = vitest("interop", "interoperability with openssl, gpgsm and NSS")
const JOURNEY = vitest("journey", "the journey")
const FUZZ = vitest("fuzz", "fuzzing, 20 seconds", { VRIJGAVE_FUZZ_SECONDS: "20" })
const LONG = [
  vitest("fuzz", "fuzzing, 10 minutes", { VRIJGAVE_FUZZ_SECONDS: "600" }),
  vitest("long", "what takes longer"),
  BUNDLES,
  playwright("desk-long", "the desk, killed at every moment"),
]

/**
 * The steps behind each word that `npm test` and its sisters give; undefined for a word that is none of them.
 * @param {string} word
 * @returns {readonly TestStep[] | undefined}
 */
export function stepsOf(word) {
  return new Map([
    [
      "all",
      [
        TYPES,
        SURFACE,
        LINT,
        FORM,
        UNIT,
        INTEROP,
        JOURNEY,
        CARD,
        FUZZ,
        BUNDLES,
        STAND_IN,
        GALLERY,
        DESK,
        CARD_WINDOW,
      ],
    ],
    ["types", [TYPES, SURFACE]],
    ["lint", [LINT, FORM]],
    ["unit", [UNIT]],
    ["interop", [INTEROP]],
    ["journey", [JOURNEY]],
    ["ui", [BUNDLES, STAND_IN, GALLERY, DESK]],
    ["stand-in", [STAND_IN]],
    ["desk", [BUNDLES, DESK]],
    ["card", [CARD, BUNDLES, CARD_WINDOW]],
    ["gallery", [GALLERY]],
    ["representation", [REPRESENTATION]],
    ["fuzz", [FUZZ]],
    ["long", LONG],
  ]).get(word)
}
