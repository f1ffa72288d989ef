import { createHash } from "node:crypto"
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { coverage, isNearness, nothingSeen, type Features } from "./coverage.ts"
import { measureFault } from "./measure-fault.ts"
import type { Target } from "./target.ts"

/** Inputs that led somewhere, kept from run to run: a folder a target. */
const CORPUS = join(import.meta.dirname, "..", "corpus")
const MOST_FILES = 6
const MOST_BYTES = 16 * 1024
const MOST_BYTES_TOGETHER = 32 * 1024

export async function readCorpus(target: string): Promise<readonly Uint8Array[]> {
  const directory = join(CORPUS, target)
  const names = await readdir(directory).catch(() => [])
  return await Promise.all(
    names.sort().map(async (name) => new Uint8Array(await readFile(join(directory, name)))),
  )
}

/** Replaces what was kept of a target with the few inputs that show the most that its seeds do not. */
export async function keepCorpus(target: Target, inputs: readonly Uint8Array[]): Promise<number> {
  const seen = nothingSeen()
  for (const seed of target.seeds) take(seen, await featuresOf(target, seed))
  const candidates: { readonly input: Uint8Array; readonly features: Features }[] = []
  for (const input of inputs) {
    // One after the other: they share what they tell where they go.
    if (input.length <= MOST_BYTES) candidates.push({ input, features: await featuresOf(target, input) })
  }
  const chosen: Uint8Array[] = []
  let left = MOST_BYTES_TOGETHER
  while (chosen.length < MOST_FILES) {
    const open = candidates.filter(({ input }) => input.length <= left)
    const ranked = open.map((candidate) => ({ ...candidate, gain: gainOf(seen, candidate.features) }))
    const [best] = ranked.sort((a, b) => b.gain - a.gain || a.input.length - b.input.length)
    if (best === undefined || best.gain === 0) break
    take(seen, best.features)
    chosen.push(best.input)
    left -= best.input.length
  }
  await write(target.name, chosen)
  return chosen.length
}

async function featuresOf(target: Target, input: Uint8Array): Promise<Features> {
  coverage.reset()
  await measureFault(target, input)
  return coverage.features()
}

function gainOf(seen: Uint8Array, { places, classes }: Features): number {
  let gain = 0
  for (const [i, place] of places.entries())
    if (!isNearness(place) && ((classes[i] ?? 0) & ~(seen[place] ?? 0)) !== 0) gain++
  return gain
}

function take(seen: Uint8Array, { places, classes }: Features): void {
  for (const [i, place] of places.entries()) seen[place] = (seen[place] ?? 0) | (classes[i] ?? 0)
}

async function write(name: string, inputs: readonly Uint8Array[]): Promise<void> {
  const directory = join(CORPUS, name)
  await rm(directory, { recursive: true, force: true })
  if (inputs.length > 0) await mkdir(directory, { recursive: true })
  for (const input of inputs) {
    const hash = createHash("sha256").update(input).digest("hex").slice(0, 12)
    await writeFile(join(directory, `${hash}.bin`), input)
  }
}
