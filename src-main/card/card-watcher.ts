import type { Fork, HostChannel } from "./host/host-channel.ts"
import {
  losing,
  NO_READERS_YET,
  ReadersReport,
  type CardService,
  type ReaderEvent,
  type Readers,
} from "./readers.ts"

/** Readers and cards, as they come and go. */
export interface CardWatcher {
  readonly now: Readers
  /** Called with each event and how it is after all of them; answers how to stop. */
  subscribe(listener: ReaderListener): () => void
  /** Begins, where it was told to wait for that. */
  start(): void
  /** Ends the process, which keeps the program running until then. */
  stop(): void
}

export type ReaderListener = (event: ReaderEvent, now: Readers) => void

export interface CardWatcherOptions {
  readonly fork: Fork
  /** Another entry than ours, for a bundle that puts it elsewhere. */
  readonly entry?: URL
  /** How long the process may be silent before it is ended and started again; it gives a sign of life every second. */
  readonly silenceMilliseconds?: number
  /** Whether it waits for `start`; it begins at once unless told so. */
  readonly waits?: boolean
}

const WATCHER_ENTRY = new URL("host/watcher-process.ts", import.meta.url)
const SILENCE_MILLISECONDS = 6_000
const RESTART_MILLISECONDS = 500

/**
 * Watches the readers in a process of its own. What is the matter with the service is an event; nothing throws. When the
 * process dies or falls silent all cards are said to be gone, because nobody saw whether they stayed, and it is started again.
 */
export function createCardWatcher(options: CardWatcherOptions): CardWatcher {
  return new ProcessCardWatcher(options)
}

class ProcessCardWatcher implements CardWatcher {
  readonly #options: CardWatcherOptions
  readonly #listeners = new Set<ReaderListener>()
  #now: Readers = NO_READERS_YET
  #channel: HostChannel | undefined
  #silence: NodeJS.Timeout | undefined
  #restart: NodeJS.Timeout | undefined
  #stopped = false

  constructor(options: CardWatcherOptions) {
    this.#options = options
    if (options.waits !== true) this.#start()
  }

  start(): void {
    if (this.#channel === undefined && this.#restart === undefined && !this.#stopped) this.#start()
  }

  get now(): Readers {
    return this.#now
  }

  subscribe(listener: ReaderListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#silence)
    clearTimeout(this.#restart)
    this.#channel?.kill()
  }

  #start(): void {
    const channel = this.#options.fork(this.#options.entry ?? WATCHER_ENTRY)
    this.#channel = channel
    this.#listenForLife(channel)
    channel.onMessage((message) => {
      if (channel === this.#channel) this.#receive(channel, message)
    })
    channel.onExit(() => {
      this.#lose(channel, "starting")
    })
  }

  #listenForLife(channel: HostChannel): void {
    clearTimeout(this.#silence)
    this.#silence = setTimeout(() => {
      this.#lose(channel, "unresponsive")
    }, this.#options.silenceMilliseconds ?? SILENCE_MILLISECONDS)
  }

  #receive(channel: HostChannel, message: unknown): void {
    const report = ReadersReport.safeParse(message)
    if (!report.success) {
      this.#lose(channel, "starting")
      return
    }
    this.#listenForLife(channel)
    this.#tell(report.data)
  }

  /** Ends what is left of the process, and begins anew. */
  #lose(channel: HostChannel, service: CardService): void {
    if (channel !== this.#channel || this.#stopped) return
    this.#channel = undefined
    clearTimeout(this.#silence)
    channel.kill()
    // A service that hung when the process was ended is not known to be well until the next one says so.
    this.#tell(losing(this.#now, this.#now.service === "unresponsive" ? "unresponsive" : service))
    this.#restart = setTimeout(() => {
      this.#start()
    }, RESTART_MILLISECONDS)
  }

  #tell({ events, now }: ReadersReport): void {
    this.#now = now
    for (const event of events) for (const listener of this.#listeners) listener(event, now)
  }
}

const LONGEST_LOOK_MILLISECONDS = 10_000

/** One look at the readers: what the watcher first finds. */
export async function lookAtReaders(fork: Fork, entry?: URL): Promise<Readers> {
  const watcher = createCardWatcher({ fork, ...(entry === undefined ? {} : { entry }) })
  let longest: NodeJS.Timeout | undefined
  try {
    return await new Promise((resolve) => {
      watcher.subscribe((_, now) => {
        resolve(now)
      })
      longest = setTimeout(() => {
        resolve(watcher.now)
      }, LONGEST_LOOK_MILLISECONDS)
    })
  } finally {
    clearTimeout(longest)
    watcher.stop()
  }
}
