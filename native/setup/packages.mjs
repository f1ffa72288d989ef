import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { npm } from "./npm.mjs"
import { MODULES, ROOT } from "./paths.mjs"
import { SetupError } from "./progress.mjs"

/** @import { Progress } from "./progress.mjs" */

/** What npm says it has installed. */
const INSTALLED_LOCK = join(MODULES, ".package-lock.json")

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [optional]
 */

/**
 * Sees to it that node_modules is what package-lock.json says; throws `SetupError` when npm cannot make it so.
 * @param {Progress} progress
 */
export function checkPackages(progress) {
  const difference = firstDifference()
  if (difference === undefined) return "as in package-lock.json"
  progress.say(`${difference}: npm ci (a minute or so)`)
  // No scripts: koffi brings its binaries, and the card module is built below, with headers that need no download.
  const installed = npm(["ci", "--ignore-scripts", "--include=optional"])
  if (installed.ok) return "installed"
  throw new SetupError(
    `${installed.output.split("\n").slice(-12).join("\n")}\n\nnpm could not fetch the packages. Is there a network, and ` +
      "does `npm ping` answer? Behind a proxy: npm config set proxy http://…. Then start again.",
  )
}

/** Whether npm has ever installed anything here. */
export function arePackagesInstalled() {
  return existsSync(INSTALLED_LOCK)
}

/** What differs between package-lock.json and what npm says it installed; undefined when nothing does. */
function firstDifference() {
  const locked = readLock(join(ROOT, "package-lock.json"))
  const installed = readLock(INSTALLED_LOCK)
  if (locked === undefined) throw new SetupError("package-lock.json cannot be read: restore it with git.")
  if (installed === undefined) return "nothing installed yet"
  for (const [path, wanted] of Object.entries(locked)) {
    const found = installed[path]
    // Packages for other machines are optional and rightly absent.
    if (path === "" || (found === undefined && wanted.optional === true)) continue
    if (found?.version !== wanted.version || found?.integrity !== wanted.integrity) return `${path} differs`
  }
  return Object.keys(installed).find((path) => !(path in locked))
}

/**
 * @param {string} path
 * @returns {Record<string, LockedPackage> | undefined}
 */
function readLock(path) {
  try {
    // Written by npm; a field that is not what we think makes a difference, and a difference makes npm look again.
    const lock = /** @type {{ packages: Record<string, LockedPackage> }} */ (
      JSON.parse(readFileSync(path, "utf8"))
    )
    return lock.packages
  } catch {
    return undefined
  }
}
