import { median } from "../support/rounds.ts"
import type { Part } from "../support/report.ts"
import type { BenchWorld } from "./bench-world.ts"
import { startDesk, startEmptyWindow, type Running } from "./launch.ts"

/**
 * How long the desk takes until its first page is drawn and answers, beside the least window that there can be; the two by
 * turns. How long until the PIN can be typed stands beside it: that also waits for the card.
 */
export async function measureStart(world: BenchWorld, rounds: number): Promise<Part> {
  const desk: number[] = []
  const empty: number[] = []
  const pin: number[] = []
  // The first of each reads its files from the disk: it does not count.
  for (let round = 0; round <= rounds; round++) {
    const one = await timeOf(startEmptyWindow, world)
    const { drawn, typing } = await timesOfDesk(world)
    if (round === 0) continue
    empty.push(one)
    desk.push(drawn)
    pin.push(typing)
  }
  const ratio = (times: readonly number[]) =>
    median(times.map((time, round) => time / (empty[round] ?? Number.NaN)))
  return {
    letter: "start",
    title: "From the start of the process to a first page that is drawn and answers",
    goals: [{ name: "the desk against an empty window, times", found: ratio(desk), atMost: 1.5 }],
    context: [
      ["an empty window", milliseconds(empty)],
      ["the desk", milliseconds(desk)],
      [
        "the desk, its card read and the PIN field with the focus",
        `${milliseconds(pin)}, ${ratio(pin).toFixed(2)} times an empty window`,
      ],
    ],
    remarks: [`medians of ${String(rounds)} rounds, by turns`],
  }
}

async function timesOfDesk(world: BenchWorld): Promise<{ readonly drawn: number; readonly typing: number }> {
  const begun = performance.now()
  const { application, page, milliseconds: drawn } = await startDesk(world)
  await page.locator("input:focus").waitFor()
  const typing = performance.now() - begun
  await application.close()
  return { drawn, typing }
}

async function timeOf(start: (world: BenchWorld) => Promise<Running>, world: BenchWorld): Promise<number> {
  const { application, milliseconds: time } = await start(world)
  await application.close()
  return time
}

function milliseconds(times: readonly number[]): string {
  return `${median(times).toFixed(0)} ms`
}
