import type { HashAlgorithm, SignatureAlgorithm } from "../../src-protocol/crypto-port.ts"
import type { PublicKey } from "../../src-protocol/public-key.ts"

/** How a token is asked for a signature: which mechanism, and what it wants to be handed. */
export interface Mechanism {
  readonly type: number
  /** `bytes`: it hashes itself; `digest`: the hash; `digest-info`: the hash in its DigestInfo (RFC 8017 section 9.2). */
  readonly input: "bytes" | "digest" | "digest-info"
  readonly pss?: { readonly hash: number; readonly maskGenerator: number; readonly saltLength: number }
}

interface HashMechanisms {
  readonly rsaPkcs1: number
  readonly rsaPss: number
  readonly hash: number
  readonly maskGenerator: number
}

const CKM_RSA_PKCS = 0x0001
const CKM_RSA_PKCS_PSS = 0x000d
const CKM_ECDSA = 0x1041

/** CKM_…_RSA_PKCS, CKM_…_RSA_PKCS_PSS, CKM_… and CKG_MGF1_… by hash (pkcs11t.h). */
const BY_HASH: Readonly<Record<HashAlgorithm, HashMechanisms>> = {
  "sha-256": { rsaPkcs1: 0x0040, rsaPss: 0x0043, hash: 0x0250, maskGenerator: 2 },
  "sha-384": { rsaPkcs1: 0x0041, rsaPss: 0x0044, hash: 0x0260, maskGenerator: 3 },
  "sha-512": { rsaPkcs1: 0x0042, rsaPss: 0x0045, hash: 0x0270, maskGenerator: 4 },
}

/** The mechanism by which a token that offers `offered` makes this signature, or `undefined` where it cannot. */
export function mechanismFor(
  algorithm: SignatureAlgorithm,
  offered: readonly number[],
): Mechanism | undefined {
  const candidates = candidatesFor(algorithm)
  return candidates.find(({ type }) => offered.includes(type))
}

function candidatesFor(algorithm: SignatureAlgorithm): readonly Mechanism[] {
  switch (algorithm.scheme) {
    case "rsa-pkcs1":
      return [
        { type: BY_HASH[algorithm.hash].rsaPkcs1, input: "bytes" },
        // CKM_RSA_PKCS pads but does not hash: it wants the DigestInfo, not the digest (PKCS #11, RSA).
        { type: CKM_RSA_PKCS, input: "digest-info" },
      ]
    case "rsa-pss": {
      const { rsaPss, hash, maskGenerator } = BY_HASH[algorithm.hash]
      const pss = { hash, maskGenerator, saltLength: algorithm.saltLength }
      return [
        { type: rsaPss, input: "bytes", pss },
        { type: CKM_RSA_PKCS_PSS, input: "digest", pss },
      ]
    }
    case "ecdsa":
      return [{ type: CKM_ECDSA, input: "digest" }]
    case "ed25519":
      return []
  }
}

const RSA_ALGORITHMS: readonly SignatureAlgorithm[] = [
  { scheme: "rsa-pkcs1", hash: "sha-256" },
  { scheme: "rsa-pss", hash: "sha-256", saltLength: 32 },
  { scheme: "rsa-pkcs1", hash: "sha-384" },
  { scheme: "rsa-pss", hash: "sha-384", saltLength: 48 },
  { scheme: "rsa-pkcs1", hash: "sha-512" },
  { scheme: "rsa-pss", hash: "sha-512", saltLength: 64 },
]

/** Whether a key of this kind can make the signature at all; a module asked for another answers anything. */
export function fitsKey(algorithm: SignatureAlgorithm, key: PublicKey): boolean {
  if (algorithm.scheme === "ecdsa") return key.is === "ec" && key.curve === algorithm.curve
  return key.is === "rsa" && algorithm.scheme !== "ed25519"
}

const CURVE_HASH = { "P-256": "sha-256", "P-384": "sha-384", "P-521": "sha-512" } as const

/** What a key on a token can sign with, best first: the forms that most mail clients read before the others. */
export function algorithmsOf(key: PublicKey, offered: readonly number[]): readonly SignatureAlgorithm[] {
  return algorithmsOfKey(key).filter((algorithm) => mechanismFor(algorithm, offered) !== undefined)
}

function algorithmsOfKey(key: PublicKey): readonly SignatureAlgorithm[] {
  if (key.is === "rsa") return RSA_ALGORITHMS
  if (key.is === "ec") return [{ scheme: "ecdsa", hash: CURVE_HASH[key.curve], curve: key.curve }]
  return []
}

/** The DigestInfo of RFC 8017 section 9.2, note 1, up to the hash itself. */
const DIGEST_INFO_PREFIX: Readonly<Record<HashAlgorithm, string>> = {
  "sha-256": "3031300d060960864801650304020105000420",
  "sha-384": "3041300d060960864801650304020205000430",
  "sha-512": "3051300d060960864801650304020305000440",
}

export function digestInfo(hash: HashAlgorithm, digest: Uint8Array): Uint8Array {
  return Uint8Array.from(Buffer.concat([Buffer.from(DIGEST_INFO_PREFIX[hash], "hex"), digest]))
}
