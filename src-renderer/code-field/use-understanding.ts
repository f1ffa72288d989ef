import { useEffect, useState } from "react"
import type { DeskDoor } from "../../src-preload/contract.ts"
import type { HandOverInput } from "./understanding.ts"

/** What the text is so far, asked at each key; an answer to an older text is dropped. */
export function useUnderstanding(door: DeskDoor, text: string): HandOverInput | undefined {
  const [input, setInput] = useState<HandOverInput>()
  useEffect(() => {
    let isNewest = true
    void door.understand({ text }).then((answered) => {
      if (isNewest && answered.ok) setInput(answered.answer)
    })
    return () => {
      isNewest = false
    }
  }, [door, text])
  return input
}
