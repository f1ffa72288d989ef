import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdirSync, openSync, closeSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { ReaderError } from "./reader-error.ts"

/** The ports of Debian's vpcd: two slots for each reader, from this one up. */
const FIRST_PORT = 0x8c7b
export const SLOTS = 2
const START_WITHIN_MILLISECONDS = 10_000
const STOP_WITHIN_MILLISECONDS = 3_000

/** The port at which the reader waits for the card of a slot. */
export function portOfSlot(slot: number): number {
  return FIRST_PORT + slot
}

export interface PcscdFiles {
  readonly program: string
  /** vpcd's library. */
  readonly driver: string
  /** Where else libraries are looked for. */
  readonly libraryPath: string
  /** The owner's directory: configuration and log. */
  readonly directory: string
  /** What is /run to pcscd. */
  readonly run: string
}

/** One pcscd with the virtual reader and no other; it sees nothing of the machine's own readers. */
export class Pcscd {
  readonly #files: PcscdFiles
  readonly #socket: string
  #child: ChildProcess | undefined
  #hasReader = true

  constructor(files: PcscdFiles) {
    this.#files = files
    this.#socket = join(files.run, "pcscd", "pcscd.comm")
  }

  get isRunning(): boolean {
    return this.#child !== undefined
  }

  /** Starts it, with the virtual reader or without any; throws `pcscd-failed`. Nothing where it runs already. */
  async start(hasReader = this.#hasReader): Promise<void> {
    if (this.#child !== undefined) return
    this.#hasReader = hasReader
    this.#prepare()
    const log = openSync(join(this.#files.directory, "pcscd.log"), "a")
    const child = spawn(this.#files.program, ["--foreground", "--error", "-c", this.#configuration()], {
      stdio: ["ignore", log, log],
      env: this.#environment(),
    })
    closeSync(log)
    this.#child = child
    child.once("error", () => {
      this.#child = undefined
    })
    child.once("exit", () => {
      if (this.#child === child) this.#child = undefined
    })
    await this.#untilItAnswers()
  }

  /** SIGTERM, and SIGKILL where that does not help; or SIGKILL at once. Resolves when it is gone. */
  async stop(signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> {
    const child = this.#child
    if (child === undefined) return
    const gone = once(child, "exit")
    child.kill(signal)
    const patience = pause(STOP_WITHIN_MILLISECONDS, undefined, { ref: false })
    await Promise.race([gone, patience.then(() => child.kill("SIGKILL"))])
    await gone
  }

  #prepare(): void {
    // What a killed pcscd left behind keeps the next one from starting.
    rmSync(join(this.#files.run, "pcscd"), { recursive: true, force: true })
    mkdirSync(this.#configuration(), { recursive: true })
    const reader = [
      `FRIENDLYNAME "Virtual PCD"`,
      `DEVICENAME /dev/null:0x${FIRST_PORT.toString(16)}`,
      `LIBPATH ${this.#files.driver}`,
      `CHANNELID 0x${FIRST_PORT.toString(16)}`,
      "",
    ]
    writeFileSync(join(this.#configuration(), "vpcd"), this.#hasReader ? reader.join("\n") : "")
  }

  #configuration(): string {
    return join(this.#files.directory, "reader.conf.d")
  }

  #environment(): NodeJS.ProcessEnv {
    const { libraryPath } = this.#files
    return {
      PATH: process.env["PATH"],
      ...(libraryPath === "" ? {} : { LD_LIBRARY_PATH: libraryPath }),
    }
  }

  async #untilItAnswers(): Promise<void> {
    const end = performance.now() + START_WITHIN_MILLISECONDS
    while (!existsSync(this.#socket)) {
      if (!this.isRunning)
        throw new ReaderError("pcscd-failed", `pcscd ended at once; see ${this.#logFile()}`)
      if (performance.now() > end)
        throw new ReaderError("pcscd-failed", `pcscd does not begin; see ${this.#logFile()}`)
      await pause(10)
    }
  }

  #logFile(): string {
    return join(this.#files.directory, "pcscd.log")
  }
}
