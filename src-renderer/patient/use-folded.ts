import { useCallback, useState } from "react"

const KEY = "help-folded"

/** Whether the help is folded away; the choice is kept for the next day, where the window may keep anything. */
export function useFolded(): readonly [boolean, (folded: boolean) => void] {
  const [folded, setFolded] = useState(() => localStorage.getItem(KEY) === "yes")
  const fold = useCallback((next: boolean) => {
    localStorage.setItem(KEY, next ? "yes" : "no")
    setFolded(next)
  }, [])
  return [folded, fold]
}
