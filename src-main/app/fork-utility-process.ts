import type { UtilityProcess } from "electron"
import { fileURLToPath } from "node:url"
import type { Fork, HostChannel } from "../card/host/host-channel.ts"
import { passedOn } from "../card/host/fork-child-process.ts"

/** What starts a process: Electron's `utilityProcess`. */
export interface Forking {
  fork(modulePath: string, args: string[], options: Options): Child
}
interface Options {
  serviceName: string
  stdio: "ignore"
  env: Record<string, string>
  execArgv: string[]
}
type Child = Pick<UtilityProcess, "postMessage" | "on" | "once" | "kill">

/**
 * A `Fork` on Electron's utility process, for what runs a vendor's module: it dies alone. Its environment is the short list
 * of `passedOn`, and what it prints goes nowhere.
 */
export function forkUtilityProcess(utilityProcess: Forking, serviceName: string): Fork {
  return (entry) => {
    const child = utilityProcess.fork(fileURLToPath(entry), [], {
      serviceName,
      stdio: "ignore",
      env: passedOn(),
      execArgv: [],
    })
    return channelOf(child)
  }
}

function channelOf(child: Child): HostChannel {
  return {
    send(message) {
      child.postMessage(message)
    },
    onMessage(listener) {
      child.on("message", listener)
    },
    onExit(listener) {
      child.once("exit", (code) => {
        listener(`exit code ${String(code)}`)
      })
    },
    kill() {
      child.kill()
    },
  }
}
