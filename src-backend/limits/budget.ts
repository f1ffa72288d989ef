import { SECOND, type Instant } from "../../src-protocol/instant.ts"

/** Counts what each key has done in the present window of the wall clock, in memory only. */
export interface Budget {
  /** Takes one from the key's budget; answers the seconds until the next window where there is none left. */
  take(key: string): number | undefined
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
      if (before >= limit) return Math.ceil(((window + 1) * windowMilliseconds - now) / SECOND)
      taken.set(counted, before + 1)
      return undefined
    },
  }
}
