import { once } from "node:events"
import { Worker } from "node:worker_threads"
import { z } from "zod"
import type { Facts } from "../../src-protocol/verify-authorisation.ts"
import { printTrustProfile } from "../../src-protocol/uzi/trust-profile.ts"
import type { BenchOptions } from "./report.ts"
import { interleave, ratioOf, type Contestant } from "./rounds.ts"

/** How many times as many verdicts two workers give as one, each in a thread of its own. */
export async function inWorkers(
  packages: readonly Uint8Array[],
  { trust, ...facts }: Facts,
  options: BenchOptions,
): Promise<number> {
  const { crypto: own, ...plain } = facts
  if (typeof own.digest !== "function") throw new TypeError("facts without cryptography")
  const workerData = { packages, facts: plain, trust: printTrustProfile(trust) }
  const entry = new URL("judging-worker.ts", import.meta.url)
  const workers = [new Worker(entry, { workerData }), new Worker(entry, { workerData })] as const
  try {
    const [first] = workers
    const rounds = await interleave([contestant("one", [first]), contestant("two", workers)], options)
    return ratioOf(rounds, "one", "two")
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}

/** The time of one verdict is that of all workers together: half as long where two give twice as many. */
function contestant(name: string, workers: readonly Worker[]): Contestant {
  return {
    name,
    async measure(milliseconds) {
      const perMicrosecond = await Promise.all(workers.map((worker) => pace(worker, milliseconds)))
      return 1 / perMicrosecond.reduce((sum, one) => sum + one, 0)
    },
  }
}

async function pace(worker: Worker, milliseconds: number): Promise<number> {
  const answer = once(worker, "message")
  worker.postMessage(milliseconds)
  return z.number().parse((await answer)[0])
}
