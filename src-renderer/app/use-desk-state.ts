import { useEffect, useState } from "react"
import type { DeskDoor } from "../../src-preload/contract.ts"
import type { DeskState } from "../../src-preload/desk-state.ts"

/** The newest state of the desk; undefined until the first one has come. */
export function useDeskState(door: DeskDoor): DeskState | undefined {
  const [state, setState] = useState<DeskState>()
  useEffect(() => {
    const stop = door.onState(setState)
    // A state that was pushed meanwhile is newer than this answer.
    void door.readState().then((answered) => {
      if (answered.ok) setState((known) => known ?? answered.answer)
    })
    return stop
  }, [door])
  return state
}
