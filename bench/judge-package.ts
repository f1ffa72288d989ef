import { createPublicKey, verify, type KeyObject } from "node:crypto"
import { availableParallelism } from "node:os"
import { nodeCrypto, openNodeCrypto } from "../src-crypto/node-crypto.ts"
import { readCertificate } from "../src-protocol/certificate.ts"
import { readCrl } from "../src-protocol/crl.ts"
import { readSignedAttributes } from "../src-protocol/signed-attributes.ts"
import { readSignedData } from "../src-protocol/read-signed-data.ts"
import { unwrapSmime } from "../src-protocol/smime.ts"
import { verifyAuthorisation, type Facts } from "../src-protocol/verify-authorisation.ts"
import { benchFacts, benchPki, packagesOf, signers } from "./support/bench-pki.ts"
import { opensslVerifier } from "./support/openssl-verifier.ts"
import type { BenchOptions, Goal, Part } from "./support/report.ts"
import { microseconds, perSecond, remarksOn } from "./support/report.ts"
import { computed, interleave, ratioOf, timeOf, type Contestant, type Rounds } from "./support/rounds.ts"
import { contextOfWorkers, inWorkers, remarksOnWorkers } from "./support/workers.ts"

/** More than the product remembers keys: each package's signer is a stranger again when its turn comes. */
const SIGNERS = 40
const CHECKS = "node:crypto checks"
/** The quickest way that we know, which is ours; no goal, but who compares should know it. */
const IN_PEM = "keys from PEM text"

/**
 * (c) A full verdict: three RSA-4096 authorities, a list of each, every rule. Beside it the same signature checks by
 * node:crypto alone, with nothing of parsing, digests or rules, and OpenSSL's own answer to as much of the question as it has.
 */
export async function judgePackage(options: BenchOptions): Promise<Part> {
  const now = Date.now()
  const pki = await benchPki(now)
  const packages = await packagesOf(await signers(pki, SIGNERS, now), now)
  const facts = await benchFacts(pki, now)
  const openssl = await opensslVerifier(pki, packages[0] ?? new Uint8Array())
  const rounds = await interleave(contestants(packages, facts, openssl.contestant), options)
  const workers = await inWorkers(packages, facts, options)
  return {
    letter: "c",
    title: "A package judged: three RSA-4096 authorities, a list of each, every rule",
    goals: goalsOf(rounds, openssl.contestant, workers.verdicts),
    context: [...contextOf(rounds), ...contextOfWorkers(workers)],
    remarks: [
      ...openssl.remarks,
      ...remarksOn(rounds),
      ...remarksOnWorkers(workers),
      ...(availableParallelism() < 2 ? ["one core only"] : []),
    ],
  }
}

function contestants(
  packages: readonly Uint8Array[],
  facts: Facts,
  openssl: Contestant | undefined,
): readonly Contestant[] {
  const each = inTurn(packages)
  const checks = inTurn(packages.map((authorisation) => checksOf(authorisation, facts)))
  return [
    computed("authorities cached", () => judge(each(), { ...facts, crypto: nodeCrypto })),
    computed("cold", () => judge(each(), { ...facts, crypto: openNodeCrypto() })),
    computed("cold, lists too", () => judge(each(), withNewLists({ ...facts, crypto: openNodeCrypto() }))),
    computed(`${CHECKS}, authorities cached`, () => {
      checks().cached()
    }),
    computed(`${CHECKS}, cold`, () => {
      checks().cold()
    }),
    computed(`${CHECKS}, cold, lists too`, () => {
      checks().coldWithLists()
    }),
    computed(`${CHECKS}, authorities cached, ${IN_PEM}`, () => {
      checks().cachedFromPem()
    }),
    computed(`${CHECKS}, cold, ${IN_PEM}`, () => {
      checks().coldFromPem()
    }),
    ...(openssl === undefined ? [] : [openssl]),
  ]
}

function inTurn<T>(all: readonly T[]): () => T {
  let next = 0
  return () => {
    const one = all[next++ % all.length]
    if (one === undefined) throw new RangeError("there is nothing to take in turn")
    return one
  }
}

async function judge(authorisation: Uint8Array, facts: Facts): Promise<void> {
  const verdict = await verifyAuthorisation(authorisation, facts)
  if (verdict.is !== "authorised") throw new Error(`refused: ${verdict.reason}, ${verdict.detail}`)
}

/** Lists that were never seen: read, and their signatures checked, in this very verdict. */
function withNewLists(facts: Facts): Facts {
  const crls = facts.revocation.crls.map((crl) => Uint8Array.from(crl))
  return { ...facts, revocation: { ...facts.revocation, crls } }
}

interface Checks {
  cached(): void
  cold(): void
  coldWithLists(): void
  cachedFromPem(): void
  coldFromPem(): void
}

interface SignedBy {
  readonly key: () => KeyObject
  readonly bytes: Uint8Array
  readonly signature: Uint8Array
}

/** The signature checks that a verdict cannot do without, and the keys that it must import for them. */
function checksOf(authorisation: Uint8Array, facts: Facts): Checks {
  const view = readSignedData(unwrapSmime(authorisation))
  const [root] = facts.trust.anchors.map((der) => readCertificate(der))
  const chain = pathFrom(view.signer, [...view.certificates, ...(root === undefined ? [] : [root])])
  const attributes = readSignedAttributes(view.signedAttributes)
  const spkis = chain.map(({ spki }) => Buffer.from(spki))
  const ready = spkis.map((spki) => imported(spki))
  const links = chain.slice(0, -1).map(({ tbs, signature }) => ({ bytes: tbs, signature }))
  const signed = [{ bytes: attributes.signedBytes, signature: view.signature }, ...links]
  const lists = facts.revocation.crls.map((der) => readCrl(der))
  const listsOf = chain
    .slice(1)
    .map((authority) => lists.find((list) => Buffer.compare(list.issuer.der, authority.subject.der) === 0))
  const verifyAll = (all: readonly SignedBy[]) => {
    const good = all.every(({ key, bytes, signature }) => verify("sha256", bytes, key(), signature))
    if (!good) throw new Error("a signature of the reference does not hold")
  }
  const by = (keys: readonly KeyObject[]) =>
    signed.map((one, i): SignedBy => ({ ...one, key: () => keyAt(keys, i) }))
  const cached = (leaf: KeyObject) => {
    verifyAll(by([leaf, ...ready.slice(1)]).slice(0, 2))
  }
  return {
    cached: () => {
      cached(imported(spkis[0] ?? Buffer.alloc(0)))
    },
    cachedFromPem: () => {
      cached(importedFromPem(spkis[0] ?? Buffer.alloc(0)))
    },
    cold: () => {
      verifyAll(by(spkis.map(imported)))
    },
    coldFromPem: () => {
      verifyAll(by(spkis.map(importedFromPem)))
    },
    coldWithLists: () => {
      const keys = spkis.map(imported)
      const ofLists = listsOf.flatMap((list, i) =>
        list === undefined
          ? []
          : [{ key: () => keyAt(keys, i + 1), bytes: list.tbs, signature: list.signature }],
      )
      verifyAll([...by(keys), ...ofLists])
    },
  }
}

function pathFrom(
  leaf: ReturnType<typeof readCertificate>,
  others: readonly ReturnType<typeof readCertificate>[],
): readonly ReturnType<typeof readCertificate>[] {
  const issuer = others.find(
    (other) => other !== leaf && Buffer.compare(other.subject.der, leaf.issuer.der) === 0,
  )
  const isRoot = Buffer.compare(leaf.subject.der, leaf.issuer.der) === 0
  return issuer === undefined || isRoot ? [leaf] : [leaf, ...pathFrom(issuer, others)]
}

function imported(spki: Buffer): KeyObject {
  return createPublicKey({ key: spki, format: "der", type: "spki" })
}

/** RSA keys from 2,048 bits on: PKCS #1 begins at the 24th byte. */
function importedFromPem(spki: Buffer): KeyObject {
  const lines = [
    "-----BEGIN RSA PUBLIC KEY-----",
    spki.toString("base64", 24),
    "-----END RSA PUBLIC KEY-----",
  ]
  return createPublicKey(`${lines.join("\n")}\n`)
}

function keyAt(keys: readonly KeyObject[], i: number): KeyObject {
  const key = keys[i]
  if (key === undefined) throw new RangeError("the reference has a key too few")
  return key
}

function goalsOf(rounds: Rounds, openssl: Contestant | undefined, workers: number): readonly Goal[] {
  const states = ["authorities cached", "cold", "cold, lists too"]
  return [
    ...states.map((state) => ({
      name: `verdict, ${state}, in times of the same node:crypto checks and imports`,
      found: ratioOf(rounds, state, `${CHECKS}, ${state}`),
      atMost: 1.6,
    })),
    ...(openssl === undefined
      ? []
      : ["authorities cached", "cold"].map((state) => ({
          name: `verdicts a second, ${state}, in times of OpenSSL's CMS_verify with CRL_CHECK_ALL`,
          found: ratioOf(rounds, openssl.name, state),
          atLeast: 2,
        }))),
    { name: "verdicts a second by two workers, in times of one", found: workers, atLeast: 1.8 },
  ]
}

function contextOf(rounds: Rounds): readonly (readonly [string, string])[] {
  return [...rounds.times.keys()].map((name) => {
    const time = timeOf(rounds, name)
    return [name, `${microseconds(time)}, ${perSecond(time)}`] as const
  })
}
