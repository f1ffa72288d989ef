import { readdirSync, readFileSync, readlinkSync } from "node:fs"

/** The processes whose command line names all of this, read from /proc. */
export function processesNaming(...words: readonly string[]): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter(
      (pid) => pid !== process.pid && words.every((word) => read(`/proc/${pid}/cmdline`).includes(word)),
    )
}

/** The TCP ports that these processes listen on, as `/proc/net/tcp` writes them. */
export function listeningPorts(processes: readonly number[]): readonly string[] {
  const sockets = new Set(processes.flatMap(socketsOf))
  return ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((table) =>
    read(table)
      .split("\n")
      .map((line) => line.trim().split(/\s+/))
      // proc(5): the local address, the state (0A: LISTEN) and the inode of the socket.
      .filter((fields) => fields[3] === "0A" && sockets.has(`socket:[${fields[9] ?? ""}]`))
      .map((fields) => fields[1] ?? ""),
  )
}

function socketsOf(pid: number): readonly string[] {
  return list(`/proc/${pid}/fd`).flatMap((descriptor) => {
    try {
      return [readlinkSync(`/proc/${pid}/fd/${descriptor}`)]
    } catch {
      return []
    }
  })
}

// A process may end while it is looked at.
function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8")
  } catch {
    return ""
  }
}
