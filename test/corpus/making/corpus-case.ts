import { asciiBytes } from "../../../src-protocol/bytes.ts"
import type { SignatureAlgorithm } from "../../../src-protocol/crypto-port.ts"
import type { Instant } from "../../../src-protocol/instant.ts"
import type { JudgingReason } from "../../../src-protocol/reasons.ts"
import { composeAuthorisation, type Signer } from "../../../src-protocol/signed-data.ts"
import { nodeCrypto } from "../../../src-crypto/node-crypto.ts"
import type { TestPki } from "../../../src-testkit/pki/test-pki.ts"
import type { CertificateChange, JudgingWorld } from "../../support/judging-world.ts"
import { writePackage, type PackageChanges } from "../../support/package-writer.ts"

/** What the lists of a case are made from, once its package is there. */
export interface ListContext {
  readonly pki: TestPki
  readonly at: Instant
  /** Of the signer's certificate, hexadecimal; empty where the package has none that can be read. */
  readonly signerSerialNumber: string
}

/** The judge's knowledge, where a case needs another than the usual. */
export interface CaseFacts {
  /** `rogue`: whoever judges believes another root. */
  readonly trust?: "rogue"
  /** The revocation lists; the usual, fresh ones when left out. */
  readonly lists?: (context: ListContext) => Promise<readonly Uint8Array[]>
  /** When is judged, in milliseconds after `at`: lists of later are then at hand. */
  readonly checkedLater?: number
  /** The lowest cRLNumber that the judge takes of the authority that issues passes. */
  readonly lowestNumber?: number
  /** Whether QC statements are demanded, as production does. */
  readonly demandsQcStatements?: true
}

/** One package of the corpus, and what must become of it. */
export interface CorpusCase {
  /** One line: what is wrong, or what is special. */
  readonly what: string
  readonly expect: JudgingReason | "authorised"
  readonly make: (world: JudgingWorld) => Promise<Uint8Array>
  readonly facts?: CaseFacts
}

export const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1")

/** A package by an `arts` card with something changed in how it is written. */
export function written(
  what: string,
  expect: CorpusCase["expect"],
  changes: PackageChanges,
  profile: Parameters<JudgingWorld["signerOf"]>[0] = "arts",
): CorpusCase {
  return {
    what,
    expect,
    make: async ({ content, now, signerOf }) =>
      await writePackage(content, await signerOf(profile), now, changes),
  }
}

/** As `written`, where the changes need the world or the signer. */
export function writtenWith(
  what: string,
  expect: CorpusCase["expect"],
  changes: (world: JudgingWorld, signer: Signer) => PackageChanges | Promise<PackageChanges>,
  profile: Parameters<JudgingWorld["signerOf"]>[0] = "arts",
): CorpusCase {
  return {
    what,
    expect,
    make: async (world) => {
      const signer = await world.signerOf(profile)
      return await writePackage(world.content, signer, world.now, await changes(world, signer))
    },
  }
}

/** A package whose S/MIME text is changed. */
export function posted(what: string, change: (message: string) => string): CorpusCase {
  return written(what, "malformed-smime", {
    smime: (usual) => Buffer.from(change(text(usual)), "latin1"),
  })
}

/** A package over a statement that is changed before it is signed. */
export function stated(what: string, change: (statement: string) => string): CorpusCase {
  return {
    what,
    expect: "malformed-statement",
    make: async ({ content, now, signerOf }) =>
      await writePackage(Buffer.from(change(text(content)), "latin1"), await signerOf("arts"), now),
  }
}

/** A good package by an `arts` certificate with something changed. */
export function certified(
  what: string,
  expect: CorpusCase["expect"],
  change: CertificateChange | ((world: JudgingWorld) => CertificateChange | Promise<CertificateChange>),
  facts?: CaseFacts,
): CorpusCase {
  return {
    what,
    expect,
    ...(facts === undefined ? {} : { facts }),
    make: async (world) => {
      const signer = await world.signerWith(typeof change === "function" ? await change(world) : change)
      return await composeAuthorisation(nodeCrypto, world.statement, signer, world.now)
    },
  }
}

/** A good package by a card of the test kit. */
export function byCard(
  what: string,
  expect: CorpusCase["expect"],
  profile: Parameters<JudgingWorld["signerOf"]>[0],
  facts?: CaseFacts,
): CorpusCase {
  return {
    what,
    expect,
    ...(facts === undefined ? {} : { facts }),
    make: async (world) =>
      await composeAuthorisation(nodeCrypto, world.statement, await world.signerOf(profile), world.now),
  }
}

/** A good package by this signer. */
export function signedBy(
  what: string,
  expect: CorpusCase["expect"],
  signerIn: (world: JudgingWorld) => Promise<Signer>,
): CorpusCase {
  return {
    what,
    expect,
    make: async (world) =>
      await composeAuthorisation(nodeCrypto, world.statement, await signerIn(world), world.now),
  }
}

export const RSA_SHA256: SignatureAlgorithm = { scheme: "rsa-pkcs1", hash: "sha-256" }

/** Text as bytes that may have the high bit set. */
export const latin1 = (message: string): Uint8Array => new Uint8Array(Buffer.from(message, "latin1"))
export const ascii = asciiBytes
