import type { Socket } from "node:net"

/** Calls `take` with each JSON document that comes in, one a line; `malformed` with a line that is none. */
export function receiveLines(
  socket: Socket,
  take: (document: unknown) => void,
  malformed: (line: string) => void,
): void {
  let received = ""
  socket.setEncoding("utf8")
  socket.on("data", (text) => {
    received += String(text)
    const lines = received.split("\n")
    received = lines.pop() ?? ""
    for (const line of lines) {
      const document = parseLine(line)
      if (document === undefined) malformed(line)
      else take(document.value)
    }
  })
}

function parseLine(line: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(line) }
  } catch {
    return undefined
  }
}

export function sendLine(socket: Socket, document: unknown): void {
  if (socket.writable) socket.write(`${JSON.stringify(document)}\n`)
}
