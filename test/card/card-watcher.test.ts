import { mkdtempSync } from "node:fs"
import { rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { describe, expect, test } from "vitest"
import { createCardWatcher, lookAtReaders, type CardWatcher } from "../../src-main/card/card-watcher.ts"
import { forkChildProcess } from "../../src-main/card/host/fork-child-process.ts"
import type { Fork, HostChannel } from "../../src-main/card/host/host-channel.ts"
import type { ReaderEvent } from "../../src-main/card/readers.ts"
import { whenFileIsDone } from "./support/when-file-is-done.ts"

const directory = mkdtempSync(join(tmpdir(), "vrijgave-watcher-"))
whenFileIsDone(() => rm(directory, { recursive: true, force: true }))

const CARD = '{ atr: "3b00", known: "unknown", state: "ready", heldBy: [] }'
const REPORT = `{
  events: [{ is: "service", service: "running" }, { is: "card-inserted", reader: "A", card: ${CARD} }],
  now: { service: "running", readers: [{ name: "A", card: ${CARD} }] },
}`

interface Watched {
  readonly watcher: CardWatcher
  readonly channels: readonly HostChannel[]
  readonly said: readonly string[]
  /** Waits until an event has been said so often. */
  readonly until: (what: string, times?: number) => Promise<void>
}

/** A watcher whose process runs this script in the place of ours. */
async function watch(script: string, silenceMilliseconds = 3_000): Promise<Watched> {
  const entry = join(directory, `${String(Math.random()).slice(2)}.mjs`)
  await writeFile(entry, script)
  const channels: HostChannel[] = []
  const inner = forkChildProcess()
  const fork: Fork = (url) => {
    const channel = inner(url)
    channels.push(channel)
    return channel
  }
  const watcher = createCardWatcher({ fork, entry: pathToFileURL(entry), silenceMilliseconds })
  whenFileIsDone(() => {
    watcher.stop()
  })
  const said: string[] = []
  const wake = new Set<() => void>()
  watcher.subscribe((event) => {
    said.push(shortOf(event))
    for (const look of wake) look()
  })
  return {
    watcher,
    channels,
    said,
    until: (what, times = 1) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (said.filter((event) => event === what).length >= times) resolve()
        }
        wake.add(look)
        look()
      }),
  }
}

function shortOf(event: ReaderEvent): string {
  return event.is === "service" ? event.service : event.is
}

describe("the watcher's process", () => {
  test("is started once, and not before it is asked for, where it was told to wait", () => {
    let started = 0
    const fork: Fork = () => {
      started += 1
      return {
        send: () => undefined,
        onMessage: () => undefined,
        onExit: () => undefined,
        kill: () => undefined,
      }
    }
    const watcher = createCardWatcher({ fork, waits: true })
    expect([started, watcher.now.service]).toEqual([0, "starting"])
    watcher.start()
    watcher.start()
    expect(started).toBe(1)
    watcher.stop()
  })

  test("is believed when it keeps to the contract", async () => {
    const { watcher, until } = await watch(`setInterval(() => {}, 9e6); process.send(${REPORT})`)
    await until("card-inserted")
    expect(watcher.now).toMatchObject({
      service: "running",
      readers: [{ name: "A", card: { state: "ready" } }],
    })
  })

  test.each([
    ["dies", "setTimeout(() => process.exit(0), 200)"],
    ["is killed by a library that crashes", 'setTimeout(() => process.kill(process.pid, "SIGSEGV"), 200)'],
    ["says what is no report", "setTimeout(() => process.send({ events: 1 }), 200)"],
  ])("that %s takes the cards with it and is started again", async (_, fault) => {
    const { watcher, said, channels, until } = await watch(
      `process.send(${REPORT}); ${fault}; setInterval(() => {}, 9e6)`,
    )
    await until("card-inserted", 2)
    expect(said.slice(0, 6)).toEqual([
      "running",
      "card-inserted",
      "card-removed",
      "reader-removed",
      "starting",
      "running",
    ])
    expect(channels.length).toBeGreaterThan(1)
    watcher.stop()
  })

  test("that falls silent is ended, told as a service that does not answer, and started again", async () => {
    const { watcher, said, until } = await watch(`process.send(${REPORT}); setInterval(() => {}, 9e6)`, 700)
    await until("card-inserted", 2)
    expect(said.slice(2, 5)).toEqual(["card-removed", "reader-removed", "unresponsive"])
    watcher.stop()
  })

  test("is gone after stop, and is not started again", async () => {
    const { watcher, channels, until } = await watch(`process.send(${REPORT}); setInterval(() => {}, 9e6)`)
    await until("card-inserted")
    const ended = new Promise((resolve) => channels[0]?.onExit(resolve))
    watcher.stop()
    await ended
    await new Promise((resolve) => setTimeout(resolve, 700))
    expect(channels).toHaveLength(1)
  })

  test("stops telling one who has unsubscribed", async () => {
    const { watcher, until } = await watch(`setInterval(() => process.send(${REPORT}), 100)`)
    const heard: string[] = []
    const stop = watcher.subscribe(({ is }) => heard.push(is))
    await until("card-inserted", 2)
    stop()
    const before = heard.length
    await until("card-inserted", 5)
    expect(heard).toHaveLength(before)
  })
})

describe("where there is no PC/SC service", () => {
  test("it is told as stopped, or missing where there is not even a library", async () => {
    const nowhere = { PCSCLITE_CSOCK_NAME: join(directory, "no-such-socket") }
    const { service, readers } = await lookAtReaders(forkChildProcess(nowhere))
    if (process.platform === "linux") expect(["stopped", "missing"]).toContain(service)
    expect(readers).toEqual([])
  })
})
