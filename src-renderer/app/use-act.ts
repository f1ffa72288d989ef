import { useCallback, useEffect, useState } from "react"
import type { Answered } from "../../src-preload/contract.ts"
import type { ProblemView } from "../../src-preload/desk-state.ts"

interface Acting {
  readonly act: (call: Promise<Answered<unknown>>) => void
  readonly trouble: ProblemView | undefined
}

/**
 * Most outcomes come as a state; what the door itself refuses is kept here until the next thing is done. What the state
 * tells already, `told`, is not said twice.
 */
export function useAct(screen: string, told: ProblemView | undefined): Acting {
  const [trouble, setTrouble] = useState<ProblemView>()
  useEffect(() => {
    setTrouble(undefined)
  }, [screen])
  const act = useCallback((call: Promise<Answered<unknown>>) => {
    setTrouble(undefined)
    void call.then((answered) => {
      setTrouble(answered.ok ? undefined : answered.problem)
    })
  }, [])
  return { act, trouble: isSame(trouble, told) ? undefined : trouble }
}

function isSame(one: ProblemView | undefined, other: ProblemView | undefined): boolean {
  return one?.code === other?.code && one?.reason === other?.reason
}
