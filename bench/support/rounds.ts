import { watchOthers } from "./other-load.ts"

/** Something whose pace is measured: it works for about so long, and answers how many microseconds one time took. */
export interface Contestant {
  readonly name: string
  measure(milliseconds: number): Promise<number>
}

export interface Rounds {
  /** Microseconds a time, a number a round. */
  readonly times: ReadonlyMap<string, readonly number[]>
  /** How many rounds were thrown away because others used the machine. */
  readonly rejected: number
  /** How many of the rounds that count were not clean: there were not enough clean ones. */
  readonly unclean: number
}

export interface RoundOptions {
  readonly rounds: number
  /** For each contestant in each round. */
  readonly milliseconds: number
}

/** More of a core than this in the hands of others, and a round says nothing. */
export const MOST_BY_OTHERS = 0.12
const ATTEMPTS_A_ROUND = 3

/**
 * Lets all run in turn, round after round, so that whatever slows the machine slows all of them; the first changes from
 * round to round. A round in which others worked is done again, up to three times as many rounds in all.
 */
export async function interleave(
  contestants: readonly Contestant[],
  { rounds, milliseconds }: RoundOptions,
): Promise<Rounds> {
  for (const contestant of contestants) await contestant.measure(milliseconds)
  const done: { readonly others: number; readonly times: ReadonlyMap<string, number> }[] = []
  const clean = () => done.filter(({ others }) => others <= MOST_BY_OTHERS).length
  for (let attempt = 0; attempt < rounds * ATTEMPTS_A_ROUND && clean() < rounds; attempt++) {
    const others = watchOthers()
    const times = await oneRound(contestants, attempt, milliseconds)
    done.push({ others: others() ?? 0, times })
  }
  const best = done.toSorted((a, b) => a.others - b.others).slice(0, rounds)
  return {
    times: new Map(contestants.map(({ name }) => [name, best.map(({ times }) => times.get(name) ?? 0)])),
    rejected: done.length - best.length,
    unclean: best.filter(({ others }) => others > MOST_BY_OTHERS).length,
  }
}

async function oneRound(
  contestants: readonly Contestant[],
  round: number,
  milliseconds: number,
): Promise<ReadonlyMap<string, number>> {
  const first = round % contestants.length
  const times = new Map<string, number>()
  for (const contestant of [...contestants.slice(first), ...contestants.slice(0, first)]) {
    times.set(contestant.name, await contestant.measure(milliseconds))
  }
  return times
}

/** One that is called again and again in this process. */
export function called(name: string, call: () => unknown): Contestant {
  return { name, measure: async (milliseconds) => (await callFor(call, milliseconds)).elapsed }
}

/**
 * The same, for what only computes: what counts is the time that a processor worked for this thread, so that what others do
 * to the machine is not in it.
 */
export function computed(name: string, call: () => unknown): Contestant {
  return { name, measure: async (milliseconds) => (await callFor(call, milliseconds)).worked }
}

/** Microseconds a time, by the clock and by the processor. */
async function callFor(
  call: () => unknown,
  milliseconds: number,
): Promise<{ readonly elapsed: number; readonly worked: number }> {
  const begun = performance.now()
  const before = process.threadCpuUsage()
  let times = 0
  while (performance.now() - begun < milliseconds) {
    const answer = call()
    if (answer instanceof Promise) await answer
    times += 1
  }
  const { user, system } = process.threadCpuUsage(before)
  return { elapsed: ((performance.now() - begun) * 1_000) / times, worked: (user + system) / times }
}

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low = Number.NaN, high = Number.NaN] = [sorted[middle - 1], sorted[middle]]
  return sorted.length % 2 === 1 ? high : (low + high) / 2
}

/** The median time of one, in microseconds. */
export function timeOf({ times }: Rounds, name: string): number {
  return median(times.get(name) ?? [])
}

/** The median, over the rounds, of how many times longer `name` took than `reference` in the same round. */
export function ratioOf({ times }: Rounds, name: string, reference: string): number {
  const references = times.get(reference) ?? []
  return median((times.get(name) ?? []).map((time, round) => time / (references[round] ?? Number.NaN)))
}
