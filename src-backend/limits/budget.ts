import { SECOND, type Instant } from "../../src-protocol/instant.ts"

/** There is nothing left of a key's budget. */
export interface Spent {
  /** Until the next window. */
  readonly retryAfterSeconds: number
  /** Whether this key is told so for the first time in this window. */
  readonly isFirst: boolean
}

/** Counts what each key has done in the present window of the wall clock, in memory only. */
export interface Budget {
  /** Takes one from the key's budget; `undefined` where there was one left. */
  take(key: string): Spent | undefined
}

/** So many keys a window are told apart; all further ones share one budget, so that memory has an end. */
const MAXIMUM_KEYS = 200_000
const ALL_OTHERS = "all others"

export function createBudget(limit: number, windowMilliseconds: number, clock: () => Instant): Budget {
  let window = -1
  let taken = new Map<string, number>()
  return {
    take(key) {
      const now = clock()
      if (Math.floor(now / windowMilliseconds) !== window) {
        window = Math.floor(now / windowMilliseconds)
        taken = new Map()
      }
      const counted = taken.has(key) || taken.size < MAXIMUM_KEYS ? key : ALL_OTHERS
      const before = taken.get(counted) ?? 0
      // One above the limit remembers that it was told.
      taken.set(counted, Math.min(before, limit) + 1)
      if (before < limit) return undefined
      const retryAfterSeconds = Math.ceil(((window + 1) * windowMilliseconds - now) / SECOND)
      return { retryAfterSeconds, isFirst: before === limit }
    },
  }
}
