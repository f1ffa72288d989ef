import { below, seededRandom } from "./random.ts"
import { SCHEMES, type Scheme } from "./schemes.ts"

type Row = readonly number[]
type Slip = (row: Row, symbols: number, random: () => number) => Row

const SLIPS: Readonly<Record<string, Slip>> = {
  "one symbol wrong": (row, symbols, random) => {
    const place = below(random, row.length)
    return row.with(place, ((row[place] ?? 0) + 1 + below(random, symbols - 1)) % symbols)
  },
  "two neighbours swapped": (row, _, random) => swapped(row, below(random, row.length - 1), 1),
  "two others swapped": (row, _, random) => swapped(row, below(random, row.length - 2), 2),
  "one symbol missing": (row, _, random) => row.toSpliced(below(random, row.length), 1),
  "one symbol twice, another missing": (row, _, random) => {
    const place = below(random, row.length - 1)
    return row.with(place + 1, row[place] ?? 0)
  },
}

function swapped(row: Row, place: number, apart: number): Row {
  return row.with(place, row[place + apart] ?? 0).with(place + apart, row[place] ?? 0)
}

/** The table: of each scheme, the share of `trials` drawn slips of each kind that it notices. */
export async function caughtErrors(trials: number): Promise<readonly string[]> {
  const kinds = Object.entries(SLIPS)
  const rows = [
    `| way | ${kinds.map(([kind]) => kind).join(" | ")} |`,
    `| --- |${" --- |".repeat(kinds.length)}`,
  ]
  for (const scheme of SCHEMES) {
    const shares: string[] = []
    for (const [, slip] of kinds) shares.push(await share(scheme, slip, trials))
    rows.push(`| ${scheme.name} | ${shares.join(" | ")} |`)
  }
  return rows
}

async function share(scheme: Scheme, slip: Slip, trials: number): Promise<string> {
  const random = seededRandom(20_261_122)
  let slips = 0
  let caught = 0
  while (slips < trials) {
    const row = await scheme.draw(random)
    const wrong = slip(row, scheme.symbols, random)
    if (wrong.join() === row.join()) continue
    slips++
    if (!(await scheme.isTaken(wrong))) caught++
  }
  return `${((100 * caught) / slips).toFixed(2)} %`
}
