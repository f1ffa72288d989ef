import { setTimeout as pause } from "node:timers/promises"
import { EVENT_STREAM_MEDIA_TYPE, StateEvent } from "../../src-protocol/api.ts"
import { BackendError } from "./backend-error.ts"
import { checkStatus, mediaTypeOf, networkError, partsOf, readBody, send } from "./http-exchange.ts"
import { jsonOf } from "./read-problem.ts"
import { isFinal } from "./final-state.ts"
import { readServerSentEvents } from "./server-sent-events.ts"

export interface FollowOptions {
  readonly url: URL
  /** The status token: it opens these events and nothing else. */
  readonly token: string
  readonly signal?: AbortSignal
  /** After so long without a byte (the backend sends a heartbeat) the stream is taken for dead. */
  readonly silenceMilliseconds?: number
  readonly firstPauseMilliseconds?: number
}

const DEFAULT_SILENCE_MILLISECONDS = 90_000
const FIRST_PAUSE_MILLISECONDS = 500
const LONGEST_PAUSE_MILLISECONDS = 30_000
const MAX_PROBLEM_BYTES = 16 * 1_024

/**
 * The states of a disclosure (server-sent events, HTML Living Standard section 9.2), the present one first, until the
 * final one. A broken stream is opened again after a growing pause, for as long as it takes; ends quietly when `signal`
 * is aborted. Throws BackendError where asking again does not help, as `not-found`.
 */
export async function* followEvents(options: FollowOptions): AsyncGenerator<StateEvent, void, undefined> {
  const firstPause = options.firstPauseMilliseconds ?? FIRST_PAUSE_MILLISECONDS
  let waiting = firstPause
  for (;;) {
    try {
      for await (const event of openStream(options)) {
        waiting = firstPause
        yield event
        if (isFinal(event.state)) return
      }
    } catch (error) {
      if (options.signal?.aborted === true) return
      if (!(error instanceof BackendError) || !error.retriable) throw error
      waiting = Math.max(waiting, (error.retryAfterSeconds ?? 0) * 1_000)
    }
    if (!(await paused(waiting, options.signal))) return
    waiting = Math.min(waiting * 2, LONGEST_PAUSE_MILLISECONDS)
  }
}

async function paused(milliseconds: number, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    await pause(milliseconds, undefined, signal === undefined ? {} : { signal })
    return true
  } catch {
    return false
  }
}

async function* openStream(options: FollowOptions): AsyncGenerator<StateEvent, void, undefined> {
  const silence = new Silence(options.silenceMilliseconds ?? DEFAULT_SILENCE_MILLISECONDS, options.signal)
  try {
    const request = {
      url: options.url,
      method: "GET",
      accept: EVENT_STREAM_MEDIA_TYPE,
      token: options.token,
    } as const
    const response = await send(request, silence.signal)
    const mediaType = mediaTypeOf(response)
    if (response.status !== 200) checkStatus(response, mediaType, await readBody(response, MAX_PROBLEM_BYTES))
    if (response.status !== 200 || mediaType !== EVENT_STREAM_MEDIA_TYPE) {
      throw new BackendError("malformed-answer", "the answer is no stream of events", {
        status: response.status,
      })
    }
    for await (const event of readServerSentEvents(heard(response, silence))) {
      if (event.type === "state") yield parseState(event.data)
    }
  } catch (cause) {
    throw networkError(cause)
  } finally {
    silence.end()
  }
}

function parseState(data: string): StateEvent {
  const parsed = StateEvent.safeParse(jsonOf(new TextEncoder().encode(data)))
  if (parsed.success) return parsed.data
  throw new BackendError("malformed-answer", "an event is not what the interface says")
}

async function* heard(response: Response, silence: Silence): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const part of partsOf(response)) {
    silence.broken()
    yield part
  }
}

/** Aborts when nothing was heard for too long, or when the one who follows stops. */
class Silence {
  readonly signal: AbortSignal
  readonly #own = new AbortController()
  readonly #timer: NodeJS.Timeout

  constructor(milliseconds: number, signal: AbortSignal | undefined) {
    this.signal = signal === undefined ? this.#own.signal : AbortSignal.any([signal, this.#own.signal])
    this.#timer = setTimeout(() => {
      this.#own.abort(new BackendError("timed-out", "the stream of events fell silent"))
    }, milliseconds)
  }

  broken(): void {
    this.#timer.refresh()
  }

  /** Also lets go of the connection where the reader stopped before its end. */
  end(): void {
    clearTimeout(this.#timer)
    this.#own.abort()
  }
}
