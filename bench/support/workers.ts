import { once } from "node:events"
import { Worker } from "node:worker_threads"
import { z } from "zod"
import type { Facts } from "../../src-protocol/verify-authorisation.ts"
import { printTrustProfile } from "../../src-protocol/uzi/trust-profile.ts"
import type { WorkerTask } from "./judging-worker.ts"
import { watchOthers } from "./other-load.ts"
import type { BenchOptions } from "./report.ts"
import { median, MOST_BY_OTHERS } from "./rounds.ts"

/** What two workers give in times of one, each in a thread of its own. */
export interface WorkersFound {
  /** Verdicts, in the rounds that count. */
  readonly verdicts: number
  /** Plain multiplication in the same rounds: more than that is not to be had of this machine. */
  readonly ceiling: number
  /** Verdicts in all rounds, those too that do not count. */
  readonly verdictsOfAll: number
  readonly ceilingOfAll: number
  readonly rejected: number
  /** How many of the rounds that count were not clean: there were not enough clean ones. */
  readonly unclean: number
}

interface Round {
  readonly verdicts: number
  readonly ceiling: number
  readonly others: number
}

/** A virtual machine's two processors may be two threads of one core for a while: then this is out of reach for all work. */
const TWO_CORES = 1.9
/** The host moves them every few seconds, so a round must be short, and there must be many. */
const SLICES = 4
const ATTEMPTS_A_ROUND = 4
const CEILING_MILLISECONDS = 15

/** How many times as many verdicts two workers give as one, and the same of the machine itself, in turn and round after round. */
export async function inWorkers(
  packages: readonly Uint8Array[],
  { trust, ...facts }: Facts,
  options: BenchOptions,
): Promise<WorkersFound> {
  const { crypto: own, ...plain } = facts
  if (typeof own.digest !== "function") throw new TypeError("facts without cryptography")
  const workerData = { packages, facts: plain, trust: printTrustProfile(trust) }
  const entry = new URL("judging-worker.ts", import.meta.url)
  const workers = [new Worker(entry, { workerData }), new Worker(entry, { workerData })] as const
  try {
    await gain(workers, "verdicts", options.milliseconds)
    await gain(workers, "ceiling", options.milliseconds)
    const wanted = options.rounds * SLICES
    const done: Round[] = []
    while (done.length < wanted * ATTEMPTS_A_ROUND && done.filter(isClean).length < wanted) {
      done.push(await oneRound(workers, options.milliseconds / SLICES))
    }
    return foundIn(done, wanted)
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}

function isClean({ ceiling, others }: Round): boolean {
  return ceiling >= TWO_CORES && others <= MOST_BY_OTHERS
}

type Workers = readonly [Worker, Worker]

/** The machine is asked before and after, for it may have changed in between. */
async function oneRound(workers: Workers, milliseconds: number): Promise<Round> {
  const others = watchOthers()
  const before = await gain(workers, "ceiling", CEILING_MILLISECONDS)
  const verdicts = await gain(workers, "verdicts", milliseconds)
  const after = await gain(workers, "ceiling", CEILING_MILLISECONDS)
  return { verdicts, ceiling: Math.min(before, after), others: others() ?? 0 }
}

/** Both together in times of one alone; each has its turn to be the one, for their processors may have unequal neighbours. */
async function gain(workers: Workers, task: WorkerTask["task"], milliseconds: number): Promise<number> {
  const [first, second] = workers
  const pace = (all: readonly Worker[]) => paceOf(all, { task, milliseconds })
  const alone = await pace([first])
  const together = await pace(workers)
  return together / ((alone + (await pace([second]))) / 2)
}

async function paceOf(workers: readonly Worker[], task: WorkerTask): Promise<number> {
  const paces = await Promise.all(workers.map((worker) => answerOf(worker, task)))
  return paces.reduce((sum, pace) => sum + pace, 0)
}

async function answerOf(worker: Worker, task: WorkerTask): Promise<number> {
  const answer = once(worker, "message")
  worker.postMessage(task)
  return z.number().parse((await answer)[0])
}

/** The clean rounds count; where there are too few, those in which the machine gave most are taken too, and it is said. */
function foundIn(done: readonly Round[], wanted: number): WorkersFound {
  const clean = done.filter(isClean)
  const rest = done.filter((round) => !isClean(round)).toSorted((a, b) => b.ceiling - a.ceiling)
  const counted = [...clean, ...rest].slice(0, wanted)
  return {
    verdicts: median(counted.map(({ verdicts }) => verdicts)),
    ceiling: median(counted.map(({ ceiling }) => ceiling)),
    verdictsOfAll: median(done.map(({ verdicts }) => verdicts)),
    ceilingOfAll: median(done.map(({ ceiling }) => ceiling)),
    rejected: done.length - counted.length,
    unclean: counted.length - clean.length,
  }
}

/** What the goal's figure rests on. */
export function contextOfWorkers(found: WorkersFound): readonly (readonly [string, string])[] {
  const pair = (verdicts: number, ceiling: number) =>
    `${verdicts.toFixed(2)} × the verdicts, ${ceiling.toFixed(2)} × plain multiplication`
  return [
    ["two workers, the rounds that count", pair(found.verdicts, found.ceiling)],
    ["two workers, all rounds", pair(found.verdictsOfAll, found.ceilingOfAll)],
  ]
}

/** What of these rounds must be said beside their figures. */
export function remarksOnWorkers({ rejected, unclean }: WorkersFound): readonly string[] {
  return [
    ...(rejected === 0
      ? []
      : [
          `${rejected} rounds of the two workers were rejected: two threads of plain multiplication gave less than ${TWO_CORES} times one, or others used the machine`,
        ]),
    ...(unclean === 0
      ? []
      : [`${unclean} rounds of the two workers that count were not clean: trust them less`]),
  ]
}
