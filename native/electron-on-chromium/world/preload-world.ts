import type { MakeBridge } from "./bridge.ts"
import type { Codec } from "./codec.ts"
import type { Emitter, EmitterClass, Listener } from "./listeners.ts"
import type { FromPreload, ProcessFacts, ToPreload } from "./messages.ts"
import type { startWindowHabits } from "./window-habits.ts"

/** What the preload's world is made of; every function of it comes as source text. */
export interface PreloadParts {
  readonly codec: Codec
  readonly makeBridge: MakeBridge
  readonly Emitter: EmitterClass
  readonly startWindowHabits: typeof startWindowHabits
  readonly secret: string
  readonly facts: ProcessFacts
  readonly sendText: (text: string) => void
}

/** What a sandboxed preload script is given. */
export interface PreloadWorld {
  readonly require: (name: string) => unknown
  readonly process: object
  /** Main calls it with each message; a text of `ToPreload`. */
  readonly deliver: (text: string) => void
}

/** Makes `require("electron")` for the preload, as a sandboxed one finds it. Whole in itself. */
export function preloadWorld(parts: PreloadParts): PreloadWorld {
  const { codec, facts, Emitter } = parts
  const node = document.createElement("i")
  const bridge = parts.makeBridge(node, "preload", "page", {})
  window.dispatchEvent(new MouseEvent(parts.secret, { relatedTarget: node }))

  const post = (message: FromPreload): void => {
    parts.sendText(JSON.stringify(message))
  }
  const habits = parts.startWindowHabits(post, parts.secret, facts.windowTitle)

  let lastNumber = 0
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  const emitter: Emitter = new Emitter()
  const noPorts = (transfer: unknown): void => {
    if (Array.isArray(transfer) && transfer.length > 0)
      throw new Error("The stand-in does not transfer message ports")
  }
  const send = (channel: string, ...args: unknown[]): void => {
    post({ is: "send", channel, args: codec.encode(args) })
  }
  const invoke = (channel: string, ...args: unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      // What cannot be cloned throws here, which rejects the promise.
      const text = codec.encode(args)
      lastNumber += 1
      waiting.set(lastNumber, { resolve, reject })
      post({ is: "invoke", number: lastNumber, channel, args: text })
    })
  const ipcRenderer = Object.assign(emitter, {
    send,
    invoke,
    sendSync: (): never => {
      throw new Error("The stand-in has no ipcRenderer.sendSync")
    },
    postMessage: (channel: string, message: unknown, transfer?: unknown): void => {
      noPorts(transfer)
      send(channel, message)
    },
  })

  const contextBridge = {
    exposeInMainWorld: (key: string, api: unknown): void => {
      bridge.call("expose", [key, api])
    },
  }
  const webFrame = {
    getZoomFactor: () => 1,
    setZoomFactor: () => {
      // Main's webContents.setZoomFactor is there.
    },
  }
  const electron = { contextBridge, ipcRenderer, webFrame, webUtils: { getPathForFile: () => "" } }
  const events = Object.assign(Emitter, { EventEmitter: Emitter })
  const timers = { setTimeout, clearTimeout, setInterval, clearInterval }
  const modules = new Map<string, unknown>([
    ["electron", electron],
    ["electron/renderer", electron],
    ["electron/common", electron],
    ["events", events],
    ["timers", timers],
    ["url", { URL, URLSearchParams }],
  ])

  const settle = (reply: ToPreload & { is: "reply" }): void => {
    const promise = waiting.get(reply.number)
    waiting.delete(reply.number)
    if (reply.ok) promise?.resolve(codec.decode(reply.value))
    else promise?.reject(new Error(reply.message))
  }

  const deliver = (text: string): void => {
    // Main's own text, over a function that only main and this world know.
    const message = JSON.parse(text) as ToPreload
    if (message.is === "reply") settle(message)
    else if (message.is === "guard") habits.guard(message.on)
    else if (message.is === "title") habits.entitle(message.title)
    else {
      // Main encodes a list of arguments.
      const args = codec.decode(message.args) as unknown[]
      const event = { sender: ipcRenderer, senderId: 0, ports: [] }
      ipcRenderer.emit(message.channel, event, ...args)
    }
  }

  post({ is: "hello", url: location.href })
  return {
    require: (name) => {
      const found = modules.get(name.replace(/^node:/, ""))
      if (found === undefined) throw new Error(`module not found: ${name}`)
      return found
    },
    process: Object.assign(new Emitter(), {
      type: "renderer",
      sandboxed: true,
      contextIsolated: true,
      ...facts,
      env: {},
      pid: 0,
      nextTick: (task: Listener, ...args: unknown[]) => {
        queueMicrotask(() => {
          task(...args)
        })
      },
    }),
    deliver,
  }
}
