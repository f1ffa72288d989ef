export type Listener = (...args: unknown[]) => void

/** What a preload uses of Node's EventEmitter. */
export interface Emitter {
  on(name: string, listener: Listener): Emitter
  addListener(name: string, listener: Listener): Emitter
  once(name: string, listener: Listener): Emitter
  off(name: string, listener: Listener): Emitter
  removeListener(name: string, listener: Listener): Emitter
  removeAllListeners(name?: string): Emitter
  listenerCount(name: string): number
  emit(name: string, ...args: unknown[]): boolean
}

export type EmitterClass = new () => Emitter

/** Makes the class from which a sandboxed preload's `events` and ipcRenderer come. Whole in itself. */
export function emitterClass(): EmitterClass {
  return class {
    readonly #listeners = new Map<string, readonly { listener: Listener; once: boolean }[]>()

    on(name: string, listener: Listener) {
      this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), { listener, once: false }])
      return this
    }
    addListener(name: string, listener: Listener) {
      return this.on(name, listener)
    }
    once(name: string, listener: Listener) {
      this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), { listener, once: true }])
      return this
    }
    off(name: string, listener: Listener) {
      const all = this.#listeners.get(name) ?? []
      const last = all.findLastIndex((entry) => entry.listener === listener)
      this.#listeners.set(
        name,
        all.filter((_, index) => index !== last),
      )
      return this
    }
    removeListener(name: string, listener: Listener) {
      return this.off(name, listener)
    }
    removeAllListeners(name?: string) {
      if (name === undefined) this.#listeners.clear()
      else this.#listeners.delete(name)
      return this
    }
    listenerCount(name: string) {
      return this.#listeners.get(name)?.length ?? 0
    }
    emit(name: string, ...args: unknown[]) {
      const all = this.#listeners.get(name) ?? []
      for (const { listener, once } of all) {
        if (once) this.off(name, listener)
        listener(...args)
      }
      return all.length > 0
    }
  }
}
