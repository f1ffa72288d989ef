/** The one who started this process. */
export interface Parent {
  /** By structured clone: bytes arrive as bytes. */
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** The one who started us has gone, or has let go of us. */
  onGone(listener: () => void): void
}

/** Electron's `process.parentPort`, of a utility process. */
interface ParentPort {
  postMessage(message: unknown): void
  on(event: "message", listener: (event: { readonly data: unknown }) => void): void
}

/**
 * How a process of the card host speaks with the desk, whichever way it was started: by Electron's `utilityProcess.fork`
 * or by Node's `child_process.fork` with `serialization: "advanced"`.
 */
export function parentOf(self: NodeJS.Process): Parent {
  const port: unknown = Reflect.get(self, "parentPort")
  return isParentPort(port) ? byParentPort(port, self) : byChannel(self)
}

function isParentPort(port: unknown): port is ParentPort {
  return typeof port === "object" && port !== null && "postMessage" in port && "on" in port
}

function byParentPort(port: ParentPort, self: NodeJS.Process): Parent {
  return {
    send(message) {
      port.postMessage(message)
    },
    onMessage(listener) {
      port.on("message", ({ data }) => {
        listener(data)
      })
    },
    // Electron ends a utility process together with the one that started it.
    onGone: (listener) => void self.once("disconnect", listener),
  }
}

function byChannel(self: NodeJS.Process): Parent {
  return {
    send(message) {
      // A parent that has gone hears nothing: `onGone` tells it.
      self.send?.(message, undefined, undefined, () => undefined)
    },
    onMessage(listener) {
      self.on("message", listener)
    },
    onGone: (listener) => void self.once("disconnect", listener),
  }
}
