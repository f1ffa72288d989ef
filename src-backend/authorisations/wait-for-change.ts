import type { Backend } from "../backend.ts"
import { ProblemError } from "../http/problem-error.ts"

/**
 * Runs `look` until it answers something, waiting for changes of that disclosure in between, or until `until`; then
 * `undefined`. It also ends when the caller is gone or the backend stops. The listening begins before each look, so no
 * change falls between them.
 */
export async function waitForChange<T>(
  backend: Backend,
  disclosureId: string,
  until: { readonly milliseconds: number; readonly gone: AbortSignal },
  look: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const seen = await look()
  if (seen !== undefined || until.milliseconds <= 0) return seen
  const over = new AbortController()
  const ends = AbortSignal.any([over.signal, until.gone, backend.stopping])
  const timer = setTimeout(() => {
    over.abort()
  }, until.milliseconds)
  try {
    for (;;) {
      const change = backend.changes.listen(disclosureId, ends)
      const now = await look()
      if (now !== undefined || ends.aborted) return now
      await change.next()
    }
  } finally {
    clearTimeout(timer)
    over.abort()
  }
}

/** Throws `too-many-requests` where enough wait for this disclosure already: each waiter costs memory. */
export function checkWaiters({ changes, config }: Backend, disclosureId: string): void {
  if (changes.listeners(disclosureId) < config.settings.waitersPerDisclosure) return
  throw new ProblemError("too-many-requests", { retryAfterSeconds: 1 })
}
