import { EventEmitter, once } from "node:events"

/** Wakes those who wait for a disclosure: long polls and event streams. Nobody polls the store in the meantime. */
export interface Changes {
  announce(disclosureId: string): void
  /**
   * Starts listening at once, so that a change between reading a state and waiting is not missed; `next` fulfils at the
   * first change since then, or when `signal` is aborted.
   */
  listen(disclosureId: string, signal: AbortSignal): { next(): Promise<void> }
  /** How many listen to this disclosure now. */
  listeners(disclosureId: string): number
}

export function createChanges(): Changes {
  const emitter = new EventEmitter()
  emitter.setMaxListeners(0)
  return {
    announce: (disclosureId) => {
      emitter.emit(disclosureId)
    },
    listen: (disclosureId, signal) => {
      // Rejects only when the signal is aborted; then, too, the listener should look again.
      const changed = once(emitter, disclosureId, { signal }).then(nothing, nothing)
      return { next: () => changed }
    },
    listeners: (disclosureId) => emitter.listenerCount(disclosureId),
  }
}

function nothing(): void {
  // Whatever woke the listener, it reads the state again.
}
