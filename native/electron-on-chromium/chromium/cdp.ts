import type { CDPSession } from "@playwright/test"
import { EventEmitter } from "node:events"
import type { Readable, Writable } from "node:stream"

/** A command of Chromium's DevTools protocol; its parameters and answer are typed by its name. */
export type Send = CDPSession["send"]

/** The events that we listen to. */
export type EventName =
  | "Browser.downloadWillBegin"
  | "Fetch.requestPaused"
  | "Page.domContentEventFired"
  | "Page.frameAttached"
  | "Page.frameDetached"
  | "Page.frameNavigated"
  | "Page.javascriptDialogOpening"
  | "Page.lifecycleEvent"
  | "Page.loadEventFired"
  | "Page.navigatedWithinDocument"
  | "Runtime.bindingCalled"
  | "Runtime.consoleAPICalled"
  | "Runtime.executionContextsCleared"
  | "Target.attachedToTarget"
  | "Target.targetCrashed"
  | "Target.targetDestroyed"

/** Never there: it gives Playwright's type of `on` a name, from which the events' own types come. */
export declare const anySession: CDPSession
export type EventOf<Name extends EventName> = Parameters<Parameters<typeof anySession.on<Name>>[1]>[0]

/** One conversation with Chromium: with the browser as a whole, or with one page. */
export interface Conversation {
  readonly send: Send
  on<Name extends EventName>(name: Name, listener: (event: EventOf<Name>) => void): void
}

interface Message {
  readonly id?: number
  readonly method?: string
  readonly params?: unknown
  readonly result?: unknown
  readonly sessionId?: string
  readonly error?: { readonly message: string }
}

interface Pending {
  readonly method: string
  readonly resolve: (result: unknown) => void
  readonly reject: (error: Error) => void
}

/** The DevTools protocol over Chromium's pipe: messages of JSON that end in a zero byte. No port is opened for it. */
export class Cdp {
  readonly #events = new EventEmitter()
  readonly #pending = new Map<number, Pending>()
  readonly #output: Writable
  #unread: Buffer[] = []
  #lastId = 0
  #isClosed = false
  /** The conversation with the browser itself. */
  readonly browser: Conversation

  constructor(output: Writable, input: Readable) {
    this.#output = output
    this.#events.setMaxListeners(0)
    this.browser = this.conversation("")
    const close = () => {
      this.#close()
    }
    input.on("data", (chunk: Buffer) => {
      this.#read(chunk)
    })
    input.on("close", close).on("error", close)
    output.on("error", close)
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Calls back once, when Chromium is gone. */
  onClosed(listener: () => void): void {
    if (this.#isClosed) listener()
    else this.#events.once("closed", listener)
  }

  /** The conversation with one page, named by its session. */
  conversation(sessionId: string): Conversation {
    return {
      // The answer to a command has the type that the protocol gives it; Chromium is of the version that we type.
      send: ((method: string, params: object = {}) => this.#send(method, params, sessionId)) as Send,
      on: (name, listener) => this.#events.on(`${sessionId}:${name}`, listener),
    }
  }

  #send(method: string, params: object, sessionId: string): Promise<unknown> {
    const answer = new Promise<unknown>((resolve, reject) => {
      if (this.#isClosed) {
        reject(new Error(`${method}: Chromium has closed`))
        return
      }
      this.#lastId += 1
      this.#pending.set(this.#lastId, { method, resolve, reject })
      const session = sessionId === "" ? {} : { sessionId }
      this.#output.write(`${JSON.stringify({ id: this.#lastId, method, params, ...session })}\0`)
    })
    // Many commands are sent for their effect alone, also to a window that is just closing.
    answer.catch(() => undefined)
    return answer
  }

  #read(chunk: Buffer): void {
    let begin = 0
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, begin)) {
      const text = Buffer.concat([...this.#unread, chunk.subarray(begin, end)]).toString("utf8")
      this.#unread = []
      begin = end + 1
      // Chromium's own message, in the protocol's one form.
      this.#receive(JSON.parse(text) as Message)
    }
    if (begin < chunk.length) this.#unread.push(chunk.subarray(begin))
  }

  #receive(message: Message): void {
    if (message.id === undefined) {
      this.#events.emit(`${message.sessionId ?? ""}:${message.method ?? ""}`, message.params)
      return
    }
    const pending = this.#pending.get(message.id)
    this.#pending.delete(message.id)
    if (message.error === undefined) pending?.resolve(message.result)
    else pending?.reject(new Error(`${pending.method}: ${message.error.message}`))
  }

  #close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    for (const { method, reject } of this.#pending.values())
      reject(new Error(`${method}: Chromium has closed`))
    this.#pending.clear()
    this.#events.emit("closed")
  }
}
