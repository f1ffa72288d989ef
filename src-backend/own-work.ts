import { SECOND } from "../src-protocol/instant.ts"
import { aggregate, slotOf } from "./aggregation/aggregate.ts"
import type { Backend } from "./backend.ts"
import { faultLine } from "./http/log.ts"
import { keepHouse } from "./housekeeping.ts"
import { repeat } from "./repeat.ts"
import { refreshCrls } from "./revocation/refresh-crls.ts"

/** Whatever is registered meanwhile cannot end unnoticed for longer than this. */
const LONGEST_REST = 1 * SECOND
const SHORTEST_REST = 100
/** Timers are not exact, and clocks are set: within a long rest the clock is looked at again. */
const CLOCK_INTERVAL = 10 * SECOND

/**
 * All that a backend does by itself: deletion at the end of each life, batches, revocation lists. The lists have been
 * read once before this fulfils. `ended` fulfils when the backend was stopped and the last of it is done.
 */
export async function startOwnWork(backend: Backend): Promise<{ readonly ended: Promise<unknown> }> {
  await refreshCrls(backend)
  const firstSlot = slotOf(backend, backend.clock())
  const start = (
    where: string,
    work: () => Promise<void>,
    restMilliseconds: () => Promise<number> | number,
  ) =>
    repeat(backend.stopping, {
      work,
      restMilliseconds,
      onFault: (error) => {
        backend.log(faultLine(where, error))
      },
    })
  return {
    ended: Promise.all([
      start(
        "housekeeping",
        () => keepHouse(backend),
        () => untilDeadline(backend),
      ),
      start(
        "aggregation",
        () => aggregateIfDue(backend, firstSlot),
        () => untilNextCycle(backend),
      ),
      start("revocation", crlWork(backend), () => backend.config.settings.crlRefreshMilliseconds),
    ]),
  }
}

async function untilDeadline(backend: Backend): Promise<number> {
  const deadline = await backend.store.transaction(({ disclosures }) => disclosures.nextDeadline())
  const rest = deadline === undefined ? LONGEST_REST : deadline - backend.clock()
  return Math.min(LONGEST_REST, Math.max(SHORTEST_REST, rest))
}

async function aggregateIfDue(backend: Backend, firstSlot: number): Promise<void> {
  const last = await backend.store.transaction(({ batches }) => batches.last())
  // The very first batch comes at the end of the cycle in which the backend was set up.
  if (last === undefined && slotOf(backend, backend.clock()) <= firstSlot) return
  await aggregate(backend)
}

function untilNextCycle(backend: Backend): number {
  const { cycleMilliseconds } = backend.config.settings
  const now = backend.clock()
  return Math.min((slotOf(backend, now) + 1) * cycleMilliseconds - now, CLOCK_INTERVAL)
}

/** The first round was done before the start. */
function crlWork(backend: Backend): () => Promise<void> {
  let isFirst = true
  return async () => {
    if (!isFirst) await refreshCrls(backend)
    isFirst = false
  }
}
