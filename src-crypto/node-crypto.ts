import * as node from "node:crypto"
import type { CryptoPort, HashAlgorithm, SignatureAlgorithm } from "../src-protocol/crypto-port.ts"
import { ecdsaFromDer } from "../src-protocol/ecdsa-signature.ts"
import { KeyCache } from "./key-cache.ts"
import { kindFor, publicKeyKind } from "./public-key-kind.ts"

const NODE_HASH: Readonly<Record<HashAlgorithm, string>> = {
  "sha-256": "sha256",
  "sha-384": "sha384",
  "sha-512": "sha512",
}
const ZERO_COUNTER = new Uint8Array(16)
const keys = new KeyCache<node.KeyObject>()

/** The cryptography of the protocol on OpenSSL, by Node's own module. */
export const nodeCrypto: CryptoPort = {
  digest: (algorithm, bytes) => answer(() => node.hash(NODE_HASH[algorithm], bytes, "buffer")),
  verifySignature: (spki, algorithm, bytes, signature) =>
    Promise.resolve(verifies(spki, algorithm, bytes, signature)),
  randomBytes: (length) => node.randomFillSync(new Uint8Array(length)),
  hmacSha256: (key, bytes) => answer(() => node.createHmac("sha256", key).update(bytes).digest()),
  aes256CtrStream: (key, length) =>
    answer(() => node.createCipheriv("aes-256-ctr", key, ZERO_COUNTER).update(new Uint8Array(length))),
}

/** A plain Uint8Array of its own: a Buffer shares memory with others, and its `slice` does not copy. */
function answer(compute: () => Buffer): Promise<Uint8Array> {
  return new Promise((resolve) => {
    resolve(new Uint8Array(compute()))
  })
}

function verifies(
  spki: Uint8Array,
  algorithm: SignatureAlgorithm,
  bytes: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (publicKeyKind(spki) !== kindFor(algorithm)) return false
  try {
    const key = keyOf(spki)
    return hasFullLength(key, signature) && verifyWith(key, algorithm, bytes, signature)
  } catch {
    // A key or a signature that OpenSSL cannot read.
    return false
  }
}

function keyOf(spki: Uint8Array): node.KeyObject {
  const der = Buffer.from(spki.buffer, spki.byteOffset, spki.length)
  return keys.get(der.toString("latin1"), () =>
    node.createPublicKey({ key: der, format: "der", type: "spki" }),
  )
}

/** OpenSSL takes a PSS signature whose leading zero byte was left out; then one signature would have two forms. */
function hasFullLength(key: node.KeyObject, signature: Uint8Array): boolean {
  const bits = key.asymmetricKeyDetails?.modulusLength
  return bits === undefined || signature.length === Math.ceil(bits / 8)
}

function verifyWith(
  key: node.KeyObject,
  algorithm: SignatureAlgorithm,
  bytes: Uint8Array,
  signature: Uint8Array,
): boolean {
  switch (algorithm.scheme) {
    case "rsa-pkcs1":
      return node.verify(NODE_HASH[algorithm.hash], bytes, key, signature)
    case "rsa-pss": {
      // Without both of these node:crypto answers false to every PSS signature, and says nothing.
      const padding = node.constants.RSA_PKCS1_PSS_PADDING
      return node.verify(
        NODE_HASH[algorithm.hash],
        bytes,
        { key, padding, saltLength: algorithm.saltLength },
        signature,
      )
    }
    case "ecdsa": {
      const raw = ecdsaFromDer(signature, algorithm.curve)
      return node.verify(NODE_HASH[algorithm.hash], bytes, { key, dsaEncoding: "ieee-p1363" }, raw)
    }
    case "ed25519":
      return node.verify(undefined, bytes, key, signature)
  }
}
