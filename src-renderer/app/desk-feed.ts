import type { DeskDoor } from "../../src-preload/contract.ts"
import type { DeskState } from "../../src-preload/desk-state.ts"

/** The newest state of the desk, and word of each that follows. */
export interface DeskFeed {
  /** Undefined until the first one has come. */
  readonly newest: () => DeskState | undefined
  /** Answers how to stop. */
  readonly subscribe: (listener: () => void) => () => void
  /** Resolves when the first one is there. */
  readonly begun: Promise<undefined>
}

/** Asks for the state as it is, and listens to those that follow. */
export function followDesk(door: Pick<DeskDoor, "readState" | "onState">): DeskFeed {
  const listeners = new Set<() => void>()
  const { promise: begun, resolve: begin } = Promise.withResolvers<undefined>()
  let newest: DeskState | undefined
  const take = (state: DeskState): void => {
    newest = state
    begin(undefined)
    for (const listener of listeners) listener()
  }
  door.onState(take)
  void door.readState().then((answered) => {
    // A state that was pushed meanwhile is newer than this answer.
    if (answered.ok && newest === undefined) take(answered.answer)
  })
  return {
    begun,
    newest: () => newest,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
