import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { initPki } from "../../../src-testkit/pki/init-pki.ts"
import { openPki, type TestPki } from "../../../src-testkit/pki/test-pki.ts"
import { readCorpus, keepCorpus } from "./corpus.ts"
import { fuzzTarget } from "./engine.ts"
import { reachedByFolder, reachedByModule, tokensOf } from "./instrumented-modules.ts"
import { Random } from "./random.ts"
import type { Target } from "./target.ts"
import { PLANTED } from "./targets/planted-targets.ts"
import { startWatchdog } from "./watchdog.ts"

// The fuzzer as a process: `node --import ./test/fuzz/guided/instrument.ts ./test/fuzz/guided/run.ts`. One line of JSON
// on standard output for every target, for every finding, and for what was reached at the end.

const { values: options } = parseArgs({
  options: {
    seconds: { type: "string", default: "20" },
    executions: { type: "string", default: "1000000000" },
    seed: { type: "string", default: String(Date.now()) },
    /** Parts of the names of targets, with commas; all of the product where it is absent. */
    targets: { type: "string", default: "" },
    /** The directory of a test hierarchy; one is made for the run where it is absent. */
    pki: { type: "string" },
    blind: { type: "boolean", default: false },
    "until-found": { type: "boolean", default: false },
    /** After so long without a new try the one under way is taken for endless. */
    patience: { type: "string", default: "10000" },
    /** Replaces the corpus by the best of what this run found. */
    keep: { type: "boolean", default: false },
    /** Tells for every module what was reached. */
    modules: { type: "boolean", default: false },
  },
})
// A refusal is an error, and thousands a second are thrown: their stacks need no more than the place.
Error.stackTraceLimit = 4

function tell(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

function tokensFor({ vocabulary }: Target): readonly Uint8Array[] {
  const texts = new Set(vocabulary.flatMap((part) => tokensOf(part)))
  const hex = [...texts].filter((text) => /^(?:[0-9a-f]{2}){3,}$/.test(text))
  return [
    ...[...texts].map((text) => new TextEncoder().encode(text)),
    ...hex.map((text) => new Uint8Array(Buffer.from(text, "hex"))),
  ]
}

async function fuzzAll(targets: readonly Target[]): Promise<void> {
  const watchdog = startWatchdog(Number(options.patience))
  const limits = {
    milliseconds: (Number(options.seconds) * 1_000) / targets.length,
    executions: Number(options.executions),
    guided: !options.blind,
    untilFound: options["until-found"],
  }
  for (const [i, target] of targets.entries()) {
    const random = new Random(Number(options.seed) + i)
    const kept = await readCorpus(target.name)
    const outcome = await fuzzTarget(target, kept, tokensFor(target), random, limits, watchdog.beforeTry)
    const { inputs, findings, ...figures } = outcome
    for (const finding of findings) tell({ is: "finding", finding })
    tell({ is: "target", ...figures, inputs: inputs.length, findings: findings.length })
    if (options.keep) await keepCorpus(target, inputs)
  }
  await watchdog.stop()
  for (const target of targets) await target.close?.()
  tell({
    is: "reached",
    seed: options.seed,
    folders: options.modules ? reachedByModule() : reachedByFolder(),
  })
}

async function withPki(run: (pki: TestPki) => Promise<void>): Promise<void> {
  if (options.pki !== undefined) {
    await run(await openPki(options.pki))
    return
  }
  const directory = await mkdtemp(join(tmpdir(), "vrijgave-fuzz-"))
  try {
    await run(await initPki({ directory, at: Date.now() - 60_000, caKeyBits: 2048 }))
  } finally {
    await rm(directory, { recursive: true })
  }
}

const wanted = options.targets.split(",")
const isWanted = ({ name }: Target): boolean => wanted.some((part) => name.includes(part))

if (options.targets.startsWith("planted")) await fuzzAll(PLANTED.filter(isWanted))
else
  await withPki(async (pki) => {
    // Only here: it loads the whole product.
    const { allTargets } = await import("./targets/all-targets.ts")
    const targets = await allTargets(pki)
    await fuzzAll(targets.filter(isWanted))
    for (const target of targets.filter((one) => !isWanted(one))) await target.close?.()
  })
