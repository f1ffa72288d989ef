/** What set-up could not do, in words that say what to do next. Shown without a stack trace. */
export class SetupError extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message)
    this.name = "SetupError"
  }
}

/**
 * @typedef {object} Progress
 * @property {(name: string) => void} begin a step begins: `[2/5] name`
 * @property {(text: string) => void} say a line under the step
 * @property {(outcome: string) => void} end the step's outcome and its time
 */

/**
 * Tells of the steps one by one; each `begin` counts one further.
 * @param {number} steps
 * @param {(line: string) => void} write
 * @returns {Progress}
 */
export function progress(steps, write) {
  let step = 0
  let began = performance.now()
  return {
    begin: (name) => {
      step += 1
      began = performance.now()
      write(`\n[${step}/${steps}] ${name}`)
    },
    say: (text) => {
      write(`      ${text.replaceAll("\n", "\n      ")}`)
    },
    end: (outcome) => {
      write(`      ${outcome} (${seconds(performance.now() - began)})`)
    },
  }
}

/** @param {number} milliseconds */
export function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`
}
