/** The hash functions of the protocol (FIPS 180-4). SHA-1 and MD5 are not among them. */
export type HashAlgorithm = "sha-256" | "sha-384" | "sha-512"

/** The curves that a signer may use (FIPS 186-5). */
export type Curve = "P-256" | "P-384" | "P-521"

/**
 * The signature algorithms of the protocol. An ECDSA signature is always the DER form of RFC 3279 section 2.2.3
 * (SEQUENCE of r and s); an RSA signature is as long as the modulus; Ed25519 is 64 bytes (RFC 8032).
 */
export type SignatureAlgorithm =
  | { readonly scheme: "rsa-pkcs1"; readonly hash: HashAlgorithm }
  | { readonly scheme: "rsa-pss"; readonly hash: HashAlgorithm; readonly saltLength: number }
  | { readonly scheme: "ecdsa"; readonly hash: HashAlgorithm; readonly curve: Curve }
  | { readonly scheme: "ed25519" }

/**
 * All the cryptography that the protocol needs, and the only way by which it gets it.
 * Two adapters exist (`src-crypto/node-crypto.ts`, `src-crypto/web-crypto.ts`); the same tests run both.
 */
export interface CryptoPort {
  /** The digest of `bytes`. */
  digest(algorithm: HashAlgorithm, bytes: Uint8Array): Promise<Uint8Array>
  /**
   * Whether `signature` over `bytes` is that of the key in `spki` (DER SubjectPublicKeyInfo, RFC 5280 section 4.1.2.7).
   * A key or a signature that cannot be read answers `false`, as a wrong one does; it does not throw.
   */
  verifySignature(
    spki: Uint8Array,
    algorithm: SignatureAlgorithm,
    bytes: Uint8Array,
    signature: Uint8Array,
  ): Promise<boolean>
  /** `length` bytes of the platform's cryptographically secure generator. */
  randomBytes(length: number): Uint8Array
  /** HMAC-SHA-256 (RFC 2104) of `bytes` under `key`. */
  hmacSha256(key: Uint8Array, bytes: Uint8Array): Promise<Uint8Array>
  /** The first `length` bytes of the AES-256-CTR key stream under `key` (32 bytes), initial counter 0 (SP 800-38A). */
  aes256CtrStream(key: Uint8Array, length: number): Promise<Uint8Array>
}
