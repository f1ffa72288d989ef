import { useEffect } from "react"

export interface KeyActions {
  readonly back: () => void
  readonly newConsult: () => void
  readonly lock: () => void
  readonly settings: () => void
  readonly foldHelp: () => void
}

/** A scanner types like a keyboard and ends with Enter: an Enter so soon after a letter was not pressed by a person. */
const SCANNER_PAUSE_MILLISECONDS = 300
const HAS_ENTER_OF_ITS_OWN =
  "button, a, input, textarea, select, summary, [role=option], [role=listbox], [role=radio]"

/** The keys that work everywhere in the window. */
export function useKeys(actions: KeyActions): void {
  useEffect(() => {
    let lastCharacterAt = Number.NEGATIVE_INFINITY
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      if (event.ctrlKey || event.metaKey) pressedWithControl(event, actions)
      else if (event.key === "F1") taken(event, actions.foldHelp)
      else if (event.key === "Escape") taken(event, actions.back)
      else if (event.key === "Enter") pressedEnter(event, lastCharacterAt)
      else if (event.key.length === 1) lastCharacterAt = event.timeStamp
    }
    document.addEventListener("keydown", onKeyDown)
    return () => {
      document.removeEventListener("keydown", onKeyDown)
    }
  }, [actions])
}

function pressedWithControl(event: KeyboardEvent, actions: KeyActions): void {
  const action = { n: actions.newConsult, l: actions.lock, ",": actions.settings }[event.key.toLowerCase()]
  if (action !== undefined && !event.altKey && !event.shiftKey) taken(event, action)
}

function taken(event: KeyboardEvent, action: () => void): void {
  event.preventDefault()
  action()
}

/** Enter does the one primary action, wherever the focus is, unless what has the focus does something by itself. */
function pressedEnter(event: KeyboardEvent, lastCharacterAt: number): void {
  // A key that is held down must not run through several screens.
  if (event.repeat) return
  if (event.target instanceof Element && event.target.closest(HAS_ENTER_OF_ITS_OWN) !== null) return
  if (event.timeStamp - lastCharacterAt < SCANNER_PAUSE_MILLISECONDS) return
  const primary = document.querySelector<HTMLElement>("main [data-primary]:not([data-disabled])")
  if (primary === null) return
  event.preventDefault()
  primary.click()
}
