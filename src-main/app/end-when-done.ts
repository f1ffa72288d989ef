import type { App, Event } from "electron"
import { setTimeout as pause } from "node:timers/promises"

/** As much of Electron's `app` as ending takes. */
export interface Ending {
  on(event: "will-quit", listener: (event: Pick<Event, "preventDefault">) => void): unknown
  quit: App["quit"]
}

/**
 * Holds back the end of the program, its windows being closed already, until `finish` has done what must not be left
 * half done: a card that still trusts a PIN, a session that is still open. After so many milliseconds it ends all the same.
 */
export function endWhenDone(app: Ending, finish: () => Promise<unknown>, atMostMilliseconds: number): void {
  let state: "running" | "finishing" | "done" = "running"
  app.on("will-quit", (event) => {
    if (state === "done") return
    event.preventDefault()
    if (state === "finishing") return
    state = "finishing"
    const limit = new AbortController()
    void Promise.race([
      finish().catch(() => undefined),
      pause(atMostMilliseconds, undefined, { signal: limit.signal }).catch(() => undefined),
    ]).then(() => {
      limit.abort()
      state = "done"
      app.quit()
    })
  })
}
