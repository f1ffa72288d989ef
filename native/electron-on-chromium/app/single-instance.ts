import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { connect, createServer, type Server } from "node:net"
import { join } from "node:path"

/** What a second instance tells the first. */
export interface SecondInstance {
  readonly argv: readonly string[]
  readonly cwd: string
  readonly data: unknown
}

/** The lock of one profile: a file that names its holder, and a Unix socket on which the holder listens. */
export interface InstanceLock {
  release(): void
}

const ATTEMPTS = 3

/**
 * Takes the lock, or tells its holder that we came: then answers a promise that resolves when it has been told. A lock
 * whose holder is no more is taken over.
 */
export function lockInstance(
  folder: string,
  mine: SecondInstance,
  onSecond: (other: SecondInstance) => void,
): InstanceLock | Promise<void> {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, "stand-in.lock")
  const socket = join(folder, "stand-in.socket")
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (take(file)) return hold(file, socket, onSecond)
    if (isHeld(file)) return tell(socket, mine)
    rmSync(file, { force: true })
  }
  return tell(socket, mine)
}

function take(file: string): boolean {
  try {
    writeFileSync(file, `${process.pid} ${startOf(process.pid)}`, { flag: "wx" })
    return true
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false
    throw error
  }
}

function hold(file: string, socket: string, onSecond: (other: SecondInstance) => void): InstanceLock {
  rmSync(socket, { force: true })
  const server = listen(socket, onSecond)
  return {
    release: () => {
      server.close()
      rmSync(file, { force: true })
      rmSync(socket, { force: true })
    },
  }
}

function listen(socket: string, onSecond: (other: SecondInstance) => void): Server {
  const server = createServer((connection) => {
    let text = ""
    connection.setEncoding("utf8").on("data", (part: string) => (text += part))
    connection.on("end", () => {
      // Only another instance of this stand-in for the same user writes to a socket in the user's profile.
      onSecond(JSON.parse(text) as SecondInstance)
      connection.end()
    })
    connection.on("error", () => undefined)
  })
  return server.listen(socket).unref()
}

function tell(socket: string, mine: SecondInstance): Promise<void> {
  return new Promise((resolve) => {
    const connection = connect(socket, () => connection.end(JSON.stringify(mine)))
    connection.on("close", () => {
      resolve()
    })
    // The holder ended meanwhile: nobody is left to be told.
    connection.on("error", () => {
      resolve()
    })
  })
}

function isHeld(file: string): boolean {
  try {
    const [pid = "", start = ""] = readFileSync(file, "utf8").split(" ")
    return start !== "" && startOf(Number(pid)) === start
  } catch {
    return false
  }
}

/** When a process began, so that another one under its old number is not taken for it; nothing for one that has ended. */
function startOf(pid: number): string {
  try {
    // proc(5): behind the name in brackets come the state, and 19 fields on the start in clock ticks.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? []
    return fields[0] === "Z" ? "" : (fields[19] ?? "")
  } catch {
    return ""
  }
}
