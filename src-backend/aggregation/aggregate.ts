import { composeBatch, fillWithDecoys } from "../../src-protocol/batch.ts"
import { dayOf } from "../../src-protocol/instant.ts"
import type { Backend } from "../backend.ts"
import type { Records } from "../store/store.ts"

/**
 * Writes the batch of the present cycle of the wall clock, if it has not been written: one transaction takes the queue
 * and writes the batch, so that no seed is lost or published twice whatever happens in between. Cycles that passed while
 * the backend was down are not made up for: their seeds are in this batch. Answers the number of the batch written.
 */
export async function aggregate(backend: Backend): Promise<number | undefined> {
  const now = backend.clock()
  const cycle = await backend.store.transaction(async (records) => {
    const last = await records.batches.last()
    if (last !== undefined && slotOf(backend, last.composedAt) >= slotOf(backend, now)) return undefined
    const next = last === undefined ? 0 : last.cycle + 1
    await records.batches.add({
      cycle: next,
      composedAt: now,
      content: await compose(backend, records, next),
    })
    await records.batches.forget(now - backend.config.settings.batchesKeptMilliseconds)
    return next
  })
  if (cycle === undefined) return undefined
  backend.log({ is: "batch", cycle })
  // The queue's pages must not stay in the write-ahead log in their old form.
  await backend.store.forgetDeleted()
  return cycle
}

/** Which cycle of the wall clock an instant is in: cycles begin at whole multiples of their length since 1970. */
export function slotOf(backend: Backend, now: number): number {
  return Math.floor(now / backend.config.settings.cycleMilliseconds)
}

async function compose(backend: Backend, records: Records, cycle: number): Promise<Uint8Array> {
  const queued = await records.queue.takeAll()
  const { batchMinimumEntries } = backend.config.settings
  const filled = fillWithDecoys(backend.crypto, queued, dayOf(backend.clock()), batchMinimumEntries)
  return composeBatch(cycle, filled, (bytes) => backend.batchKey.sign(bytes))
}
