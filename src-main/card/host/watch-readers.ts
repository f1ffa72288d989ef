import { setTimeout as pause } from "node:timers/promises"
import { cardPrograms } from "../../../native/pcsc/card-programs.ts"
import { ANY_READER, PCSC_CODE, SCOPE } from "../../../native/pcsc/constants.ts"
import type { Pcsc, PcscHandle, ReaderState } from "../../../native/pcsc/open-pcsc.ts"
import { readerNames } from "../../../native/pcsc/reader-names.ts"
import {
  becameHeld,
  reportOf,
  sharingOnly,
  withNames,
  withStates,
  type SeenReader,
  type Step,
  type WatchedReader,
} from "../next-readers.ts"
import { losing, NO_READERS_YET, type CardService, type Readers, type ReadersReport } from "../readers.ts"

/** Never without an end: a context that waits for ever keeps a process from ending. */
const WAIT_MILLISECONDS = 1_000
const SERVICE_PAUSE_MILLISECONDS = 500
const LIBRARY_PAUSE_MILLISECONDS = 5_000

/**
 * Watches readers and cards for as long as the process lives: a service that is not there, stops or is started again is
 * said and waited for, each time with a new context, since one of a stopped service never comes back to life.
 * At least every second a report goes out, if only as a sign of life.
 */
export class ReaderWatch {
  readonly #open: () => Pcsc
  readonly #tell: (report: ReadersReport) => void
  #now: Readers = NO_READERS_YET
  /** Apple's service knows nothing of the name that stands for all readers. */
  #anyReader = true

  constructor(open: () => Pcsc, tell: (report: ReadersReport) => void) {
    this.#open = open
    this.#tell = tell
  }

  async run(): Promise<never> {
    for (;;) {
      const pcsc = this.#library()
      if (pcsc === undefined) {
        this.#lose("missing")
        await pause(LIBRARY_PAUSE_MILLISECONDS)
        continue
      }
      await this.#watchService(pcsc)
      this.#lose("stopped")
      await pause(SERVICE_PAUSE_MILLISECONDS)
    }
  }

  #library(): Pcsc | undefined {
    try {
      return this.#open()
    } catch {
      return undefined
    }
  }

  /** One context, until it fails. */
  async #watchService(pcsc: Pcsc): Promise<void> {
    const context: PcscHandle[] = [0]
    const established = await pcsc.establishContext.later(SCOPE.system, null, null, context)
    const [handle] = context
    if (established !== PCSC_CODE.ok || handle === undefined) return
    let watched: readonly WatchedReader[] | undefined = []
    while (watched !== undefined) watched = await this.#look(pcsc, handle, watched)
    await pcsc.releaseContext.later(handle)
  }

  /** One look; `undefined` where the context is of no more use. */
  async #look(
    pcsc: Pcsc,
    context: PcscHandle,
    before: readonly WatchedReader[],
  ): Promise<readonly WatchedReader[] | undefined> {
    const listed = await readerNames(pcsc, context)
    if ("code" in listed) return undefined
    const named = withNames(before, listed.names)
    const states = named.watched.map(({ name, state }) => askAbout(name, state))
    // In the upper half: how many readers we know of. The call ends when there are more, or fewer.
    if (this.#anyReader) states.push(askAbout(ANY_READER, named.watched.length << 16))
    // A new reader is told together with the card in it, and one that went is told at once.
    const wait = named.events.length > 0 ? 0 : WAIT_MILLISECONDS
    if (states.length === 0) await pause(wait)
    const code =
      states.length === 0
        ? PCSC_CODE.timeout
        : await pcsc.getStatusChange.later(context, wait, states, states.length)
    const step = await this.#understand(code, named, states)
    if (step !== undefined) this.#report(reportOf(this.#now, step))
    return step?.watched
  }

  async #understand(code: number, named: Step, states: readonly ReaderState[]): Promise<Step | undefined> {
    if (code === PCSC_CODE.unknownReader) {
      // A reader went between listing and asking; where there is none, it is the name for all of them that is unknown.
      if (named.watched.length === 0) this.#anyReader = false
      return named
    }
    if (code !== PCSC_CODE.ok && code !== PCSC_CODE.timeout) return undefined
    const answered = states.filter(({ szReader }) => szReader !== ANY_READER).map((state) => seenIn(state))
    const seen = code === PCSC_CODE.ok ? answered : sharingOnly(named.watched, answered)
    const heldBy = becameHeld(named.watched, seen) ? await cardPrograms() : []
    const stated = withStates(named.watched, seen, heldBy)
    return { watched: stated.watched, events: [...named.events, ...stated.events] }
  }

  #lose(service: CardService): void {
    this.#report(losing(this.#now, service))
  }

  #report(report: ReadersReport): void {
    this.#now = report.now
    this.#tell(report)
  }
}

function askAbout(szReader: string, dwCurrentState: number): ReaderState {
  return { szReader, pvUserData: null, dwCurrentState, dwEventState: 0, cbAtr: 0, rgbAtr: [] }
}

function seenIn({ szReader, dwEventState, cbAtr, rgbAtr }: ReaderState): SeenReader {
  const atr = Uint8Array.from(rgbAtr).subarray(0, Number(cbAtr))
  return { name: szReader, state: Number(dwEventState), atr }
}
