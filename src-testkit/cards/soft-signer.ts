import type { SignatureAlgorithm } from "../../src-protocol/crypto-port.ts"
import type { Instant } from "../../src-protocol/instant.ts"
import type { Signer } from "../../src-protocol/signed-data.ts"
import { curveOf, generateKeys, type KeyKind, type KeyPair } from "../pki/keys.ts"
import { HASH_OF_CURVE, signBytes } from "../pki/sign-bytes.ts"
import type { TestPki } from "../pki/test-pki.ts"
import type { CertificateUse, PassHolder } from "../pki/uzi-certificate.ts"
import { cardProfile, type CardProfile, type CardProfileId } from "../profiles.ts"
import { cardIntermediates, issueCardCertificates, type CardCertificates } from "./card-certificates.ts"
import { cardHolder } from "./card-holder.ts"

/** A card without a token: the same certificates, its keys in memory. */
export interface SoftCard {
  readonly profile: CardProfile
  readonly holder: PassHolder
  /** Of a profile without a signature certificate it has no chain and no algorithm, and signing rejects. */
  readonly signature: Signer
  readonly authentication: Signer
  readonly certificates: CardCertificates
}

export interface SoftCardOptions {
  readonly pki: TestPki
  readonly profile: CardProfileId
  readonly name: string
  readonly at: Instant
  readonly organisation?: string
  /** Another kind of key than the profile's. */
  readonly keyKind?: KeyKind
}

const USES: readonly CertificateUse[] = ["authenticiteit", "handtekening", "vertrouwelijkheid"]

/** Makes a card in memory with new keys, issued as of `at`. */
export async function softCard(options: SoftCardOptions): Promise<SoftCard> {
  const { pki, at } = options
  const usual = cardProfile(options.profile)
  const profile = { ...usual, keyKind: options.keyKind ?? usual.keyKind }
  const holder = cardHolder(profile, options.name, options.organisation)
  const keys = new Map(
    await Promise.all(USES.map(async (use) => [use, await newKeys(profile, use)] as const)),
  )
  const publicKeys = new Map([...keys].map(([use, pair]) => [use, pair.publicKeySpki] as const))
  const certificates = await issueCardCertificates({ pki, profile, holder, publicKeys, at })
  const intermediates = cardIntermediates(pki, profile)
  const signerFor = (use: CertificateUse) =>
    softSigner(profile, certificates.get(use)?.der, intermediates, keys.get(use))
  return {
    profile,
    holder,
    certificates,
    signature: signerFor("handtekening"),
    authentication: signerFor("authenticiteit"),
  }
}

/** The key for confidentiality is RSA on every card: it must be able to decipher. */
export function keyKindFor(profile: Pick<CardProfile, "keyKind">, use: CertificateUse): KeyKind {
  return use === "vertrouwelijkheid" ? "rsa-2048" : profile.keyKind
}

async function newKeys(profile: CardProfile, use: CertificateUse): Promise<KeyPair> {
  return await generateKeys(keyKindFor(profile, use))
}

function softSigner(
  profile: CardProfile,
  certificate: Uint8Array | undefined,
  intermediates: readonly Uint8Array[],
  keys: KeyPair | undefined,
): Signer {
  if (certificate === undefined || keys === undefined) return NO_SIGNER
  return {
    certificateChain: [certificate, ...intermediates],
    algorithms: algorithmsOf(profile),
    sign: (bytes, algorithm) => signBytes(keys.privateKey, algorithm, bytes),
  }
}

const NO_SIGNER: Signer = {
  certificateChain: [],
  algorithms: [],
  sign: () => Promise.reject(new RangeError("this card has no certificate for that use")),
}

/** What a card's keys can do, best first: the usual one of UZI before all others. */
export function algorithmsOf(
  profile: Pick<CardProfile, "keyKind" | "signatureScheme">,
): readonly SignatureAlgorithm[] {
  const curve = curveOf(profile.keyKind)
  if (curve !== undefined) return [{ scheme: "ecdsa", hash: HASH_OF_CURVE[curve], curve }]
  return profile.signatureScheme === "rsa-pss" ? PSS : [...PKCS1, ...PSS]
}

const PKCS1: readonly SignatureAlgorithm[] = [
  { scheme: "rsa-pkcs1", hash: "sha-256" },
  { scheme: "rsa-pkcs1", hash: "sha-384" },
  { scheme: "rsa-pkcs1", hash: "sha-512" },
]
const PSS: readonly SignatureAlgorithm[] = [
  { scheme: "rsa-pss", hash: "sha-256", saltLength: 32 },
  { scheme: "rsa-pss", hash: "sha-384", saltLength: 48 },
  { scheme: "rsa-pss", hash: "sha-512", saltLength: 64 },
]
