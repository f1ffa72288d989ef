import type { PrivateReader } from "../../../native/virtual-card/private-reader.ts"
import { createCardWatcher, type CardWatcher } from "../../../src-main/card/card-watcher.ts"
import { forkChildProcess } from "../../../src-main/card/host/fork-child-process.ts"
import type { ReaderEvent } from "../../../src-main/card/readers.ts"
import { whenFileIsDone } from "../../card/support/when-file-is-done.ts"

/** An event, and when it came, on the clock that the virtual reader tells its times by. */
export interface HeardEvent {
  readonly event: ReaderEvent
  readonly at: number
}

/** A watcher and everything that it said; events are waited for in order, each once. */
export interface WatchedReaders {
  readonly watcher: CardWatcher
  readonly heard: readonly HeardEvent[]
  /** The next event of this kind (of the service: of this state) after those already waited for. */
  readonly next: (what: string) => Promise<HeardEvent>
}

/** Watches the readers that are seen with this reader's environment, until the test file is done. */
export function watchReaders(reader: Pick<PrivateReader, "environment">): WatchedReaders {
  const watcher = createCardWatcher({ fork: forkChildProcess(reader.environment) })
  whenFileIsDone(() => {
    watcher.stop()
  })
  const heard: HeardEvent[] = []
  const waiting = new Set<() => void>()
  let taken = 0
  watcher.subscribe((event) => {
    heard.push({ event, at: Number(process.hrtime.bigint()) / 1e6 })
    for (const look of waiting) look()
  })
  const next = (what: string): Promise<HeardEvent> =>
    new Promise((resolve) => {
      const look = (): void => {
        const index = heard.findIndex(({ event }, i) => i >= taken && nameOf(event) === what)
        const found = heard[index]
        if (found === undefined) return
        taken = index + 1
        waiting.delete(look)
        resolve(found)
      }
      waiting.add(look)
      look()
    })
  return { watcher, heard, next }
}

/** How an event is called in tests: the service by its state. */
export function nameOf(event: ReaderEvent): string {
  if (event.is === "service") return event.service
  return event.is === "card-changed" ? `card-changed ${event.card.state}` : event.is
}
