import { execFile } from "node:child_process"
import { join } from "node:path"
import { promisify } from "node:util"
import { z } from "zod"
import { PIN, withCard, type BenchCard } from "./support/bench-card.ts"
import { benchPki } from "./support/bench-pki.ts"
import { watchOthers } from "./support/other-load.ts"
import { microseconds, type BenchOptions, type Part } from "./support/report.ts"
import { median } from "./support/rounds.ts"

const run = promisify(execFile)
const ENTRY = join(import.meta.dirname, "support", "ten-signatures.ts")
const Times = z.array(z.number()).length(10)

/**
 * (b) The clinician's first signature of the day beside the tenth, each in a process that has just been started: card read,
 * certificate reviewed, warmed up while the clinician reads; then ten packages composed, signed through the card host, judged.
 */
export async function firstSignature({ rounds }: BenchOptions): Promise<Part> {
  const pki = await benchPki(Date.now())
  const runs = await withCard(pki, async (card) => {
    const found: { readonly warm: Run; readonly cold: Run }[] = []
    for (let i = 0; i < rounds; i++) {
      found.push({
        warm: await tenSignatures(pki.directory, card, "warm"),
        cold: await tenSignatures(pki.directory, card, "cold"),
      })
    }
    return found
  })
  const warm = runs.map((one) => one.warm)
  const cold = runs.map((one) => one.cold)
  const ratio = (all: readonly Run[]) => median(all.map(({ times }) => at(times, 0) / at(times, 9)))
  const time = (all: readonly Run[], i: number) => microseconds(median(all.map(({ times }) => at(times, i))))
  const noisy = warm.filter(({ others }) => others > 0.12).length
  return {
    letter: "b",
    title: "The first signature of a fresh process beside the tenth",
    goals: [
      { name: "first signature, in times of the tenth, after the warm-up", found: ratio(warm), atMost: 1.5 },
    ],
    context: [
      ["first and tenth, warmed up", `${time(warm, 0)}, ${time(warm, 9)}`],
      [
        "first and tenth, without the warm-up",
        `${time(cold, 0)}, ${time(cold, 9)}, ${ratio(cold).toFixed(2)} ×`,
      ],
    ],
    remarks: noisy === 0 ? [] : [`during ${noisy} of ${warm.length} runs others used the machine`],
  }
}

interface Run {
  /** Microseconds. */
  readonly times: readonly number[]
  readonly others: number
}

async function tenSignatures(pki: string, card: BenchCard, how: "warm" | "cold"): Promise<Run> {
  const others = watchOthers()
  const { stdout } = await run(process.execPath, [ENTRY, pki, card.module, card.tokenSerial, PIN, how], {
    env: { ...process.env, SOFTHSM2_CONF: card.configuration },
  })
  return { times: Times.parse(JSON.parse(stdout)), others: others() ?? 0 }
}

function at(times: readonly number[], i: number): number {
  return times[i] ?? Number.NaN
}
