import { JUDGING_REASONS } from "../../../src-protocol/reasons.ts"
import type { CorpusEntry } from "../support/corpus.ts"
import type { BitFlips, RegionTally } from "./bit-flips.ts"
import type { OtherVerdict } from "./others.ts"

/** One case and what the others said of it, in the order of the columns. */
export interface Verdicts {
  readonly entry: CorpusEntry
  readonly others: readonly OtherVerdict[]
}

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.map((cell) => String(cell).replaceAll("|", "\\|")).join(" | ")} |`
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n")
}

/** How many of the packages that we refuse each of the others accepts, by our reason. */
export function summaryTable(names: readonly string[], all: readonly Verdicts[]): string {
  const bad = all.filter(({ entry }) => entry.expect !== "authorised")
  const rows = JUDGING_REASONS.map((reason) => {
    const ofReason = bad.filter(({ entry }) => entry.expect === reason)
    return [reason, ofReason.length, ...accepted(names, ofReason)]
  })
  const total = ["**all**", bad.length, ...accepted(names, bad)]
  return table(["our reason", "packages", ...names], [...rows, total])
}

function accepted(names: readonly string[], verdicts: readonly Verdicts[]): readonly (string | number)[] {
  return names.map((_, column) => {
    const seen = verdicts.filter(({ others }) => others[column] !== "–")
    return seen.length === 0 ? "–" : seen.filter(({ others }) => others[column] === "accepted").length
  })
}

const SHORT: Readonly<Record<OtherVerdict, string>> = {
  accepted: "**ok**",
  refused: "no",
  crashed: "crash",
  hung: "hangs",
  "–": "–",
}

/** Every case, ours beside theirs. */
export function verdictTable(names: readonly string[], all: readonly Verdicts[]): string {
  const rows = all.map(({ entry, others }) => verdictCells(entry, others))
  return table(["", "what", "ours", ...names], rows)
}

/** The cells of one case in `verdictTable`. */
export function verdictCells(
  { file, what, expect }: CorpusEntry,
  others: readonly OtherVerdict[],
): readonly string[] {
  return [
    file.slice(0, 3),
    what,
    expect === "authorised" ? "**ok**" : expect,
    ...others.map((verdict) => SHORT[verdict]),
  ]
}

/** By region: what came of turning each of its bits. */
export function flipTable({ tallies }: BitFlips): string {
  const rows = tallies.map((tally) => [tally.region, ...counts(tally), reasons(tally)])
  const total = ["**all**", ...counts(sum(tallies)), ""]
  return table(
    ["region", "bits", "refused", "accepted, same meaning", "accepted, another meaning", "crashes", "for"],
    [...rows, total],
  )
}

function counts(tally: RegionTally): readonly number[] {
  const { bits, refused, acceptedUnchanged, acceptedChanged, threw } = tally
  const refusals = [...refused.values()].reduce((total, count) => total + count, 0)
  return [bits, refusals, acceptedUnchanged, acceptedChanged, threw]
}

function reasons({ refused }: RegionTally): string {
  const sorted = [...refused].sort(([a], [b]) => (a < b ? -1 : 1))
  return sorted.map(([reason, count]) => `${reason} ${count}`).join(", ")
}

function sum(tallies: readonly RegionTally[]): RegionTally {
  const total: RegionTally = {
    region: "all",
    bits: 0,
    acceptedUnchanged: 0,
    acceptedChanged: 0,
    threw: 0,
    refused: new Map(),
  }
  for (const tally of tallies) {
    total.bits += tally.bits
    total.acceptedUnchanged += tally.acceptedUnchanged
    total.acceptedChanged += tally.acceptedChanged
    total.threw += tally.threw
    for (const [reason, count] of tally.refused)
      total.refused.set(reason, (total.refused.get(reason) ?? 0) + count)
  }
  return total
}
