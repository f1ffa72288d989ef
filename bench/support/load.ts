import { connect, type Socket } from "node:net"

/** A request as bytes, and what its answer must begin with. */
export interface Prepared {
  readonly bytes: Buffer
  readonly status: number
}

/** One HTTP/1.1 connection that is kept: a request at a time, with as little of our own work around it as there can be. */
export class Connection {
  readonly #socket: Socket
  #received: Buffer = Buffer.alloc(0)
  #answered: ((answer: Answer) => void) | undefined
  #failed: ((error: Error) => void) | undefined

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setNoDelay(true)
    socket.on("data", (bytes: Buffer) => {
      this.#take(bytes)
    })
    socket.on("error", (error) => this.#failed?.(error))
    socket.on("close", () => this.#failed?.(new Error("the server closed the connection")))
  }

  static open(port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, "127.0.0.1", () => {
        resolve(new Connection(socket))
      })
      socket.once("error", reject)
    })
  }

  ask(request: Buffer): Promise<Answer> {
    if (this.#socket.destroyed) return Promise.reject(new Error("the server has closed the connection"))
    return new Promise((resolve, reject) => {
      this.#answered = resolve
      this.#failed = reject
      this.#socket.write(request)
    })
  }

  close(): void {
    this.#failed = undefined
    this.#socket.destroy()
  }

  #take(bytes: Buffer): void {
    this.#received = this.#received.length === 0 ? bytes : Buffer.concat([this.#received, bytes])
    const answer = answerIn(this.#received)
    if (answer === undefined) return
    this.#received = Buffer.alloc(0)
    const answered = this.#answered
    this.#answered = undefined
    answered?.(answer)
  }
}

export interface Answer {
  readonly status: number
  readonly body: Buffer
}

/** The answer, once all of it has come. Servers here always tell its length, or that it has no body. */
function answerIn(received: Buffer): Answer | undefined {
  const end = received.indexOf("\r\n\r\n")
  if (end < 0) return undefined
  const head = received.toString("latin1", 0, end)
  const status = Number(head.slice(9, 12))
  const length = status === 204 ? 0 : Number(/content-length: *(\d+)/i.exec(head)?.[1])
  const body = received.subarray(end + 4)
  return body.length >= length ? { status, body } : undefined
}

/** A request in bytes. */
export function requestBytes(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array = new Uint8Array(),
): Buffer {
  const all = {
    host: "127.0.0.1",
    ...headers,
    ...(method === "GET" ? {} : { "content-length": String(body.length) }),
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.concat([Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n`, "latin1"), body])
}

/** Keeps so many connections busy until `next` has no request left or the time is over; answers microseconds a request. */
export async function keepBusy(
  connections: readonly Connection[],
  next: () => Prepared | undefined,
  milliseconds = Number.POSITIVE_INFINITY,
): Promise<number> {
  const begun = performance.now()
  let requests = 0
  const work = async (connection: Connection) => {
    while (performance.now() - begun < milliseconds) {
      const request = next()
      if (request === undefined) return
      const { status, body } = await connection.ask(request.bytes)
      if (status !== request.status)
        throw new Error(`${status}, not ${request.status}: ${body.toString("utf8")}`)
      requests += 1
    }
  }
  await Promise.all(connections.map(work))
  return ((performance.now() - begun) * 1_000) / requests
}
