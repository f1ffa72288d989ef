import { median } from "../support/rounds.ts"
import type { Part } from "../support/report.ts"
import type { BenchWorld } from "./bench-world.ts"
import { startDesk, startEmptyWindow, type Running } from "./launch.ts"

/** How long the desk takes until one can type, beside the least window that there can be; the two by turns. */
export async function measureStart(world: BenchWorld, rounds: number): Promise<Part> {
  const desk: number[] = []
  const empty: number[] = []
  // The first of each reads its files from the disk: it does not count.
  for (let round = 0; round <= rounds; round++) {
    const [one, other] = [await timeOf(startEmptyWindow, world), await timeOf(startDesk, world)]
    if (round === 0) continue
    empty.push(one)
    desk.push(other)
  }
  const ratio = median(desk.map((time, round) => time / (empty[round] ?? Number.NaN)))
  return {
    letter: "start",
    title: "From the start of the process to a window that one can type in",
    goals: [{ name: "the desk against an empty window, times", found: ratio, atMost: 1.5 }],
    context: [
      ["an empty window", milliseconds(empty)],
      ["the desk", milliseconds(desk)],
    ],
    remarks: [`medians of ${String(rounds)} rounds, by turns`],
  }
}

async function timeOf(start: (world: BenchWorld) => Promise<Running>, world: BenchWorld): Promise<number> {
  const { application, milliseconds: time } = await start(world)
  await application.close()
  return time
}

function milliseconds(times: readonly number[]): string {
  return `${median(times).toFixed(0)} ms`
}
