import { setTimeout as rest } from "node:timers/promises"

export interface Repeated {
  readonly work: () => Promise<void>
  /** How long to rest after it. */
  readonly restMilliseconds: () => Promise<number> | number
  readonly onFault: (error: unknown) => void
}

const REST_AFTER_FAULT = 1_000

/**
 * Does some work again and again until `stopping`; a fault is reported and does not end it. Fulfils when the last round
 * is over.
 */
export async function repeat(stopping: AbortSignal, repeated: Repeated): Promise<void> {
  while (!stopping.aborted) {
    const restMilliseconds = await round(repeated)
    // Rejects only when stopping: the loop then ends by its condition.
    await rest(restMilliseconds, undefined, { signal: stopping, ref: false }).catch(() => undefined)
  }
}

async function round({ work, restMilliseconds, onFault }: Repeated): Promise<number> {
  try {
    await work()
    return await restMilliseconds()
  } catch (error) {
    onFault(error)
    return REST_AFTER_FAULT
  }
}
