import { parentPort, workerData } from "node:worker_threads"
import { z } from "zod"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { parseTrustProfile } from "../../src-protocol/uzi/trust-profile.ts"
import { verifyAuthorisation, type Facts } from "../../src-protocol/verify-authorisation.ts"

// Judges the packages it was handed, or multiplies, over and over for as many milliseconds as it is told; answers how often a
// microsecond.

const Bytes = z.instanceof(Uint8Array)
const Given = z.object({
  packages: z.array(Bytes),
  trust: z.unknown(),
  facts: z.object({
    at: z.number(),
    revocation: z.object({ crls: z.array(Bytes), checkedAt: z.number() }),
    policy: z.object({
      signedBetween: z.tuple([z.number(), z.number()]),
      maximumCrlAgeMilliseconds: z.number(),
    }),
  }),
})

const { packages, trust, facts: plain } = Given.parse(workerData)
const facts: Facts = { ...plain, crypto: nodeCrypto, trust: await parseTrustProfile(nodeCrypto, trust) }

const Task = z.object({ task: z.enum(["verdicts", "ceiling"]), milliseconds: z.number() })
export type WorkerTask = z.infer<typeof Task>

parentPort?.on("message", (asked: unknown) => {
  const { task, milliseconds } = Task.parse(asked)
  const pace = task === "verdicts" ? judgeFor(milliseconds) : Promise.resolve(multiplyFor(milliseconds))
  void pace.then((found) => {
    parentPort?.postMessage(found)
  })
})

async function judgeFor(milliseconds: number): Promise<number> {
  const begun = performance.now()
  let verdicts = 0
  while (performance.now() - begun < milliseconds) {
    for (const authorisation of packages) {
      const verdict = await verifyAuthorisation(authorisation, facts)
      if (verdict.is !== "authorised") throw new Error(`refused: ${verdict.reason}`)
      verdicts += 1
    }
  }
  return verdicts / ((performance.now() - begun) * 1_000)
}

let product = 1

function multiplyFor(milliseconds: number): number {
  const begun = performance.now()
  let times = 0
  for (; performance.now() - begun < milliseconds; times++) product = multiply(product)
  return times / ((performance.now() - begun) * 1_000)
}

const FACTOR = 1_664_525

/**
 * Six products that do not wait for one another keep a core's multiplier busy without a pause, and touch no memory. A single
 * one would leave room between its steps, in which a second thread of the same core finds its own for nothing.
 */
function multiply(seed: number): number {
  let [a, b, c, d, e, f] = [seed | 1, 3, 5, 7, 9, 11]
  for (let i = 0; i < 20_000; i++) {
    a = Math.imul(a, FACTOR)
    b = Math.imul(b, FACTOR)
    c = Math.imul(c, FACTOR)
    d = Math.imul(d, FACTOR)
    e = Math.imul(e, FACTOR)
    f = Math.imul(f, FACTOR)
  }
  return a ^ b ^ c ^ d ^ e ^ f
}
