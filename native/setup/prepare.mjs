import { checkCardModule } from "./card-module.mjs"
import { checkElectron } from "./electron-runtime.mjs"
import { checkNode } from "./node-version.mjs"
import { checkPackages } from "./packages.mjs"
import { checkPrograms } from "./programs.mjs"
import { SetupError } from "./progress.mjs"

/** @import { Progress } from "./progress.mjs" */

/**
 * What a command is about to do: demonstrate, test, or only read the sources (types, lint).
 * @typedef {"start" | "test" | "read"} Purpose
 */

/** @typedef {{ name: string, check: (progress: Progress) => string }} Preparation */

/**
 * What must be in place for a purpose, in the order in which it is looked at.
 * @param {Purpose} purpose
 * @returns {readonly Preparation[]}
 */
export function preparationsFor(purpose) {
  const packages = { name: "packages (npm)", check: checkPackages }
  const node = { name: "Node 24", check: checkNode }
  if (purpose === "read") return [packages, node]
  const electron = { name: "windows (Electron)", check: checkElectron }
  /** @type {Preparation} */
  const programs = { name: "programs of the machine", check: (progress) => checkPrograms(purpose, progress) }
  return [
    packages,
    node,
    electron,
    programs,
    { name: "card module (pkcs11js, koffi)", check: checkCardModule },
  ]
}

/**
 * All that a fresh clone lacks, step by step; what is there already is left alone, so a second time takes a second.
 * Throws `SetupError`, which says what to do next.
 * @param {readonly Preparation[]} preparations
 * @param {Progress} progress
 */
export function prepare(preparations, progress) {
  for (const { name, check } of preparations) {
    progress.begin(name)
    progress.end(check(progress))
  }
}

/**
 * Runs a command of ours; a `SetupError` becomes its words and exit code 1, without a stack trace.
 * @param {() => Promise<number>} command
 */
export async function exitWith(command) {
  try {
    process.exitCode = await command()
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    process.stderr.write(`\n${error.message}\n`)
    process.exitCode = 1
  }
}
