import type { Arena } from "./arena.ts"
import { faultsOf } from "./check-race.ts"
import { race } from "./race.ts"
import { choices } from "./turns.ts"

export interface Races {
  /** With the seed that shows it again. */
  readonly faults: readonly string[]
  /** How many of the races took different turns. */
  readonly different: number
  /** Every answer that somebody got, as `put 201`. */
  readonly seen: readonly string[]
}

/** Runs `count` races, one a seed, the first of them `seed`; stops after ten faults. */
export async function runRaces(arena: Arena, seed: number, count: number): Promise<Races> {
  const [orders, seen] = [new Set<string>(), new Set<string>()]
  const faults: string[] = []
  for (let one = seed; one < seed + count && faults.length < 10; one++) {
    const { happened, order } = await race(arena, choices(one))
    orders.add(order)
    for (const { what, status } of happened) seen.add(`${what} ${status}`)
    for (const fault of faultsOf(arena, happened)) faults.push(`seed ${one}: ${fault}`)
  }
  return { faults, different: orders.size, seen: [...seen] }
}
