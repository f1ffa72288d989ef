import type { WebEidToken } from "../../src-protocol/api.ts"
import { asciiBytes, bytesOfBase64, concatBytes } from "../../src-protocol/bytes.ts"
import { readCertificate, type Certificate } from "../../src-protocol/certificate.ts"
import type { CryptoPort, Curve, HashAlgorithm, SignatureAlgorithm } from "../../src-protocol/crypto-port.ts"
import { ecdsaToDer } from "../../src-protocol/ecdsa-signature.ts"
import { ProtocolError } from "../../src-protocol/errors.ts"
import type { PublicKey } from "../../src-protocol/public-key.ts"

type AlgorithmName = WebEidToken["algorithm"]

const HASHES: Readonly<Record<AlgorithmName, HashAlgorithm>> = {
  RS256: "sha-256",
  RS384: "sha-384",
  RS512: "sha-512",
  PS256: "sha-256",
  PS384: "sha-384",
  PS512: "sha-512",
  ES256: "sha-256",
  ES384: "sha-384",
  ES512: "sha-512",
}
const SALT_BYTES: Readonly<Record<HashAlgorithm, number>> = { "sha-256": 32, "sha-384": 48, "sha-512": 64 }
/** The curve that each JSON Web Algorithm has (RFC 7518 section 3.4). */
const CURVES: Readonly<Partial<Record<AlgorithmName, Curve>>> = {
  ES256: "P-256",
  ES384: "P-384",
  ES512: "P-521",
}

/** What was signed at which origin, as this server knows it; nothing of it comes from the token. */
export interface SignedChallenge {
  readonly origin: string
  readonly nonce: string
}

/**
 * The certificate with whose key this token answers the challenge (Web eID, "Token format": the signature covers
 * `hash(origin) ‖ hash(nonce)`, with the hash of the algorithm's name). Whether that certificate may sign in is not
 * asked here. Throws `malformed-certificate`, `weak-algorithm` (not for this key) or `bad-signature`.
 */
export async function verifyWebEidToken(
  crypto: Pick<CryptoPort, "digest" | "verifySignature">,
  token: WebEidToken,
  { origin, nonce }: SignedChallenge,
): Promise<Certificate> {
  const unverifiedCertificate = readCertificate(bytesOfBase64(token.unverifiedCertificate))
  const { algorithm, signature } = readSignature(token, unverifiedCertificate.publicKey)
  const hash = HASHES[token.algorithm]
  const signed = concatBytes(
    await crypto.digest(hash, asciiBytes(origin)),
    await crypto.digest(hash, asciiBytes(nonce)),
  )
  if (await crypto.verifySignature(unverifiedCertificate.spki, algorithm, signed, signature))
    return unverifiedCertificate
  throw new ProtocolError("bad-signature", "the token's signature is not over this origin and nonce")
}

interface TokenSignature {
  readonly algorithm: SignatureAlgorithm
  readonly signature: Uint8Array
}

function readSignature(token: WebEidToken, key: PublicKey): TokenSignature {
  const signature = bytesOfBase64(token.signature)
  const hash = HASHES[token.algorithm]
  const curve = CURVES[token.algorithm]
  if (curve !== undefined) {
    if (key.is !== "ec" || key.curve !== curve) throw notForThisKey()
    // Web eID carries r ‖ s; the crypto port takes the DER form.
    return { algorithm: { scheme: "ecdsa", hash, curve }, signature: ecdsaToDer(signature) }
  }
  if (key.is !== "rsa") throw notForThisKey()
  if (token.algorithm.startsWith("RS")) return { algorithm: { scheme: "rsa-pkcs1", hash }, signature }
  return { algorithm: { scheme: "rsa-pss", hash, saltLength: SALT_BYTES[hash] }, signature }
}

function notForThisKey(): ProtocolError {
  return new ProtocolError(
    "weak-algorithm",
    "the token's algorithm is not one for the key of its certificate",
  )
}
