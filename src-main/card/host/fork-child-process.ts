import { fork, type ChildProcess } from "node:child_process"
import type { Fork, HostChannel } from "./host-channel.ts"

/**
 * What a vendor's module may need of the environment. A list of what passes, not of what does not: the desk's own
 * environment can hold a PIN for tests, and the process with a stranger's code in it must not see it.
 */
const PASSED_ON = [
  ...["PATH", "HOME", "USER", "LANG", "LC_ALL", "TMPDIR", "XDG_RUNTIME_DIR"],
  ...["SystemRoot", "WINDIR", "SystemDrive", "TEMP", "TMP", "USERPROFILE", "APPDATA", "LOCALAPPDATA"],
  ...["ProgramData", "ProgramFiles", "COMSPEC"],
  ...["SOFTHSM2_CONF", "OPENSC_CONF", "PCSCLITE_CSOCK_NAME"],
  // A module that lies beside its own libraries. Who sets the desk's environment has chosen the desk's libraries anyway.
  "LD_LIBRARY_PATH",
]

/** A `Fork` on child_process. `environment` is added to what is passed on: `SOFTHSM2_CONF` for a private SoftHSM home. */
export function forkChildProcess(environment: Readonly<Record<string, string>> = {}): Fork {
  return (entry) => {
    const child = fork(entry, {
      // Bytes cross as bytes; JSON would make text of a PIN.
      serialization: "advanced",
      env: { ...passedOn(), ...environment },
      execArgv: [],
      // A module that prints must not disturb what the command line prints.
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    })
    return channelOf(child)
  }
}

/** The part of this program's environment that a process with a module in it gets to see. */
export function passedOn(): Record<string, string> {
  return Object.fromEntries(
    PASSED_ON.flatMap((name) => {
      const value = process.env[name]
      return value === undefined ? [] : [[name, value] as const]
    }),
  )
}

function channelOf(child: ChildProcess): HostChannel {
  return {
    send(message) {
      // Sound: every message of ours is a plain object of texts, numbers and bytes, which child_process can serialise.
      child.send(message as object, () => undefined)
    },
    onMessage(listener) {
      child.on("message", listener)
    },
    onExit(listener) {
      child.once("error", (error) => {
        listener(`it could not be started: ${error.message}`)
      })
      child.once("exit", (code, signal) => {
        listener(signal === null ? `exit code ${String(code)}` : `signal ${signal}`)
      })
    },
    kill() {
      child.kill("SIGKILL")
    },
  }
}
