import { ecdsaFromDer } from "../src-protocol/ecdsa-signature.ts"
import type { CryptoPort, HashAlgorithm, SignatureAlgorithm } from "../src-protocol/crypto-port.ts"
import { KeyCache } from "./key-cache.ts"
import { kindFor, publicKeyKind } from "./public-key-kind.ts"

const WEB_HASH: Readonly<Record<HashAlgorithm, string>> = {
  "sha-256": "SHA-256",
  "sha-384": "SHA-384",
  "sha-512": "SHA-512",
}
/** The most that `getRandomValues` fills at once (Web Cryptography API, section 10.1.1). */
const MAX_RANDOM_BYTES = 65_536
const ZERO_COUNTER = new Uint8Array(16)
const COUNTER_BITS = 128

type VerifyingKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>
const keys = new KeyCache<Promise<VerifyingKey>>()

/** The cryptography of the protocol on Web Crypto: in a browser, on a phone, in the window of the desk, in Node too. */
export const webCrypto: CryptoPort = {
  digest: async (algorithm, bytes) => new Uint8Array(await crypto.subtle.digest(WEB_HASH[algorithm], bytes)),
  verifySignature,
  randomBytes,
  hmacSha256,
  aes256CtrStream,
}

function randomBytes(length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length; at += MAX_RANDOM_BYTES)
    crypto.getRandomValues(bytes.subarray(at, at + MAX_RANDOM_BYTES))
  return bytes
}

async function hmacSha256(key: Uint8Array, bytes: Uint8Array): Promise<Uint8Array> {
  // Web Crypto refuses an empty key. HMAC fills a short key up with zero bytes, so one zero byte is the same key.
  const raw = key.length === 0 ? new Uint8Array(1) : key
  const hmacKey = await crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
  ])
  return new Uint8Array(await crypto.subtle.sign("HMAC", hmacKey, bytes))
}

async function aes256CtrStream(key: Uint8Array, length: number): Promise<Uint8Array> {
  if (key.length !== 32) throw new RangeError(`AES-256 needs 32 bytes of key, not ${key.length}`)
  const aesKey = await crypto.subtle.importKey("raw", key, "AES-CTR", false, ["encrypt"])
  const parameters = { name: "AES-CTR", counter: ZERO_COUNTER, length: COUNTER_BITS }
  return new Uint8Array(await crypto.subtle.encrypt(parameters, aesKey, new Uint8Array(length)))
}

async function verifySignature(
  spki: Uint8Array,
  algorithm: SignatureAlgorithm,
  bytes: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  if (publicKeyKind(spki) !== kindFor(algorithm)) return false
  try {
    const key = await keyOf(spki, algorithm)
    if (!hasFullLength(key, signature)) return false
    const raw = algorithm.scheme === "ecdsa" ? ecdsaFromDer(signature, algorithm.curve) : signature
    return await crypto.subtle.verify(verifyParameters(algorithm), key, raw, bytes)
  } catch {
    // A key or a signature that Web Crypto cannot read.
    return false
  }
}

/** Web Crypto binds a key to one scheme and hash, so they are part of its name. */
function keyOf(spki: Uint8Array, algorithm: SignatureAlgorithm): Promise<VerifyingKey> {
  const parameters = importParameters(algorithm)
  const name = JSON.stringify(parameters) + String.fromCharCode(...spki)
  return keys.get(name, () => crypto.subtle.importKey("spki", spki, parameters, false, ["verify"]))
}

function importParameters(algorithm: SignatureAlgorithm) {
  switch (algorithm.scheme) {
    case "rsa-pkcs1":
      return { name: "RSASSA-PKCS1-v1_5", hash: WEB_HASH[algorithm.hash] }
    case "rsa-pss":
      return { name: "RSA-PSS", hash: WEB_HASH[algorithm.hash] }
    case "ecdsa":
      return { name: "ECDSA", namedCurve: algorithm.curve }
    case "ed25519":
      return { name: "Ed25519" }
  }
}

function verifyParameters(algorithm: SignatureAlgorithm) {
  switch (algorithm.scheme) {
    case "rsa-pkcs1":
      return { name: "RSASSA-PKCS1-v1_5" }
    case "rsa-pss":
      return { name: "RSA-PSS", saltLength: algorithm.saltLength }
    case "ecdsa":
      return { name: "ECDSA", hash: WEB_HASH[algorithm.hash] }
    case "ed25519":
      return { name: "Ed25519" }
  }
}

/** Engines differ in whether they take an RSA signature without its leading zero bytes; here it has one form. */
function hasFullLength(key: VerifyingKey, signature: Uint8Array): boolean {
  if (!("modulusLength" in key.algorithm)) return true
  return signature.length === Math.ceil(Number(key.algorithm.modulusLength) / 8)
}
