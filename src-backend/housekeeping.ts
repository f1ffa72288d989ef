import type { Backend } from "./backend.ts"
import { timedOut } from "./disclosures/life.ts"

const AT_A_TIME = 500

/** Ends and deletes all whose time has come, in the tables and in the files, and wakes who waits for it. */
export async function keepHouse(backend: Backend): Promise<void> {
  const now = backend.clock()
  const over = await endOverdue(backend, now)
  const forgotten = await backend.store.transaction(async ({ disclosures, accepted, sessions }) => {
    return (await disclosures.forget(now)) + (await accepted.forget(now)) + (await sessions.forget(now))
  })
  if (over + forgotten > 0) await backend.store.forgetDeleted()
}

async function endOverdue(backend: Backend, now: number): Promise<number> {
  let count = 0
  for (;;) {
    // In portions: those who wait for the store get their turn in between.
    const ids = await backend.store.transaction(async ({ disclosures }) => {
      const overdue = await disclosures.overdue(now, AT_A_TIME)
      for (const disclosure of overdue) await disclosures.save(timedOut(disclosure, backend.config.settings))
      return overdue.map((disclosure) => disclosure.id)
    })
    for (const id of ids) backend.changes.announce(id)
    count += ids.length
    if (ids.length < AT_A_TIME) return count
  }
}
