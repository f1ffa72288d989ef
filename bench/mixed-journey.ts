import { createHash, randomInt } from "node:crypto"
import { nodeCrypto } from "../src-crypto/node-crypto.ts"
import { SMIME_MEDIA_TYPE } from "../src-protocol/api.ts"
import { base64UrlOf } from "../src-protocol/bytes.ts"
import { drawCode } from "../src-protocol/code.ts"
import { dayOf, MINUTE } from "../src-protocol/instant.ts"
import { judgeCertificate } from "../src-protocol/judge-certificate.ts"
import { encodeOpaque, hashOpaque } from "../src-protocol/opaque.ts"
import type { Signer } from "../src-protocol/signed-data.ts"
import type { Statement } from "../src-protocol/statement.ts"
import { benchFacts, benchPki, keptKeys, signers } from "./support/bench-pki.ts"
import { requestBytes, type Connection } from "./support/load.ts"
import { watchOthers } from "./support/other-load.ts"
import { microseconds, type BenchOptions, type Part } from "./support/report.ts"
import { median } from "./support/rounds.ts"
import { withServer, type Server, type Usage } from "./support/server-process.ts"
import { packageStamp } from "./support/stamp-package.ts"

const JOURNEYS_AT_ONCE = 8
const CALLS = ["register", "find", "accept", "pick up", "receipt", "publish"] as const
type Call = (typeof CALLS)[number]

/** (g) Whole journeys, eight at a time: register, find, hand in, pick up, receipt, publish; what they cost, and what stays. */
export async function mixedJourney({ loadSeconds }: BenchOptions): Promise<Part> {
  const now = Date.now()
  const pki = await benchPki(now)
  const [signer] = await signers(pki, 1, now)
  if (signer === undefined) throw new Error("there is no signer")
  const facts = { ...(await benchFacts(pki, now)), maximumCrlAgeMilliseconds: 60 * MINUTE }
  const judged = await judgeCertificate(signer.certificateChain, "signature", facts)
  if (judged.is === "refused") throw new Error(judged.detail)
  const given = { kind: "product", pki: pki.directory, clinician: judged.signer, disclosures: [] } as const
  const others = watchOthers()
  const run = await withServer(given, JOURNEYS_AT_ONCE, async (server) => load(server, signer, loadSeconds))
  return report(run, loadSeconds, others() ?? 0)
}

interface Load {
  readonly journeys: number
  readonly seconds: number
  /** Microseconds of each call. */
  readonly times: ReadonlyMap<Call, number[]>
  readonly used: number
  /** What the server held, a number a tenth of the load. */
  readonly held: readonly Usage[]
}

async function load(server: Server, signer: Signer, seconds: number): Promise<Load> {
  const stamps = await freshStamps(signer)
  const times = new Map<Call, number[]>(CALLS.map((call) => [call, []]))
  const held: Usage[] = []
  let journeys = 0
  const runFor = async (part: number) => {
    const until = performance.now() + part * 1_000
    await Promise.all(
      server.connections.map(async (connection) => {
        while (performance.now() < until) {
          await journey(connection, server.bearer, await stamps(), times)
          journeys += 1
        }
      }),
    )
    held.push(await server.usage())
  }
  // What compiles and fills once belongs to no journey.
  await runFor(seconds / 5)
  journeys = 0
  for (const all of times.values()) all.length = 0
  const begun = performance.now()
  const before = held[0]?.processorMicroseconds ?? 0
  for (let part = 0; part < 10; part++) await runFor(seconds / 10)
  const used = (held.at(-1)?.processorMicroseconds ?? 0) - before
  return { journeys, seconds: (performance.now() - begun) / 1_000, times, used, held: held.slice(1) }
}

/** A package claims when it was signed, and a claim of ten minutes ago is not believed: a new stamp each minute. */
async function freshStamps(signer: Signer): Promise<() => Promise<(statement: Statement) => Uint8Array>> {
  const { privateKey } = await keptKeys(0)
  let madeAt = Date.now()
  let stamp = packageStamp(signer, privateKey, madeAt)
  return () => {
    if (Date.now() - madeAt > MINUTE) {
      madeAt = Date.now()
      stamp = packageStamp(signer, privateKey, madeAt)
    }
    return stamp
  }
}

async function journey(
  connection: Connection,
  bearer: string,
  stamp: (statement: Statement) => Uint8Array,
  times: ReadonlyMap<Call, number[]>,
): Promise<void> {
  const { code, opaque, hash, pickupKey, pickupHash } = await drawn()
  const authorisation = stamp({ hash, code })
  const path = `/v1/disclosures/${code.reference}`
  const desk = { authorization: `Bearer ${bearer}` }
  const phone = { authorization: `Bearer ${pickupKey}` }
  const json = { "content-type": "application/json" }
  const ask = async (call: Call, status: number, request: Buffer) => {
    const begun = performance.now()
    const answer = await connection.ask(request)
    times.get(call)?.push((performance.now() - begun) * 1_000)
    if (answer.status === status) return true
    // Two phones may draw one reference; the second draws again.
    if (call === "register" && answer.status === 409) return false
    throw new Error(`${call} answered ${answer.status}: ${answer.body.toString("utf8")}`)
  }
  const body = (value: unknown) => Buffer.from(JSON.stringify(value))
  const registration = body({ reference: code.reference, hash, pickupHash })
  if (!(await ask("register", 201, requestBytes("POST", "/v1/disclosures", json, registration)))) return
  await ask("find", 200, requestBytes("GET", path, desk))
  const smime = { ...desk, "content-type": SMIME_MEDIA_TYPE }
  await ask("accept", 201, requestBytes("PUT", `${path}/authorisation`, smime, authorisation))
  await ask("pick up", 200, requestBytes("GET", `${path}/authorisation`, phone))
  await ask(
    "receipt",
    200,
    requestBytes("POST", `${path}/receipt`, { ...phone, ...json }, body({ accepted: true })),
  )
  const published = body({ opaque: base64UrlOf(opaque), authorisation: base64UrlOf(authorisation) })
  await ask("publish", 202, requestBytes("POST", "/v1/publications", json, published))
}

async function drawn() {
  const code = drawCode(nodeCrypto)
  const opaque = encodeOpaque({
    ...{ salt: nodeCrypto.randomBytes(32), code, dayKey: nodeCrypto.randomBytes(32) },
    day: dayOf(Date.now()) - randomInt(1, 10),
  })
  const pickupKey = nodeCrypto.randomBytes(32)
  return {
    ...{ code, opaque, hash: await hashOpaque(nodeCrypto, opaque), pickupKey: base64UrlOf(pickupKey) },
    pickupHash: base64UrlOf(createHash("sha256").update(pickupKey).digest()),
  }
}

function report({ journeys, seconds, times, used, held }: Load, asked: number, others: number): Part {
  const requests = [...times.values()].reduce((sum, all) => sum + all.length, 0)
  const middle = (all: readonly Usage[], what: "heap" | "resident") => median(all.map((usage) => usage[what]))
  const growth = middle(held.slice(-3), "heap") / middle(held.slice(0, 3), "heap")
  const megabytes = (bytes: number) => `${(bytes / 1_048_576).toFixed(1)} MiB`
  return {
    letter: "g",
    title: `Whole journeys, eight at a time, for ${asked} seconds`,
    goals: [
      {
        name: "memory in use after collection, last third of the load in times of the first",
        found: growth,
        atMost: 1.05,
      },
    ],
    context: [
      [
        "journeys",
        `${(journeys / seconds).toFixed(0)} a second, ${(requests / seconds).toFixed(0)} requests a second`,
      ],
      ["the server's processor time for a thousand disclosures", `${(used / journeys / 1_000).toFixed(2)} s`],
      [
        "the server's heap, first and last",
        held.length === 0 ? "" : `${megabytes(held[0]?.heap ?? 0)}, ${megabytes(held.at(-1)?.heap ?? 0)}`,
      ],
      [
        "the server's resident memory, first and last",
        `${megabytes(held[0]?.resident ?? 0)}, ${megabytes(held.at(-1)?.resident ?? 0)}`,
      ],
      ...[...times].map(([call, all]) => [`${call}, p50 / p99 / p999`, quantiles(all)] as const),
    ],
    remarks: [
      "the load signs its packages on the other core, in the same thread that measures: latencies hold a little of that",
      ...(others > 0.12
        ? [`others used ${others.toFixed(2)} cores meanwhile: trust these figures less`]
        : []),
    ],
  }
}

function quantiles(all: readonly number[]): string {
  const sorted = all.toSorted((a, b) => a - b)
  const at = (part: number) =>
    microseconds(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0)
  return [0.5, 0.99, 0.999].map(at).join(" / ")
}
