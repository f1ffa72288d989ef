import { useCallback, useEffect, useState } from "react"
import type { ConsultView, DeskState } from "../../src-preload/desk-state.ts"

export type Way = "digits" | "words" | "scan"

/** Three consults that teach the desk, in the practice environment. */
export interface Lesson {
  /** How many are done; undefined while nobody is learning. */
  readonly done: number | undefined
  readonly start: () => void
  readonly stop: () => void
  /** Tells how the code of this consult came in. */
  readonly noteWay: (way: Way) => void
}

/** One consult with digits, one with words, and one whose words are not the patient's. */
export const LESSON_LENGTH = 3

/** Follows what the clinician does, and counts a consult when it went as it should. */
export function useLesson({ environment, consult }: DeskState): Lesson {
  const [done, setDone] = useState<number>()
  const [way, noteWay] = useState<Way>()
  const isMet = done !== undefined && meets(done, consult, way)
  useEffect(() => {
    if (isMet) setDone((count) => (count === undefined ? undefined : count + 1))
  }, [isMet])
  const start = useCallback(() => {
    setDone(0)
  }, [])
  const stop = useCallback(() => {
    setDone(undefined)
  }, [])
  // A way that was noted counts for one consult only.
  const isBeginning = consult.is === "ready"
  useEffect(() => {
    if (isBeginning) noteWay(undefined)
  }, [isBeginning])
  return { done: environment === "test" ? done : undefined, start, stop, noteWay }
}

function meets(task: number, consult: ConsultView, way: Way | undefined): boolean {
  const isSent = consult.is === "following" || consult.is === "done"
  if (task === 0) return isSent && way !== "words"
  if (task === 1) return isSent && way === "words"
  return task === 2 && consult.is === "problem" && consult.problem.code === "READ_BACK_DIFFERS"
}
