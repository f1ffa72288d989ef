import { EventEmitter } from "node:events"

// Loaded before a utility process's own module: gives it `process.parentPort`.

/** Messages wait until somebody listens, and the process ends with the one that started it. */
class ParentPort extends EventEmitter {
  readonly #early: unknown[] = []

  constructor() {
    super()
    process.on("message", (data) => {
      if (this.listenerCount("message") === 0) this.#early.push(data)
      else this.#tell(data)
    })
    this.on("newListener", (name) => {
      if (name !== "message") return
      queueMicrotask(() => {
        for (const data of this.#early.splice(0)) this.#tell(data)
      })
    })
    process.on("disconnect", () => {
      process.exit(0)
    })
  }

  postMessage(message: unknown): void {
    // Whatever structured clone carries; Node's own type for it names only JSON.
    process.send?.(message)
  }
  start(): void {
    // Messages flow from the beginning.
  }

  #tell(data: unknown): void {
    this.emit("message", { data, ports: [] })
  }
}

Object.defineProperty(process, "parentPort", { value: new ParentPort() })
Object.defineProperty(process, "type", { value: "utility" })
