import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { startRepresentation } from "../../src-backend/representation/start-representation.ts"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { openBrowser } from "./support/browser.ts"
import { isConsent, logIn, requestPath, SUBSCRIBER, testConfig } from "./support/flow.ts"

/*
 * S03: does the time of an answer tell what was wrong? Walks many flows of each kind, in turn, over real HTTP, and prints
 * for the comparison and for the client's answer the medians, and how likely so large a difference is by chance.
 * `node test/representation/measure-refusals.ts [how many]`; the figures stand in docs/representation.md.
 */

interface Kind {
  readonly name: string
  readonly date: string
  readonly represented: string
}

const KINDS: readonly Kind[] = [
  { name: "right", date: "19700901", represented: "mother" },
  { name: "first digits wrong", date: "18700901", represented: "mother" },
  { name: "last digit wrong", date: "19700902", represented: "mother" },
  { name: "no date in the dossier", date: "19700901", represented: "undated" },
  { name: "right, no data", date: "19700901", represented: "empty" },
  { name: "no such person", date: "19700901", represented: "stranger" },
]

const rounds = Number(process.argv[2] ?? "200")
const directory = await mkdtemp(join(tmpdir(), "vrijgave-measure-"))
const server = await startRepresentation(
  directory,
  { host: "127.0.0.1", port: 0 },
  testConfig({ mismatchesPerRepresentative: 1_000_000, mismatchAlarm: 1_000_000 }),
  { crypto: nodeCrypto, clock: () => Date.now(), log: () => undefined },
)

try {
  await addDossiers()
  await walkAll(Math.ceil(rounds / 10))
  report(await walkAll(rounds))
} finally {
  await server.stop()
  await rm(directory, { recursive: true, force: true })
}

async function addDossiers(): Promise<void> {
  const common = { representatives: ["anna"], services: ["48"] }
  await server.server.store.transaction(async ({ dossiers }) => {
    await dossiers.add(SUBSCRIBER, { ...common, reference: "1", subject: "mother", birthDate: "19700901" })
    await dossiers.add(SUBSCRIBER, { ...common, reference: "2", subject: "undated" })
    const empty = { representatives: ["anna"], services: [] }
    await dossiers.add(SUBSCRIBER, { ...empty, reference: "3", subject: "empty", birthDate: "19700901" })
  })
}

interface Times {
  /** From the log-in's return to the page. */
  readonly comparison: number[]
  /** From the last button to the client's address. */
  readonly answer: number[]
}

async function walkAll(times: number): Promise<ReadonlyMap<string, Times>> {
  const all = new Map(KINDS.map(({ name }): [string, Times] => [name, { comparison: [], answer: [] }]))
  for (let i = 0; i < times; i++) {
    // In another order each round, so that none is always behind another.
    const order = KINDS.map((_, n) => KINDS[(n * 5 + i) % KINDS.length]).filter((kind) => kind !== undefined)
    for (const { name, date, represented } of order) {
      const browser = openBrowser(server.issuer)
      await browser.get(requestPath({ MedMij_geboortedatum: date }))
      const page = await logIn(browser, { represented })
      const end = await browser.post({ action: isConsent(page) ? "agree" : "leave" })
      const at = page.trail.findIndex(({ url }) => url.includes("/return?"))
      all.get(name)?.comparison.push(page.times[at] ?? Number.NaN)
      all.get(name)?.answer.push(end.times.reduce((sum, time) => sum + time, 0))
    }
  }
  return all
}

function report(all: ReadonlyMap<string, Times>): void {
  const reference = all.get("last digit wrong")
  for (const what of ["comparison", "answer"] as const) {
    console.log(`\n${what}, ms (${rounds} of each)`)
    for (const [name, times] of all) {
      const { z } = mannWhitney(times[what], reference?.[what] ?? [])
      const figures = [0.25, 0.5, 0.75].map((part) => quantile(times[what], part).toFixed(2)).join("  ")
      console.log(`${name.padEnd(24)} ${figures}   z ${z.toFixed(2)}`)
    }
  }
}

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN
}

/** The rank-sum test: |z| above 2.6 is a difference with less than one in a hundred of chance. */
function mannWhitney(a: readonly number[], b: readonly number[]): { readonly z: number } {
  const all = [...a.map((value) => ({ value, isA: true })), ...b.map((value) => ({ value, isA: false }))]
  const ranked = all.toSorted((one, other) => one.value - other.value)
  const rankSum = ranked.reduce((sum, { isA }, i) => (isA ? sum + i + 1 : sum), 0)
  const u = rankSum - (a.length * (a.length + 1)) / 2
  const deviation = Math.sqrt((a.length * b.length * (a.length + b.length + 1)) / 12)
  return { z: (u - (a.length * b.length) / 2) / deviation }
}
