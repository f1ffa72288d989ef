import { createHash } from "node:crypto"
import { SMIME_MEDIA_TYPE } from "../src-protocol/api.ts"
import { judgeCertificate } from "../src-protocol/judge-certificate.ts"
import { benchFacts, benchPki, keptKeys, signers } from "./support/bench-pki.ts"
import { keepBusy, requestBytes, type Prepared } from "./support/load.ts"
import { microseconds, remarksOn, type BenchOptions, type Part } from "./support/report.ts"
import { interleave, ratioOf, timeOf, type Contestant, type Rounds } from "./support/rounds.ts"
import { withServer, type Registered, type Server, type ServerOptions } from "./support/server-process.ts"
import { packageStamp } from "./support/stamp-package.ts"

const CONNECTIONS = 32
const LOOKED_UP = 1_000
const PUTS_A_ROUND = 300
/** Of these the first is a warm-up; `interleave` may ask for three times as many rounds as it needs. */
const MOST_ROUNDS = 1 + 3 * 5

/** (f) The product's HTTP beside node:http with the same store and nothing else; no side writes a request log. */
export async function serveHttp(options: BenchOptions): Promise<Part> {
  const now = Date.now()
  const pki = await benchPki(now)
  const [signer] = await signers(pki, 1, now)
  if (signer === undefined) throw new Error("there is no signer")
  const facts = { ...(await benchFacts(pki, now)), maximumCrlAgeMilliseconds: 3_600_000 }
  const judged = await judgeCertificate(signer.certificateChain, "signature", facts)
  if (judged.is === "refused") throw new Error(judged.detail)
  const { privateKey } = await keptKeys(0)
  const stamp = await packageStamp(signer, privateKey, now)
  const disclosures = Array.from({ length: LOOKED_UP + PUTS_A_ROUND * MOST_ROUNDS }, (_, i) => registered(i))
  const given = { pki: pki.directory, clinician: judged.signer, disclosures }
  const packages = disclosures
    .slice(LOOKED_UP)
    .map(({ reference, hash }) => stamp({ hash, code: { reference, confirmation: "0000" } }))
  const rounds = { ...options, rounds: Math.min(5, options.rounds) }
  return await threeServers(given, async (product, logged, bare) => {
    const gets = await interleave(
      [looksUp(PRODUCT, product), looksUp(LOGGED, logged), looksUp(BARE, bare)],
      rounds,
    )
    const puts = await interleave(
      [
        putsIn(PRODUCT, product, disclosures, packages),
        putsIn(LOGGED, logged, disclosures, packages),
        putsIn(BARE, bare, disclosures, packages),
      ],
      rounds,
    )
    return report(gets, puts)
  })
}

const PRODUCT = "the product"
const LOGGED = "the product with its request log"
const BARE = "bare node:http on the same store"

function threeServers<T>(
  given: Omit<ServerOptions, "kind">,
  run: (product: Server, logged: Server, bare: Server) => Promise<T>,
): Promise<T> {
  return withServer({ ...given, kind: "product" }, CONNECTIONS, (product) =>
    withServer({ ...given, kind: "logged" }, CONNECTIONS, (logged) =>
      withServer({ ...given, kind: "bare" }, CONNECTIONS, (bare) => run(product, logged, bare)),
    ),
  )
}

function registered(number: number): Registered {
  const reference = String(number * 7).padStart(6, "0")
  return { reference, hash: createHash("sha256").update(reference).digest("hex") }
}

/** The server's own processor time for each request: the client's noise, and what others do to the machine, is not in it. */
async function processorTime(
  { processor, connections }: Server,
  next: () => Prepared | undefined,
  milliseconds?: number,
): Promise<number> {
  const before = await processor()
  let requests = 0
  const counted = () => {
    const request = next()
    if (request !== undefined) requests += 1
    return request
  }
  await keepBusy(connections, counted, milliseconds)
  return ((await processor()) - before) / requests
}

function looksUp(name: string, server: Server): Contestant {
  const requests = Array.from({ length: LOOKED_UP }, (_, i): Prepared => {
    const headers = { authorization: `Bearer ${server.bearer}` }
    return { bytes: requestBytes("GET", `/v1/disclosures/${registered(i).reference}`, headers), status: 200 }
  })
  let next = 0
  return {
    name,
    measure: (milliseconds) => processorTime(server, () => requests[next++ % LOOKED_UP], milliseconds),
  }
}

/** Each package is put once: the second time it would only be known again. */
function putsIn(
  name: string,
  server: Server,
  disclosures: readonly Registered[],
  packages: readonly Uint8Array[],
): Contestant {
  const headers = { authorization: `Bearer ${server.bearer}`, "content-type": SMIME_MEDIA_TYPE }
  let next = 0
  return {
    name,
    measure() {
      const end = next + PUTS_A_ROUND
      return processorTime(server, () => {
        if (next === end) return undefined
        const { reference = "" } = disclosures[LOOKED_UP + next] ?? {}
        const authorisation = packages[next]
        next += 1
        const path = `/v1/disclosures/${reference}/authorisation`
        return { bytes: requestBytes("PUT", path, headers, authorisation), status: 201 }
      })
    },
  }
}

function report(gets: Rounds, puts: Rounds): Part {
  const context = (what: string, rounds: Rounds) =>
    [...rounds.times.keys()].map((name) => {
      const time = timeOf(rounds, name)
      return [`${what}, ${name}`, `${microseconds(time)} of a processor`] as const
    })
  return {
    letter: "f",
    title: "HTTP: the product beside bare node:http on the same store, 32 connections that are kept",
    goals: [
      {
        name: "GET of a disclosure, per second of the server's processor, in times of bare node:http",
        found: ratioOf(gets, BARE, PRODUCT),
        atLeast: 0.85,
      },
      {
        name: "PUT, judged and stored, per second of the server's processor, in times of PUT and store alone",
        found: ratioOf(puts, BARE, PRODUCT),
        atLeast: 0.5,
      },
    ],
    context: [
      ...context("GET", gets),
      ...context("PUT", puts),
      ["the request log's price", `GET ${priceOf(gets)}, PUT ${priceOf(puts)}`],
    ],
    remarks: [
      "bare node:http checks the session and reads or writes by the product's own store, in the same transactions; it has no routes, limits, schemas, padding or common headers",
      ...remarksOn(gets),
      ...remarksOn(puts),
    ],
  }
}

function priceOf(rounds: Rounds): string {
  return `${Math.round((ratioOf(rounds, LOGGED, PRODUCT) - 1) * 100)} % more`
}
