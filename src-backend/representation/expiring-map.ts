import type { Instant } from "../../src-protocol/instant.ts"

/** What is kept in memory alone and for a while: nothing of a flow survives the process, or its time. */
export interface ExpiringMap<Value> {
  set(key: string, value: Value, expiresAt: Instant): void
  get(key: string): Value | undefined
  /** Takes it out; only one of several callers gets it. */
  take(key: string): Value | undefined
  /** Forgets what has run out. */
  sweep(): void
  readonly size: number
}

/** So many at once; beyond, the oldest goes: a flood costs others their flow, not the server its memory. */
const MOST = 20_000

export function createExpiringMap<Value>(clock: () => Instant): ExpiringMap<Value> {
  const entries = new Map<string, { readonly value: Value; readonly expiresAt: Instant }>()
  const live = (key: string) => {
    const entry = entries.get(key)
    return entry !== undefined && entry.expiresAt > clock() ? entry.value : undefined
  }
  return {
    set(key, value, expiresAt) {
      entries.delete(key)
      entries.set(key, { value, expiresAt })
      const [oldest] = entries.keys()
      if (entries.size > MOST && oldest !== undefined) entries.delete(oldest)
    },
    get: live,
    take(key) {
      const value = live(key)
      entries.delete(key)
      return value
    },
    sweep() {
      const now = clock()
      for (const [key, { expiresAt }] of entries) if (expiresAt <= now) entries.delete(key)
    },
    get size() {
      return entries.size
    },
  }
}
