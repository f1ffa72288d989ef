import { parseArgs } from "node:util"
import { composePackage } from "./compose-package.ts"
import { firstSignature } from "./first-signature.ts"
import { judgePackage } from "./judge-package.ts"
import { manyDisclosures } from "./many-disclosures.ts"
import { mixedJourney } from "./mixed-journey.ts"
import { readRevocationList } from "./read-revocation-list.ts"
import { serveHttp } from "./serve-http.ts"
import { isMet, printPart, type Bench, type BenchOptions, type Part } from "./support/report.ts"
import { writeFigures } from "./support/write-figures.ts"

const BENCHES: ReadonlyMap<string, Bench> = new Map<string, Bench>([
  ["a", composePackage],
  ["b", firstSignature],
  ["c", judgePackage],
  ["d", readRevocationList],
  ["e", manyDisclosures],
  ["f", serveHttp],
  ["g", mixedJourney],
])

const QUICK: BenchOptions = { rounds: 3, milliseconds: 150, loadSeconds: 3 }
const USUAL: BenchOptions = { rounds: 9, milliseconds: 400, loadSeconds: 30 }
const LONG_LOAD_SECONDS = 600

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: "boolean" }, long: { type: "boolean" }, quick: { type: "boolean" } },
})
const usual = values.quick === true ? QUICK : USUAL
const options = values.long === true ? { ...usual, loadSeconds: LONG_LOAD_SECONDS } : usual

const stranger = positionals.find((letter) => !BENCHES.has(letter))
if (stranger === undefined) {
  const parts: Part[] = []
  for (const [letter, bench] of BENCHES) {
    if (positionals.length > 0 && !positionals.includes(letter)) continue
    const part = await bench(options)
    parts.push(part)
    console.log(printPart(part))
    // Part by part: a run of half an hour that is broken off keeps what it found.
    if (values.write === true) await writeFigures(part)
  }
  process.exitCode = parts.every(({ goals }) => goals.every(isMet)) ? 0 : 1
} else {
  console.error(`There is no part ${stranger}; there are ${[...BENCHES.keys()].join(", ")}.`)
  process.exitCode = 2
}
