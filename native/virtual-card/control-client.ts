import { connect, type Socket } from "node:net"
import {
  parseAnswer,
  type ControlAnswer,
  type ControlRequest,
  type ControlResult,
} from "./control-messages.ts"
import { receiveLines, sendLine } from "./json-lines.ts"
import { ReaderError } from "./reader-error.ts"

/** Questions to a reader that runs, over its control socket. */
export interface ControlClient {
  /** Throws `refused` with the reader's own words, and `reader-gone`. */
  ask(request: ControlRequest): Promise<ControlResult>
  close(): void
}

interface Waiting {
  readonly resolve: (result: ControlResult) => void
  readonly reject: (error: ReaderError) => void
}

/** Connects to the socket at `path`; throws `reader-gone` where nobody listens. */
export function connectToReader(path: string): Promise<ControlClient> {
  const socket = connect({ path })
  return new Promise((resolve, reject) => {
    socket.once("error", (cause) => {
      reject(new ReaderError("reader-gone", `no reader listens at ${path}`, { cause }))
    })
    socket.once("connect", () => {
      resolve(clientOn(socket))
    })
  })
}

function clientOn(socket: Socket): ControlClient {
  const waiting = new Map<number, Waiting>()
  let next = 1
  receiveLines(
    socket,
    (document) => {
      settle(waiting, parseAnswer(document))
    },
    () => socket.destroy(),
  )
  socket.once("close", () => {
    for (const { reject } of waiting.values()) reject(gone())
    waiting.clear()
  })
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        if (!socket.writable) reject(gone())
        const id = next++
        waiting.set(id, { resolve, reject })
        sendLine(socket, { id, ...request })
      }),
    close: () => {
      socket.end()
    },
  }
}

function settle(waiting: Map<number, Waiting>, answer: ControlAnswer): void {
  const asked = waiting.get(answer.id)
  waiting.delete(answer.id)
  if ("error" in answer) asked?.reject(new ReaderError("refused", answer.error))
  else asked?.resolve(answer.result)
}

function gone(): ReaderError {
  return new ReaderError("reader-gone", "the reader has ended")
}
