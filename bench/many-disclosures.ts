import { createHash } from "node:crypto"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { z } from "zod"
import type { Backend } from "../src-backend/backend.ts"
import { findDisclosure } from "../src-backend/disclosures/find.ts"
import { registerDisclosure } from "../src-backend/disclosures/register.ts"
import { ended } from "../src-backend/disclosures/life.ts"
import { ProblemError } from "../src-backend/http/problem-error.ts"
import { nodeCrypto } from "../src-crypto/node-crypto.ts"
import { base64UrlOf } from "../src-protocol/bytes.ts"
import { requiredZeroBits, solvePuzzle } from "../src-protocol/puzzle.ts"
import { benchPki } from "./support/bench-pki.ts"
import { callOf, liveDisclosure, openSession, withBackend } from "./support/bench-backend.ts"
import { cacheFolder } from "./support/paths.ts"
import { microseconds, remarksOn, type BenchOptions, type Part } from "./support/report.ts"
import { called, interleave, ratioOf, timeOf, type Contestant } from "./support/rounds.ts"

const FEW = 1_000
const MANY = 900_000
const AT_ONCE = 10_000
const CLINICIAN = { uziNumber: "900012345", subscriberNumber: "90001234" }
/** As draws fall where nine of ten references are taken. */
const TAKEN = 36
const FREE = 4

/** (e) Look-ups and registrations where 900,000 of the million references are live, beside where a thousand are. */
export async function manyDisclosures(options: BenchOptions): Promise<Part> {
  const pki = await benchPki(Date.now())
  return await withBackend(pki, async (few) =>
    withBackend(pki, async (many) => {
      await fill(few, FEW)
      await fill(many, MANY)
      const requests = await requestsOf(MANY)
      const free = requests.filter(({ reference }) => Number(reference) >= MANY)
      const rounds = await interleave(
        [
          await lookUps("look-up at 1,000", few, FEW),
          await lookUps("look-up at 900,000", many, MANY),
          registrations("POST at 1,000 (all 201)", few, free, 201),
          registrations("POST at 900,000 (9 of 10 409)", many, requests, 409),
          registrations("POST at 900,000, those with 201 alone", many, free, 201),
        ],
        options,
      )
      return {
        letter: "e",
        title: "900,000 live references, synced",
        goals: [
          goal("look-ups", ratioOf(rounds, "look-up at 900,000", "look-up at 1,000")),
          goal(
            "registrations per POST",
            ratioOf(rounds, "POST at 900,000 (9 of 10 409)", "POST at 1,000 (all 201)"),
          ),
          goal(
            "registrations that succeed",
            ratioOf(rounds, "POST at 900,000, those with 201 alone", "POST at 1,000 (all 201)"),
          ),
        ],
        context: [...rounds.times.keys()].map((name) => [name, microseconds(timeOf(rounds, name))] as const),
        remarks: [
          "the steps are called without HTTP, which would only hide a difference; puzzles were solved before",
          ...remarksOn(rounds),
        ],
      }
    }),
  )
}

function goal(what: string, found: number) {
  return { name: `${what} at 900,000, in times of one at 1,000`, found, atMost: 1.6 }
}

/** References 0 to `count` in an order that has nothing to do with their numbers. */
async function fill({ store }: Backend, count: number): Promise<void> {
  const step = 611_953
  for (let from = 0; from < count; from += AT_ONCE) {
    await store.transaction(async ({ disclosures }) => {
      for (let i = from; i < Math.min(count, from + AT_ONCE); i++) {
        const reference = referenceOf((i * step) % count)
        await disclosures.save(liveDisclosure(reference, hashFor(reference)))
      }
    })
  }
}

function referenceOf(number: number): string {
  return String(number).padStart(6, "0")
}

function hashFor(reference: string): string {
  return createHash("sha256").update(reference).digest("hex")
}

async function lookUps(name: string, backend: Backend, count: number): Promise<Contestant> {
  const bearer = await openSession(backend, CLINICIAN)
  let next = 0
  return called(name, () => {
    next = (next + 611_953) % count
    return findDisclosure(
      backend,
      callOf(undefined, { bearer, parameters: { reference: referenceOf(next) } }),
    )
  })
}

interface Request {
  readonly reference: string
  readonly hash: string
  readonly pickupHash: string
  readonly puzzleAnswer: string
}

const Answers = z.record(z.string(), z.string())

/** Requests with their puzzles solved: each takes a million digests, so the answers are kept for the next run. */
async function requestsOf(live: number): Promise<readonly Request[]> {
  const file = join(await cacheFolder("puzzles"), "answers.json")
  const known = new Map(Object.entries(Answers.parse(await readJson(file))))
  const numbers = Array.from({ length: TAKEN + FREE }, (_, i) => (i < TAKEN ? i * 24_989 : live + i * 997))
  const requests: Request[] = []
  for (const number of numbers) {
    const reference = referenceOf(number)
    // Another hash than the one that is registered: the same would be answered as a repetition.
    const hash = hashFor(`new ${reference}`)
    const bits = requiredZeroBits(live)
    const puzzleAnswer = known.get(hash) ?? (await solvePuzzle(nodeCrypto, reference, hash, bits))
    known.set(hash, puzzleAnswer)
    requests.push({ reference, hash, pickupHash: base64UrlOf(nodeCrypto.randomBytes(32)), puzzleAnswer })
  }
  await writeFile(file, JSON.stringify(Object.fromEntries(known)))
  return requests
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"))
  } catch {
    return {}
  }
}

/** Registers each in turn; those that succeeded are taken away again, which is not counted. */
function registrations(
  name: string,
  backend: Backend,
  requests: readonly Request[],
  most: 201 | 409,
): Contestant {
  return {
    name,
    async measure(milliseconds) {
      let busy = 0
      let posts = 0
      while (busy < milliseconds) {
        const succeeded: string[] = []
        const begun = performance.now()
        for (const request of requests) {
          const status = await statusOf(backend, request)
          if (status === 201) succeeded.push(request.reference)
        }
        busy += performance.now() - begun
        posts += requests.length
        const expected = most === 201 ? requests.length : FREE
        if (succeeded.length !== expected)
          throw new Error(`${succeeded.length} registrations, not ${expected}`)
        await takeAway(backend, succeeded)
      }
      return (busy * 1_000) / posts
    },
  }
}

async function statusOf(backend: Backend, request: Request): Promise<number> {
  try {
    return (await registerDisclosure(backend, callOf(request))).status
  } catch (error) {
    if (error instanceof ProblemError && error.code === "reference-taken") return 409
    throw error
  }
}

async function takeAway({ store, config }: Backend, references: readonly string[]): Promise<void> {
  await store.transaction(async ({ disclosures }) => {
    for (const reference of references) {
      const found = await disclosures.byReference(reference)
      if (found?.life !== "live") continue
      await disclosures.save({ ...ended(found, { state: "withdrawn" }, 0, config.settings), forgottenAt: 1 })
    }
    await disclosures.forget(1)
  })
}
