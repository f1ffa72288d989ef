import { spawn, spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { constants } from "node:os"
import { delimiter, extname, join } from "node:path"
import { ROOT } from "./paths.mjs"

/**
 * Whether a program of this name is on the PATH.
 * @param {string} program
 */
export function isOnPath(program) {
  const endings = process.platform === "win32" && extname(program) === "" ? [".exe", ".cmd", ".bat"] : [""]
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "")
  return folders.some((folder) => endings.some((ending) => existsSync(join(folder, program + ending))))
}

/**
 * Runs a program and waits for it; answers whether it ended well, and what it said.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {Record<string, string>} [environment] added to ours
 * @param {number} [withinMilliseconds] after which it is ended, and has not ended well
 */
export function runQuietly(program, args, environment = {}, withinMilliseconds) {
  const ended = spawnSync(program, args, {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, ...environment },
    maxBuffer: 64 * 1024 * 1024,
    ...(withinMilliseconds === undefined ? {} : { timeout: withinMilliseconds, killSignal: "SIGKILL" }),
  })
  // A program that could not be started has no output at all, whatever the types of Node say.
  const said = [ended.stdout, ended.stderr, ended.error?.message].filter((text) => typeof text === "string")
  return { ok: ended.status === 0, output: said.join("\n").trim() }
}

/**
 * Hands the terminal to a program until it ends, passing on the signals that ask us to stop.
 * Answers its exit code, or 128 + the number of the signal that ended it.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, environment?: Record<string, string>, descriptor?: number }} [options] `descriptor`: an open
 *   file descriptor beside the three usual ones that the program gets under the same number
 * @returns {Promise<number>}
 */
export function runInForeground(program, args, options = {}) {
  const child = spawn(program, args, {
    cwd: options.cwd ?? process.cwd(),
    env: { ...process.env, ...options.environment },
    stdio: stdioWith(options.descriptor),
  })
  const release = passOnSignals(child)
  return new Promise((resolve, reject) => {
    child.on("error", reject)
    child.on("exit", (code, signal) => {
      release()
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]))
    })
  })
}

/**
 * @param {number | undefined} descriptor
 * @returns {import("node:child_process").StdioOptions}
 */
function stdioWith(descriptor) {
  if (descriptor === undefined || descriptor < 3) return "inherit"
  return Array.from({ length: descriptor + 1 }, (_, i) => (i < 3 || i === descriptor ? "inherit" : "ignore"))
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @returns {() => void} ends it
 */
function passOnSignals(child) {
  // From a terminal Ctrl-C reaches the child as well, and we only have to live until it has put its house in order.
  const interrupt = () => process.stdin.isTTY || child.kill("SIGINT")
  const terminate = () => child.kill("SIGTERM")
  const hangUp = () => child.kill("SIGHUP")
  process.on("SIGINT", interrupt).on("SIGTERM", terminate).on("SIGHUP", hangUp)
  return () => {
    process.off("SIGINT", interrupt).off("SIGTERM", terminate).off("SIGHUP", hangUp)
  }
}
