import type { SessionAnswer, WebEidToken } from "../../../src-protocol/api.ts"
import { base64Of, concatBytes } from "../../../src-protocol/bytes.ts"
import type { CryptoPort, HashAlgorithm, SignatureAlgorithm } from "../../../src-protocol/crypto-port.ts"
import { ecdsaFromDer } from "../../../src-protocol/ecdsa-signature.ts"
import type { Signer } from "../../../src-protocol/signed-data.ts"
import type { BackendClient } from "../backend-client.ts"

type TokenAlgorithm = WebEidToken["algorithm"]

/** The names of RFC 7518 section 3.1, which the Web eID authentication token uses. */
const NAMES: Readonly<
  Record<"rsa-pkcs1" | "rsa-pss" | "ecdsa", Readonly<Record<HashAlgorithm, TokenAlgorithm>>>
> = {
  "rsa-pkcs1": { "sha-256": "RS256", "sha-384": "RS384", "sha-512": "RS512" },
  "rsa-pss": { "sha-256": "PS256", "sha-384": "PS384", "sha-512": "PS512" },
  ecdsa: { "sha-256": "ES256", "sha-384": "ES384", "sha-512": "ES512" },
}

/**
 * Signs in at the backend with the card's authentication key: a nonce of its, our own idea of its origin, one signature
 * over both. Throws what the signer throws, and BackendError.
 */
export async function signIn(
  client: BackendClient,
  crypto: Pick<CryptoPort, "digest">,
  signer: Signer,
): Promise<SessionAnswer> {
  const { nonce } = await client.challenge()
  return client.signIn(nonce, await composeToken(crypto, signer, client.origin, nonce))
}

/**
 * The Web eID authentication token: the signature is over hash(origin) ‖ hash(nonce), both by the hash of the
 * algorithm, so that a login that somebody relays is good for the relay's own origin alone.
 * Throws RangeError where the signer has no algorithm that a token knows.
 */
export async function composeToken(
  crypto: Pick<CryptoPort, "digest">,
  signer: Signer,
  origin: string,
  nonce: string,
): Promise<WebEidToken> {
  const algorithm = signer.algorithms.find((candidate) => candidate.scheme !== "ed25519")
  const [certificate] = signer.certificateChain
  if (algorithm === undefined || certificate === undefined) throw new RangeError("this signer cannot sign in")
  const text = new TextEncoder()
  const signed = concatBytes(
    await crypto.digest(algorithm.hash, text.encode(origin)),
    await crypto.digest(algorithm.hash, text.encode(nonce)),
  )
  return {
    format: "web-eid:1.0",
    unverifiedCertificate: base64Of(certificate),
    algorithm: NAMES[algorithm.scheme][algorithm.hash],
    signature: base64Of(tokenForm(algorithm, await signer.sign(signed, algorithm))),
  }
}

/** RFC 7518 section 3.4: an ECDSA signature is r and s one after the other, not DER. */
function tokenForm(algorithm: SignatureAlgorithm, signature: Uint8Array): Uint8Array {
  return algorithm.scheme === "ecdsa" ? ecdsaFromDer(signature, algorithm.curve) : signature
}
