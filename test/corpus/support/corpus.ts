import { readFileSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"
import { bytesOfHex } from "../../../src-protocol/bytes.ts"
import { DEFAULT_MAXIMUM_CRL_AGE } from "../../../src-protocol/check-revocation.ts"
import { parseCode } from "../../../src-protocol/code.ts"
import type { Instant } from "../../../src-protocol/instant.ts"
import { readPem } from "../../../src-protocol/pem.ts"
import { JUDGING_REASONS } from "../../../src-protocol/reasons.ts"
import { parseTrustProfile, type TrustProfile } from "../../../src-protocol/uzi/trust-profile.ts"
import {
  SIGNING_TIME_TOLERANCE,
  type Facts,
  type Verdict,
} from "../../../src-protocol/verify-authorisation.ts"
import { nodeCrypto } from "../../../src-crypto/node-crypto.ts"

/** The committed packages; `test/vectors/make-packages.ts` writes them. */
export const CORPUS_DIRECTORY = join(import.meta.dirname, "../../vectors/packages")

const Time = z.iso.datetime()
const Entry = z.strictObject({
  file: z.string(),
  expect: z.enum(["authorised", ...JUDGING_REASONS]),
  what: z.string(),
  trust: z.string().optional(),
  crls: z.string().optional(),
  checkedAt: Time.optional(),
  lowestNumbers: z.record(z.string(), z.int()).optional(),
  demandsQcStatements: z.literal(true).optional(),
})
const Index = z.strictObject({
  about: z.string(),
  at: Time,
  registeredAt: Time,
  expiresAt: Time,
  hash: z.string(),
  code: z.string(),
  opaque: z.string(),
  signer: z.strictObject({ name: z.string(), uziNumber: z.string(), subscriberNumber: z.string() }),
  cases: z.array(Entry),
})

/** One package of the corpus as the index has it. */
export type CorpusEntry = z.infer<typeof Entry>
type Index = z.infer<typeof Index>

/** The corpus, read. */
export interface Corpus {
  readonly cases: readonly CorpusEntry[]
  readonly at: Instant
  readonly registeredAt: Instant
  readonly expiresAt: Instant
  readonly statement: { readonly hash: string; readonly code: ReturnType<typeof parseCode> }
  readonly opaque: Uint8Array
  readonly signer: Index["signer"]
}

export function corpusPath(file: string): string {
  return join(CORPUS_DIRECTORY, file)
}

export function readCorpus(): Corpus {
  const index = Index.parse(JSON.parse(readFileSync(corpusPath("index.json"), "utf8")))
  return {
    cases: index.cases,
    at: Date.parse(index.at),
    registeredAt: Date.parse(index.registeredAt),
    expiresAt: Date.parse(index.expiresAt),
    statement: { hash: index.hash, code: parseCode(index.code) },
    opaque: bytesOfHex(index.opaque),
    signer: index.signer,
  }
}

/** The bytes of a package; each call answers new ones. */
export function readPackage({ file }: Pick<CorpusEntry, "file">): Uint8Array {
  return new Uint8Array(readFileSync(corpusPath(file)))
}

const lists = new Map<string, readonly Uint8Array[]>()

/** The revocation lists of a case, DER; the same ones for the same file, so that they are read once. */
export function listsOf({ crls = "crls.pem" }: CorpusEntry): readonly Uint8Array[] {
  const known = lists.get(crls) ?? readPem("X509 CRL", readFileSync(corpusPath(crls), "utf8"))
  lists.set(crls, known)
  return known
}

/** Whom the judge of a case believes. */
export async function trustOf({
  trust = "trust.json",
  demandsQcStatements,
}: CorpusEntry): Promise<TrustProfile> {
  const profile = await parseTrustProfile(nodeCrypto, JSON.parse(readFileSync(corpusPath(trust), "utf8")))
  if (demandsQcStatements === undefined) return profile
  return { ...profile, environment: { ...profile.environment, requiresQcStatements: true } }
}

/** When the lists of a case are looked at: at the moment of judging, unless it says later. */
export function checkedAtOf(corpus: Corpus, { checkedAt }: CorpusEntry): Instant {
  return checkedAt === undefined ? corpus.at : Date.parse(checkedAt)
}

export function lowestNumbersOf({ lowestNumbers = {} }: CorpusEntry): ReadonlyMap<string, bigint> {
  return new Map(Object.entries(lowestNumbers).map(([keyId, number]) => [keyId, BigInt(number)]))
}

/** All that a case is judged with. */
export async function factsOf(corpus: Corpus, entry: CorpusEntry, crypto = nodeCrypto): Promise<Facts> {
  return {
    crypto,
    trust: await trustOf(entry),
    at: corpus.at,
    revocation: {
      crls: listsOf(entry),
      checkedAt: checkedAtOf(corpus, entry),
      lowestNumbers: lowestNumbersOf(entry),
    },
    policy: {
      signedBetween: [corpus.registeredAt - SIGNING_TIME_TOLERANCE, corpus.at + SIGNING_TIME_TOLERANCE],
      maximumCrlAgeMilliseconds: DEFAULT_MAXIMUM_CRL_AGE,
    },
  }
}

export function outcomeOf(verdict: Verdict): string {
  return verdict.is === "refused" ? verdict.reason : verdict.is
}
