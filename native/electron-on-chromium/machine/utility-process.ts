import type * as Electron from "electron"
import { fork, type ChildProcess, type StdioOptions } from "node:child_process"
import { EventEmitter } from "node:events"
import { places } from "../state.ts"

const PARENT_PORT = new URL("parent-port.ts", import.meta.url).href

/** Electron's UtilityProcess: a Node process of its own that talks by structured clone. */
export class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess
  pid: number | undefined = undefined

  constructor(modulePath: string, args: readonly string[], options: Electron.ForkOptions) {
    super()
    this.#child = fork(modulePath, args, {
      serialization: "advanced",
      env: { ...(options.env ?? process.env) },
      execPath: places.node,
      execArgv: [
        "--disable-warning=ExperimentalWarning",
        "--import",
        PARENT_PORT,
        ...(options.execArgv ?? []),
      ],
      stdio: stdioOf(options.stdio),
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    })
    this.#follow()
  }

  get stdout() {
    return this.#child.stdout
  }
  get stderr() {
    return this.#child.stderr
  }

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    if (transfer.length > 0) throw new Error("The stand-in does not transfer message ports")
    if (!this.#child.connected) return
    // Whatever structured clone carries; Node's own type for it names only JSON.
    this.#child.send(message as object)
  }

  kill(): boolean {
    return this.#child.kill()
  }

  #follow(): void {
    this.#child.on("spawn", () => {
      this.pid = this.#child.pid
      this.emit("spawn")
    })
    this.#child.on("message", (message) => this.emit("message", message))
    this.#child.on("error", (error) => this.emit("error", "FatalError", "", String(error)))
    this.#child.on("exit", (code, signal) => {
      this.pid = undefined
      this.emit("exit", code ?? (signal === null ? 0 : 143))
    })
  }
}

function stdioOf(stdio: Electron.ForkOptions["stdio"]): StdioOptions {
  if (stdio === "pipe") return ["ignore", "pipe", "pipe", "ipc"]
  if (stdio === "ignore") return ["ignore", "ignore", "ignore", "ipc"]
  if (Array.isArray(stdio)) return ["ignore", kindOf(stdio[1]), kindOf(stdio[2]), "ipc"]
  return ["ignore", "inherit", "inherit", "ipc"]
}

function kindOf(kind: unknown): "ignore" | "inherit" | "pipe" {
  return kind === "pipe" || kind === "ignore" ? kind : "inherit"
}

export const utilityProcess = {
  fork: (modulePath: string, args: string[] = [], options: Electron.ForkOptions = {}) =>
    new UtilityProcess(modulePath, args, options),
}
