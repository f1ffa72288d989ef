import { existsSync } from "node:fs"
import { isCardModuleBuilt } from "./card-module.mjs"
import { isStandInChosen } from "./electron-runtime.mjs"
import { SetupError } from "./progress.mjs"
import { isOnPath, runQuietly } from "./run.mjs"

/** @import { Progress } from "./progress.mjs" */

/**
 * A program that the machine must bring, and what brings it.
 * @typedef {object} Program
 * @property {string} command by which we see that it is there
 * @property {readonly string[]} [orElse] other commands that do as well
 * @property {string} debian the package of Debian and Ubuntu
 * @property {string} mac what to type on macOS
 * @property {string} windows where it comes from on Windows
 */

/** @type {Program} */
const SOFTHSM = {
  command: "softhsm2-util",
  debian: "softhsm2",
  mac: "brew install softhsm",
  windows: "SoftHSM 2: https://github.com/disig/SoftHSM2-for-Windows (add its bin folder to PATH)",
}

/** @type {readonly Program[]} */
const COMPILERS =
  process.platform === "win32"
    ? [
        {
          command: "cl",
          debian: "g++",
          mac: "xcode-select --install",
          windows:
            "Visual Studio Build Tools, workload 'Desktop development with C++'; from its command prompt",
        },
        {
          command: "python",
          debian: "python3",
          mac: "brew install python",
          windows: "winget install Python.Python.3.13",
        },
      ]
    : [
        { command: "g++", debian: "g++", mac: "xcode-select --install", windows: "" },
        { command: "make", debian: "make", mac: "xcode-select --install", windows: "" },
        { command: "python3", debian: "python3", mac: "brew install python", windows: "" },
      ]

/**
 * What shows the desk on a Linux where Electron's own binary cannot be had; set-up has no stand-in elsewhere.
 * @type {readonly Program[]}
 */
const WINDOWS_OF_STAND_IN = [
  {
    command: "chromium",
    orElse: ["chromium-browser", "google-chrome", "google-chrome-stable"],
    debian: "chromium",
    mac: "",
    windows: "",
  },
  { command: "Xvfb", debian: "xvfb", mac: "", windows: "" },
]

/** @type {readonly Program[]} */
const INTEROPERABILITY = [
  {
    command: "openssl",
    debian: "openssl",
    mac: "brew install openssl@3",
    windows: "winget install ShiningLight.OpenSSL.Light",
  },
  { command: "gpgsm", debian: "gpgsm", mac: "brew install gnupg", windows: "winget install GnuPG.Gpg4win" },
  {
    command: "cmsutil",
    debian: "libnss3-tools",
    mac: "brew install nss",
    windows: "NSS tools: https://firefox-source-docs.mozilla.org/security/nss/",
  },
]

/**
 * The programs that `npm start` or `npm test` needs and that this machine does not have.
 * @param {"start" | "test"} purpose
 * @returns {Program[]}
 */
function missingPrograms(purpose) {
  const needed = [
    SOFTHSM,
    ...(isCardModuleBuilt() ? [] : COMPILERS),
    ...(isStandInChosen() ? WINDOWS_OF_STAND_IN : []),
    ...(purpose === "test" ? INTEROPERABILITY : []),
  ]
  return needed.filter(({ command, orElse = [] }) => ![command, ...orElse].some(isOnPath))
}

/**
 * Sees to it that the machine has the programs that we need: installs them on Debian when we may, and otherwise
 * says exactly what to type. Throws `SetupError` when something stays missing.
 * @param {"start" | "test"} purpose
 * @param {Progress} progress
 */
export function checkPrograms(purpose, progress) {
  const missing = missingPrograms(purpose)
  if (missing.length === 0) return "all there"
  progress.say(`missing: ${missing.map((program) => program.command).join(", ")}`)
  if (!existsSync("/usr/bin/apt-get")) throw new SetupError(instructions(missing))
  const packages = missing.map((program) => program.debian)
  if (process.getuid?.() !== 0) {
    throw new SetupError(
      `Not root, so nothing was installed. Run this, then start again:\n\n  ${debianCommand(packages)}`,
    )
  }
  installDebianPackages(packages, progress)
  const stillMissing = missingPrograms(purpose)
  if (stillMissing.length > 0) throw new SetupError(instructions(stillMissing))
  return `installed ${packages.join(", ")}`
}

/** @param {readonly string[]} packages */
function debianCommand(packages) {
  return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(" ")}`
}

/**
 * @param {readonly string[]} packages
 * @param {Progress} progress
 */
function installDebianPackages(packages, progress) {
  const quiet = { DEBIAN_FRONTEND: "noninteractive" }
  progress.say("apt-get update")
  // A source that cannot be reached fails the update, while the packages may be known from an earlier one: go on.
  runQuietly("apt-get", ["update"], quiet)
  progress.say(`apt-get install ${packages.join(" ")}`)
  const installed = runQuietly("apt-get", ["install", "-y", "--no-install-recommends", ...packages], quiet)
  if (installed.ok) return
  throw new SetupError(
    `${lastLines(installed.output)}\n\napt-get could not install them. If this is the network, try again; ` +
      `else install them by hand:\n\n  ${debianCommand(packages)}`,
  )
}

/** @param {readonly Program[]} missing */
function instructions(missing) {
  const lines = missing.map((program) => `  ${program.command}: ${sourceOf(program)}`)
  return `Install what is missing, then start again:\n\n${[...new Set(lines)].join("\n")}`
}

/** @param {Program} program */
function sourceOf(program) {
  if (process.platform === "win32") return program.windows
  if (process.platform === "darwin") return program.mac
  return `your distribution's package (Debian calls it ${program.debian})`
}

/** @param {string} output */
function lastLines(output) {
  return output.split("\n").slice(-8).join("\n")
}
