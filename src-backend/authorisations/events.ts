import { Readable } from "node:stream"
import { equalBytes } from "../../src-protocol/bytes.ts"
import type { StateEvent } from "../../src-protocol/api.ts"
import type { Backend } from "../backend.ts"
import { currentDisclosure } from "../disclosures/current-disclosure.ts"
import type { Disclosure } from "../disclosures/disclosure.ts"
import { ProblemError } from "../http/problem-error.ts"
import type { Answer, Call } from "../http/serve-route.ts"
import { readBearer } from "../sessions/session.ts"
import type { Records } from "../store/store.ts"
import { checkWaiters, waitForChange } from "./wait-for-change.ts"

/** Which attempt at which disclosure a status token opens. */
interface Followed {
  readonly id: string
  readonly attempt: number
}

/**
 * The state as server-sent events (HTML standard, section 9.2): as it is now, then each change, until the phone has
 * confirmed or it is over. A token opens one attempt: when its package was sent back, its signer sees `registered` with
 * the reason, and nothing of whoever signs next.
 */
export async function followState(backend: Backend, call: Call<undefined>): Promise<Answer> {
  const followed = await followedBy(backend, call)
  checkWaiters(backend, followed.id)
  const stream = Readable.from(events(backend, followed, call.signal), { objectMode: false })
  return { status: 200, body: stream, headers: { "x-accel-buffering": "no" } }
}

async function followedBy(backend: Backend, call: Call<undefined>): Promise<Followed> {
  const token = readBearer(call.bearer)
  const reference = call.parameters["reference"] ?? ""
  const found = await backend.store.transaction((records) =>
    currentDisclosure(records, reference, backend.clock(), backend.config.settings),
  )
  if (token === undefined || found === undefined) throw new ProblemError("not-found")
  for (let attempt = 0; attempt <= found.refusals; attempt++) {
    const right = await backend.keys.statusToken(found.id, attempt)
    if (equalBytes(right, token)) return { id: found.id, attempt }
  }
  throw new ProblemError("not-found")
}

async function* events(backend: Backend, followed: Followed, gone: AbortSignal): AsyncGenerator<string> {
  let last: string | undefined
  const until = { milliseconds: backend.config.settings.heartbeatMilliseconds, gone }
  while (!gone.aborted && !backend.stopping.aborted) {
    const event = await waitForChange(backend, followed.id, until, async () => {
      const current = await look(backend, followed)
      return current !== undefined && JSON.stringify(current) === last ? undefined : (current ?? "forgotten")
    })
    if (event === "forgotten") return
    if (event === undefined) {
      yield ":\n\n"
      continue
    }
    last = JSON.stringify(event)
    yield `event: state\ndata: ${last}\n\n`
    if (event.state !== "authorised") return
  }
}

/** What the holder of the token is told now; `undefined` when all of it has been forgotten. */
function look(backend: Backend, { id, attempt }: Followed): Promise<StateEvent | undefined> {
  return backend.store.transaction(async (records) => {
    const stored = await records.disclosures.byId(id)
    if (stored === undefined) return undefined
    const { settings } = backend.config
    const current = await currentDisclosure(records, stored.reference, backend.clock(), settings)
    return current?.id === id ? eventOf(records, current, attempt) : undefined
  })
}

async function eventOf(records: Records, disclosure: Disclosure, attempt: number): Promise<StateEvent> {
  if (attempt === disclosure.refusals) {
    const reason = disclosure.life === "ended" ? disclosure.reason : undefined
    return { state: disclosure.state, ...(reason === undefined ? {} : { reason }) }
  }
  const reason = await records.notices.byAttempt(disclosure.id, attempt)
  return { state: "registered", ...(reason === undefined ? {} : { reason }) }
}
