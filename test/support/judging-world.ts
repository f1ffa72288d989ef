import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { DEFAULT_MAXIMUM_CRL_AGE } from "../../src-protocol/check-revocation.ts"
import type { SignatureAlgorithm } from "../../src-protocol/crypto-port.ts"
import { MINUTE, type Instant } from "../../src-protocol/instant.ts"
import type { Signer } from "../../src-protocol/signed-data.ts"
import { encodeStatement, type Statement } from "../../src-protocol/statement.ts"
import type { Facts } from "../../src-protocol/verify-authorisation.ts"
import { softCard } from "../../src-testkit/cards/soft-signer.ts"
import { cardHolder } from "../../src-testkit/cards/card-holder.ts"
import type { AuthorityId } from "../../src-testkit/pki/hierarchy.ts"
import { issueCertificate } from "../../src-testkit/pki/issue-certificate.ts"
import { generateKeys, type KeyPair } from "../../src-testkit/pki/keys.ts"
import { signBytes } from "../../src-testkit/pki/sign-bytes.ts"
import { readCrls, type TestPki } from "../../src-testkit/pki/test-pki.ts"
import type { UziCertificateRequest } from "../../src-testkit/pki/uzi-certificate.ts"
import { cardProfile, type CardProfileId } from "../../src-testkit/profiles.ts"

/** One hierarchy, one moment, one statement: what good and bad packages of a test are made of. */
export interface JudgingWorld {
  readonly pki: TestPki
  readonly now: Instant
  readonly statement: Statement
  readonly content: Uint8Array
  /** The signature key of a card of this profile, made once. */
  readonly signerOf: (profile: CardProfileId) => Promise<Signer>
  /** An `arts` signature certificate with something changed, and a signer for it. */
  readonly signerWith: (change: CertificateChange) => Promise<Signer>
  /** The facts by which a good package is authorised now. */
  readonly facts: () => Promise<Facts>
}

/** What differs from the signature certificate of an `arts`; `authority` is who issues it. */
export interface CertificateChange extends Partial<Omit<UziCertificateRequest, "publicKeySpki">> {
  readonly authority?: AuthorityId
  readonly keys?: KeyPair
  /** What those keys sign with; RSA PKCS #1 with SHA-256 when left out. */
  readonly algorithm?: SignatureAlgorithm
  /** The chain after the leaf; the issuing authority and the one above it when left out. */
  readonly authorities?: readonly Uint8Array[]
}

/** The person whose card signs, also where a case gives her a defective certificate. */
export const HOLDER_NAME = "Jannie d'Été-Test"

export function judgingWorld(
  pki: TestPki,
  now: Instant,
  statement: Statement,
  onRecord: (profile: CardProfileId) => string = () => HOLDER_NAME,
): JudgingWorld {
  const signers = new Map<CardProfileId, Promise<Signer>>()
  const signerOf = async (profile: CardProfileId): Promise<Signer> => {
    const known = signers.get(profile) ?? softSignature(pki, profile, onRecord(profile), now)
    signers.set(profile, known)
    return await known
  }
  return {
    pki,
    now,
    statement,
    content: encodeStatement(statement),
    signerOf,
    signerWith: (change) => signerWith(pki, now, change),
    facts: async () => factsAt(now, pki.trust, await readCrls(pki)),
  }
}

/** Facts by which everything is judged at `now`, with lists that are fresh. */
export function factsAt(now: Instant, trust: Facts["trust"], crls: readonly Uint8Array[]): Facts {
  return {
    crypto: nodeCrypto,
    trust,
    at: now,
    revocation: { crls, checkedAt: now },
    policy: {
      signedBetween: [now - 10 * MINUTE, now + 10 * MINUTE],
      maximumCrlAgeMilliseconds: DEFAULT_MAXIMUM_CRL_AGE,
    },
  }
}

async function softSignature(
  pki: TestPki,
  profile: CardProfileId,
  name: string,
  at: Instant,
): Promise<Signer> {
  const card = await softCard({ pki, profile, name, at })
  return card.signature
}

async function signerWith(pki: TestPki, now: Instant, change: CertificateChange): Promise<Signer> {
  const { authority = "zorgverlener", keys, algorithm, authorities, ...request } = change
  const pair = keys ?? (await generateKeys("rsa-2048"))
  const { der } = await issueCertificate(pki, authority, {
    use: "handtekening",
    holder: cardHolder(cardProfile("arts"), HOLDER_NAME),
    publicKeySpki: pair.publicKeySpki,
    notBefore: now - 60 * MINUTE,
    ...request,
  })
  const above = authorities ?? [
    pki.authorities[authority].certificate,
    pki.authorities[authority.startsWith("rogue-") ? "rogue-level-2-persoon" : "level-2-persoon"].certificate,
  ]
  return {
    certificateChain: [der, ...above],
    algorithms: [algorithm ?? { scheme: "rsa-pkcs1", hash: "sha-256" }],
    sign: (bytes, chosen) => signBytes(pair.privateKey, chosen, bytes),
  }
}
