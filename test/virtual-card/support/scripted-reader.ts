import { once } from "node:events"
import { createServer, type Server, type Socket } from "node:net"

/** The other side of vpcd's protocol: a reader that asks what a test tells it to. */
export interface ScriptedReader {
  readonly port: number
  /** Waits until a card is in. */
  cardIn(): Promise<void>
  /** Sends a message and waits for its answer. */
  ask(message: Uint8Array): Promise<Uint8Array>
  /** Waits for the next answer. */
  hear(): Promise<Uint8Array>
  /** Sends a message that has no answer. */
  tell(message: Uint8Array): void
  /** Sends bytes as they are, without a length: a message in pieces. */
  sendRaw(bytes: Uint8Array): void
  /** Waits until the card is out. */
  cardOut(): Promise<void>
  /** Ends the connection, as a pcscd that stops does. */
  drop(): void
  stop(): Promise<void>
}

export async function startScriptedReader(): Promise<ScriptedReader> {
  const reader = new Reader()
  await reader.begin()
  return reader
}

class Reader implements ScriptedReader {
  readonly #server: Server = createServer((socket) => {
    this.#take(socket)
  })
  #socket: Socket | undefined
  #received = Buffer.alloc(0)
  #changed: () => void = () => undefined

  async begin(): Promise<void> {
    this.#server.listen(0, "127.0.0.1")
    await once(this.#server, "listening")
  }

  get port(): number {
    const address = this.#server.address()
    return typeof address === "object" && address !== null ? address.port : 0
  }

  async cardIn(): Promise<void> {
    await this.#until(() => this.#socket !== undefined)
  }

  async cardOut(): Promise<void> {
    await this.#until(() => this.#socket === undefined)
  }

  async ask(message: Uint8Array): Promise<Uint8Array> {
    this.tell(message)
    return await this.hear()
  }

  async hear(): Promise<Uint8Array> {
    await this.#until(() => this.#received.length >= 2 + this.#announced())
    const answer = Uint8Array.from(this.#received.subarray(2, 2 + this.#announced()))
    this.#received = this.#received.subarray(2 + answer.length)
    return answer
  }

  tell(message: Uint8Array): void {
    this.sendRaw(Uint8Array.of(message.length >> 8, message.length & 0xff))
    this.sendRaw(message)
  }

  sendRaw(bytes: Uint8Array): void {
    this.#socket?.write(bytes)
  }

  drop(): void {
    this.#socket?.destroy()
  }

  async stop(): Promise<void> {
    this.drop()
    this.#server.close()
    await once(this.#server, "close")
  }

  #announced(): number {
    return this.#received.length < 2 ? Number.POSITIVE_INFINITY : this.#received.readUInt16BE(0)
  }

  #take(socket: Socket): void {
    this.#socket = socket
    this.#received = Buffer.alloc(0)
    socket.on("data", (bytes) => {
      this.#received = Buffer.concat([this.#received, bytes])
      this.#changed()
    })
    socket.on("error", () => undefined)
    socket.on("close", () => {
      this.#socket = undefined
      this.#changed()
    })
    this.#changed()
  }

  async #until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => (this.#changed = resolve))
  }
}
