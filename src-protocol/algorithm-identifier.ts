import { bytesOfHex, equalBytes } from "./bytes.ts"
import type { Curve, HashAlgorithm, SignatureAlgorithm } from "./crypto-port.ts"
import type { PublicKey } from "./public-key.ts"

/**
 * The AlgorithmIdentifiers (RFC 5280 section 4.1.1.2) that the protocol knows, each as its one exact DER form.
 * Sources: RFC 4055 (RSA with SHA-2, PSS), RFC 5754 (SHA-2 in CMS), RFC 5758 (ECDSA).
 */
interface StatedScheme {
  readonly scheme: "rsa-pkcs1" | "rsa-pss" | "ecdsa"
  /** `undefined` for rsaEncryption, which leaves the hash to the digest algorithm beside it (RFC 3370 section 3.2). */
  readonly hash: HashAlgorithm | undefined
}

const HASHES: readonly HashAlgorithm[] = ["sha-256", "sha-384", "sha-512"]

const DIGEST_IDENTIFIERS: Readonly<Record<HashAlgorithm, string>> = {
  "sha-256": "300b0609608648016503040201",
  "sha-384": "300b0609608648016503040202",
  "sha-512": "300b0609608648016503040203",
}

export const HASH_BYTES: Readonly<Record<HashAlgorithm, number>> = {
  "sha-256": 32,
  "sha-384": 48,
  "sha-512": 64,
}

const RSA_ENCRYPTION = "300d06092a864886f70d0101010500"

function pssIdentifier(hash: HashAlgorithm, hashParameters: "" | "0500"): string {
  const digest = sequence(DIGEST_IDENTIFIERS[hash].slice(4) + hashParameters)
  const mask = sequence("06092a864886f70d010108" + digest)
  const salt = "0201" + HASH_BYTES[hash].toString(16)
  return sequence(
    "06092a864886f70d01010a" + sequence(tagged("a0", digest) + tagged("a1", mask) + tagged("a2", salt)),
  )
}

function tagged(tag: string, content: string): string {
  return tag + (content.length / 2).toString(16).padStart(2, "0") + content
}

function sequence(content: string): string {
  return tagged("30", content)
}

const SIGNATURE_IDENTIFIERS: ReadonlyMap<string, StatedScheme> = new Map<string, StatedScheme>([
  [RSA_ENCRYPTION, { scheme: "rsa-pkcs1", hash: undefined }],
  ["300d06092a864886f70d01010b0500", { scheme: "rsa-pkcs1", hash: "sha-256" }],
  ["300d06092a864886f70d01010c0500", { scheme: "rsa-pkcs1", hash: "sha-384" }],
  ["300d06092a864886f70d01010d0500", { scheme: "rsa-pkcs1", hash: "sha-512" }],
  ["300a06082a8648ce3d040302", { scheme: "ecdsa", hash: "sha-256" }],
  ["300a06082a8648ce3d040303", { scheme: "ecdsa", hash: "sha-384" }],
  ["300a06082a8648ce3d040304", { scheme: "ecdsa", hash: "sha-512" }],
  // RFC 4055 section 2.1: the hash's parameters are NULL or absent, and a reader must take both.
  ...HASHES.flatMap((hash): [string, StatedScheme][] => [
    [pssIdentifier(hash, ""), { scheme: "rsa-pss", hash }],
    [pssIdentifier(hash, "0500"), { scheme: "rsa-pss", hash }],
  ]),
])

/** The same as bytes: identifiers are compared many times in a verdict. The likeliest stand first. */
const KNOWN_SIGNATURES = [...SIGNATURE_IDENTIFIERS].map(([hex, stated]) => ({ der: bytesOfHex(hex), stated }))
const KNOWN_DIGESTS = HASHES.map((hash) => ({ der: bytesOfHex(DIGEST_IDENTIFIERS[hash]), hash }))

function statedBy(identifier: Uint8Array): StatedScheme | undefined {
  return KNOWN_SIGNATURES.find(({ der }) => equalBytes(der, identifier))?.stated
}

/** The hash that a digest AlgorithmIdentifier names, without parameters (RFC 5754 section 2); `undefined` for all others. */
export function hashOfIdentifier(identifier: Uint8Array): HashAlgorithm | undefined {
  return KNOWN_DIGESTS.find(({ der }) => equalBytes(der, identifier))?.hash
}

/**
 * The signature algorithm that an AlgorithmIdentifier names, for a key that can do it.
 * `digest` is the hash named beside it in a SignerInfo; it must be the same one.
 * `undefined` for everything that the protocol calls weak or does not know.
 */
export function signatureAlgorithmOf(
  identifier: Uint8Array,
  key: PublicKey,
  digest?: HashAlgorithm,
): SignatureAlgorithm | undefined {
  const stated = statedBy(identifier)
  const hash = stated?.hash ?? digest
  if (stated === undefined || hash === undefined || (digest !== undefined && digest !== hash))
    return undefined
  if (stated.scheme === "ecdsa")
    return key.is === "ec" ? { scheme: "ecdsa", hash, curve: key.curve } : undefined
  if (key.is !== "rsa") return undefined
  return stated.scheme === "rsa-pss"
    ? { scheme: "rsa-pss", hash, saltLength: HASH_BYTES[hash] }
    : { scheme: "rsa-pkcs1", hash }
}

/** Whether an AlgorithmIdentifier is one that an authority may have signed a certificate or a list with. */
export function isStrongIdentifier(identifier: Uint8Array): boolean {
  return statedBy(identifier)?.hash !== undefined
}

/** The DER digest AlgorithmIdentifier, as hex. */
export function digestIdentifierHex(hash: HashAlgorithm): string {
  return DIGEST_IDENTIFIERS[hash]
}

/** The DER signature AlgorithmIdentifier that we write, as hex; PSS with NULL parameters at its hashes (RFC 4055). */
export function signatureIdentifierHex(
  algorithm: Exclude<SignatureAlgorithm, { scheme: "ed25519" }>,
): string {
  if (algorithm.scheme === "rsa-pss") return pssIdentifier(algorithm.hash, "0500")
  // Full names rather than rsaEncryption: the hash is then said twice, and both must agree.
  const found = [...SIGNATURE_IDENTIFIERS].find(
    ([, stated]) => stated.scheme === algorithm.scheme && stated.hash === algorithm.hash,
  )
  return found?.[0] ?? RSA_ENCRYPTION
}

const CURVE_OIDS: ReadonlyMap<string, Curve> = new Map<string, Curve>([
  ["1.2.840.10045.3.1.7", "P-256"],
  ["1.3.132.0.34", "P-384"],
  ["1.3.132.0.35", "P-521"],
])

/** The named curve of an OBJECT IDENTIFIER (RFC 5480 section 2.1.1.1). */
export function curveOfOid(oid: string): Curve | undefined {
  return CURVE_OIDS.get(oid)
}
