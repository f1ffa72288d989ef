import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join, relative } from "node:path"
import { CACHE, MODULES, node24, ROOT } from "./paths.mjs"
import { SetupError } from "./progress.mjs"
import { runQuietly } from "./run.mjs"

/** @import { Progress } from "./progress.mjs" */

/**
 * What opens the desk's windows.
 * @typedef {object} Runtime
 * @property {"electron" | "stand-in"} kind
 * @property {string} executable takes Electron's command line
 * @property {Record<string, string>} environment by which `require("electron")`, its command and Playwright find it
 */

const ELECTRON = join(MODULES, "electron")
const STAND_IN = join(ROOT, "native", "electron-on-chromium")
/** Remembers that Electron's binary could not be had, so that nobody waits for it twice. */
const TRIED = join(CACHE, "setup", "electron-not-to-be-had.txt")
const TRY_MILLISECONDS = 30_000

/**
 * The choice of runtime, made in this file alone: Electron where its binary is there, else the stand-in on Linux.
 * ELECTRON_RUNTIME=electron or standin overrules it. Throws `SetupError` where there is neither.
 * @returns {Runtime}
 */
export function chooseRuntime() {
  const binary = electronBinary()
  if (isStandInChosen()) return standIn()
  if (binary !== undefined)
    return { kind: "electron", executable: binary, environment: { ELECTRON_OVERRIDE_DIST_PATH: "" } }
  throw new SetupError(noElectron())
}

/** Whether the desk's windows are Chromium's on this machine. */
export function isStandInChosen() {
  const wanted = process.env["ELECTRON_RUNTIME"] ?? ""
  if (wanted === "electron") return false
  if (wanted === "standin" || wanted === "stand-in") return true
  return process.platform === "linux" && electronBinary() === undefined
}

/**
 * Sees to it that there is something to open windows with: tries Electron's own installer once, for half a minute at
 * most, and falls back on the stand-in on Linux. Throws `SetupError` elsewhere.
 * @param {Progress} progress
 */
export function checkElectron(progress) {
  if (electronBinary() === undefined && !wasTried()) tryInstaller(progress)
  const { kind } = chooseRuntime()
  if (kind === "electron") return `Electron ${version()}`
  const again = existsSync(TRIED) ? `; to try again: rm ${relative(ROOT, TRIED)}` : ""
  return `the stand-in on Chromium, not Electron itself${again}`
}

/** Electron's own binary, if its installer has fetched it. */
function electronBinary() {
  const name = readText(join(ELECTRON, "path.txt"))
  const binary = name === undefined ? undefined : join(ELECTRON, "dist", name)
  return binary !== undefined && existsSync(binary) ? binary : undefined
}

/** Only Linux remembers: elsewhere there is no going on without it, so it is tried each time. */
function wasTried() {
  if (process.env["ELECTRON_RUNTIME"] === "standin" || process.env["ELECTRON_RUNTIME"] === "stand-in")
    return true
  return process.platform === "linux" && readText(TRIED) === version()
}

/** @param {Progress} progress */
function tryInstaller(progress) {
  progress.say(`fetching Electron ${version()} (tried once, half a minute at most)`)
  const tried = runQuietly(node24() ?? process.execPath, [join(ELECTRON, "install.js")], {}, TRY_MILLISECONDS)
  if (tried.ok && electronBinary() !== undefined) return
  const reason = /^(?:\w*Error|RequestError|HTTPError).*$/m.exec(tried.output)?.[0]
  progress.say(`it cannot be had here: ${reason ?? "no answer in time"}`)
  mkdirSync(dirname(TRIED), { recursive: true })
  writeFileSync(TRIED, version())
}

function standIn() {
  const node = node24()
  /** @type {Runtime} */
  const runtime = {
    kind: "stand-in",
    executable: join(STAND_IN, "electron"),
    environment: {
      ELECTRON_OVERRIDE_DIST_PATH: STAND_IN,
      ...(node === undefined ? {} : { ELECTRON_STANDIN_NODE: node }),
    },
  }
  return runtime
}

function noElectron() {
  const install = `node ${relative(ROOT, join(ELECTRON, "install.js"))}`
  return (
    `Electron ${version()} could not be fetched, and without it the desk has no window. It comes from github.com; behind ` +
    "a proxy set ELECTRON_GET_USE_PROXY=1 and HTTPS_PROXY, or name a mirror in ELECTRON_MIRROR. To see what is wrong:\n\n" +
    `  ${install}`
  )
}

function version() {
  const text = readText(join(ELECTRON, "package.json")) ?? '{ "version": "" }'
  const facts = /** @type {{ version: string }} */ (JSON.parse(text))
  return facts.version
}

/** @param {string} path */
function readText(path) {
  return existsSync(path) ? readFileSync(path, "utf8").trim() : undefined
}
