import { faultLine } from "../http/log.ts"
import type { Representation } from "./representation.ts"

/** Forgets what has run out, in memory and in the store. A fault is logged: the next round tries again. */
export async function forgetRepresentation(server: Representation): Promise<void> {
  const { transactions, memory, store, clock, config, log } = server
  transactions.sweep()
  memory.sweep()
  const { mismatchWindowMilliseconds, refusalsKeptMilliseconds } = config.settings
  try {
    const forgotten = await store.transaction(async ({ mismatches, refusals }) => {
      const gone = await mismatches.forget(clock() - mismatchWindowMilliseconds)
      return gone + (await refusals.forget(clock() - refusalsKeptMilliseconds))
    })
    if (forgotten > 0) await store.forgetDeleted()
  } catch (error) {
    log(faultLine("representation housekeeping", error))
  }
}
