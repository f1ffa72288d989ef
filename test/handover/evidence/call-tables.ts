import { ALL_LISTS } from "../../../src-protocol/trustwords/all-lists.ts"
import type { WordList } from "../../../src-protocol/trustwords/word-list.ts"
import { simulateCalls, type Line, type Outcome } from "./simulate-calls.ts"

const GOOD_LINE: Line = { misheard: 0.02, garbled: 0.3, slip: 0.002, wrongYes: 0.02 }
const BAD_LINE: Line = { misheard: 0.1, garbled: 0.3, slip: 0.01, wrongYes: 0.02 }
const LINES: readonly (readonly [string, Line])[] = [
  ["good", GOOD_LINE],
  ["bad", BAD_LINE],
]

/** That two people take two random, different pairs of words for the same, where one of them says what they see. */
const READ_BACK_MISSED = (1 / 2_048 + 0.1 / 2_048) ** 2

/** What all languages together come to, per way. */
export interface CallTables {
  readonly rows: readonly string[]
  readonly goals: readonly string[]
}

/** Simulates `calls` calls a language, line and way; `tell` hears of each row as it is made. */
export async function callTables(calls: number, tell: (row: string) => void): Promise<CallTables> {
  const rows = [
    "| language | line | way | right at the first try | at the second | wrong code taken by the field | wrong code after a wrong yes |",
    "| --- | --- | --- | --- | --- | --- | --- |",
  ]
  const sums = { words: empty(), digits: empty() }
  for (const list of ALL_LISTS)
    for (const [name, line] of LINES)
      for (const way of ["words", "digits"] as const) {
        const outcome = await simulateCalls(list, way, line, calls)
        addTo(sums[way], outcome)
        const row = rowOf(list, name, way, outcome)
        rows.push(row)
        tell(row)
      }
  return { rows, goals: [goalOf("words", sums.words), goalOf("digits", sums.digits)] }
}

function empty(): Outcome {
  return { calls: 0, erroneous: 0, first: 0, second: 0, taken: 0, affirmed: 0 }
}

function addTo(sum: Outcome, more: Outcome): void {
  sum.calls += more.calls
  sum.erroneous += more.erroneous
  sum.first += more.first
  sum.second += more.second
  sum.taken += more.taken
  sum.affirmed += more.affirmed
}

function rowOf(list: WordList, line: string, way: string, outcome: Outcome): string {
  const { calls, first, second, taken, affirmed } = outcome
  const shares = [first, first + second, taken, affirmed].map(
    (count) => `${((100 * count) / calls).toFixed(2)} %`,
  )
  return `| ${[list.language, line, way, ...shares].join(" | ")} |`
}

function goalOf(way: string, sum: Outcome): string {
  const { calls, erroneous, taken, affirmed } = sum
  const wrong = taken + affirmed
  return `| ${[
    way,
    `${String(taken)} of ${String(erroneous)}${perThousand(taken, erroneous)}`,
    `${String(affirmed)} of ${String(erroneous)}${perThousand(affirmed, erroneous)}`,
    ((wrong / calls) * READ_BACK_MISSED).toExponential(1),
  ].join(" | ")} |`
}

function perThousand(part: number, whole: number): string {
  return ` (${((1_000 * part) / Math.max(1, whole)).toFixed(2)} ‰)`
}
