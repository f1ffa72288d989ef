import { existsSync } from "node:fs"
import { join } from "node:path"
import { npm } from "./npm.mjs"
import { MODULES, node24, nodePackageFolder } from "./paths.mjs"
import { SetupError } from "./progress.mjs"
import { runQuietly } from "./run.mjs"

/** @import { Progress } from "./progress.mjs" */

const CARD_MODULE = join(MODULES, "pkcs11js", "build", "Release", "pkcs11.node")

/** Whether the addon through which cards are reached has been compiled; `checkCardModule` says whether it works. */
export function isCardModuleBuilt() {
  return existsSync(CARD_MODULE)
}

/**
 * Sees to it that Node 24 loads pkcs11js and koffi, compiling the first where needed. Throws `SetupError` if it cannot.
 * @param {Progress} progress
 */
export function checkCardModule(progress) {
  if (isCardModuleBuilt() && loads("pkcs11js").ok) return checkKoffi("built before")
  progress.say("compiling pkcs11js (ten seconds or so)")
  const built = npm(["rebuild", "pkcs11js", "--ignore-scripts=false"], buildEnvironment())
  const loaded = loads("pkcs11js")
  if (built.ok && loaded.ok) return checkKoffi("built")
  throw new SetupError(
    `${[built.output, loaded.output].join("\n").split("\n").slice(-20).join("\n")}\n\n` +
      "pkcs11js could not be compiled. It needs a C++ compiler, make and Python 3; the lines above say what is wrong.",
  )
}

/** @returns {Record<string, string>} */
function buildEnvironment() {
  const folder = nodePackageFolder()
  const hasHeaders = folder !== undefined && existsSync(join(folder, "include", "node", "node_api.h"))
  return {
    // npm 11 runs no install scripts unless told so; package.json lists pkcs11js as one that only we build.
    npm_config_dangerously_allow_all_scripts: "true",
    // Where the Node package ships its headers nothing has to be downloaded; on Windows node-gyp wants node.lib too.
    ...(hasHeaders && process.platform !== "win32" ? { npm_config_nodedir: folder } : {}),
  }
}

/** @param {string} outcome */
function checkKoffi(outcome) {
  const koffi = loads("koffi")
  if (koffi.ok) return outcome
  throw new SetupError(
    `${koffi.output}\n\nkoffi has no binary for this machine. Try: npm ci --include=optional`,
  )
}

/** @param {string} name of a package */
function loads(name) {
  return runQuietly(node24() ?? process.execPath, ["-e", `require(${JSON.stringify(name)})`])
}
