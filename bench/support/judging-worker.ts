import { parentPort, workerData } from "node:worker_threads"
import { z } from "zod"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { parseTrustProfile } from "../../src-protocol/uzi/trust-profile.ts"
import { verifyAuthorisation, type Facts } from "../../src-protocol/verify-authorisation.ts"

// Judges the packages it was handed, over and over, for as many milliseconds as it is told; answers verdicts a microsecond.

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

parentPort?.on("message", (milliseconds: unknown) => {
  void judgeFor(z.number().parse(milliseconds)).then((pace) => {
    parentPort?.postMessage(pace)
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
