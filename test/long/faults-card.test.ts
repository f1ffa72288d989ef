import { describe, expect, test } from "vitest"
import { FAULTS } from "../card-reader/faults/faults.ts"
import { openStage } from "../card-reader/faults/open-stage.ts"
import { runCell, type Cell } from "../card-reader/faults/run-cell.ts"
import { STEPS } from "../card-reader/faults/steps.ts"
import { writeSection } from "../card-reader/faults/write-section.ts"
import { openReader, readerOf } from "../card-reader/support/open-reader.ts"

const HOUR = 3_600_000
const found = await openReader()

describe.skipIf("missing" in found)("each fault of the card in each step of the consult", () => {
  test("is told, ends well within five seconds, and costs no package", { timeout: HOUR }, async () => {
    const stage = await openStage(readerOf(found))
    const cells: Cell[] = []
    for (const step of STEPS) {
      for (const fault of FAULTS) {
        const cell = await runCell(stage, step, fault)
        console.log(JSON.stringify(cell))
        cells.push(cell)
      }
    }
    writeSection("matrix", table(cells))
    expect(cells.filter((cell) => !endsWell(cell))).toEqual([])
  })
})

function endsWell({ hung, finished, posted, recoveredMilliseconds }: Cell): boolean {
  return !hung && finished && posted.join() === "right" && recoveredMilliseconds < 5_000
}

function table(cells: readonly Cell[]): readonly string[] {
  const rows = cells.map((cell) => {
    const { step, fault, said, left, recoveredMilliseconds: recovered, posted } = cell
    const onwards = left === "signed-out" ? "signs in again" : left === "problem" ? "begins again" : "goes on"
    const told = said.length === 0 ? "–" : said.join("; ")
    const columns = [step, fault, told, onwards, `${String(recovered)} ms`, posted.join(", ")]
    return `| ${[...columns, endsWell(cell) ? "PASS" : "**FAIL**"].join(" | ")} |`
  })
  return [
    "| step | fault | what the desk says | the consult | well again after | posted | |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...rows,
  ]
}
