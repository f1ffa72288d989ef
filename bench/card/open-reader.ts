import { performance } from "node:perf_hooks"
import type { PrivateReader } from "../../native/virtual-card/private-reader.ts"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { createCardWatcher, type CardWatcher } from "../../src-main/card/card-watcher.ts"
import { createCardHost, type CardHost } from "../../src-main/card/host/card-host.ts"
import { forkChildProcess } from "../../src-main/card/host/fork-child-process.ts"
import { probe } from "../../src-main/card/probe.ts"
import { LiveLine } from "../../src-main/desk-window/live-line.ts"
import type { TestPki } from "../../src-testkit/pki/test-pki.ts"

export const PIN = "123456"

/** What a desk has of its cards: the watching process, the card's process, and the line that shows both. */
export interface CardSide {
  readonly watcher: CardWatcher
  readonly host: CardHost
  readonly line: LiveLine
  /** Waits until the line is so. */
  until(is: (line: LiveLine) => boolean): Promise<void>
  stop(): void
}

export function openCardSide(reader: PrivateReader, { trust }: TestPki): CardSide {
  const fork = forkChildProcess(reader.environment)
  const watcher = createCardWatcher({ fork })
  const host = createCardHost({ fork, modulePath: reader.openscModule, watcher })
  const waiting = new Set<() => void>()
  const line = new LiveLine({
    ...{ cardHost: host, crypto: nodeCrypto, trust, clock: () => Date.now(), readers: watcher, probe },
    reach: () => Promise.resolve(),
    onChange: () => {
      for (const look of waiting) look()
    },
    onCardRemoved: () => undefined,
  })
  return {
    ...{ watcher, host, line },
    until: (is) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!is(line)) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
    stop() {
      line.stop()
      watcher.stop()
      host.stop()
    },
  }
}

/** The clock that the virtual reader tells its times by. */
export function monotonicMilliseconds(): number {
  return Number(process.hrtime.bigint()) / 1e6
}

/** One call's time, in milliseconds. */
export async function timed(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await run()
  return performance.now() - began
}
