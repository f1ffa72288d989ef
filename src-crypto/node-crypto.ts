import * as node from "node:crypto"
import type { CryptoPort, HashAlgorithm, SignatureAlgorithm } from "../src-protocol/crypto-port.ts"
import { ecdsaFromDer } from "../src-protocol/ecdsa-signature.ts"
import { readPublicKey } from "../src-protocol/public-key.ts"
import { KeyCache } from "./key-cache.ts"
import { kindFor, publicKeyKind, type PublicKeyKind } from "./public-key-kind.ts"

const NODE_HASH: Readonly<Record<HashAlgorithm, string>> = {
  "sha-256": "sha256",
  "sha-384": "sha384",
  "sha-512": "sha512",
}
const ZERO_COUNTER = new Uint8Array(16)
interface ReadKey {
  readonly pem: string
  /** Made when the key comes back: a stranger's signature is checked with the text, which leaves no object to collect. */
  object: node.KeyObject | undefined
  uses: number
  /** How long its signatures are, for RSA. Node can tell too, but takes as long for it as for checking a signature. */
  readonly signatureBytes: number | undefined
}
type Keys = KeyCache<ReadKey>

/** The cryptography of the protocol on OpenSSL, by Node's own module, with read keys of its own to remember. */
export function openNodeCrypto(): CryptoPort {
  const keys: Keys = new KeyCache()
  return {
    digest: (algorithm, bytes) => answer(() => digest(algorithm, bytes)),
    verifySignature: (spki, algorithm, bytes, signature) =>
      Promise.resolve(verifies(keys, spki, algorithm, bytes, signature)),
    randomBytes: (length) => node.randomFillSync(new Uint8Array(length)),
    hmacSha256: (key, bytes) => answer(() => node.createHmac("sha256", key).update(bytes).digest()),
    aes256CtrStream: (key, length) =>
      answer(() => node.createCipheriv("aes-256-ctr", key, ZERO_COUNTER).update(new Uint8Array(length))),
  }
}

/** The one that a program uses throughout. */
export const nodeCrypto: CryptoPort = openNodeCrypto()

/** A plain Uint8Array of its own: a Buffer shares memory with others, and its `slice` does not copy. */
function answer(compute: () => Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve) => {
    const bytes = compute()
    resolve(bytes instanceof Buffer ? new Uint8Array(bytes) : bytes)
  })
}

/** By way of a text of as many characters: Node takes longer to make a Buffer than to digest a certificate. */
function digest(algorithm: HashAlgorithm, bytes: Uint8Array): Uint8Array {
  const text = node.hash(NODE_HASH[algorithm], bytes, "binary")
  const digested = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) digested[i] = text.charCodeAt(i)
  return digested
}

function verifies(
  keys: Keys,
  spki: Uint8Array,
  algorithm: SignatureAlgorithm,
  bytes: Uint8Array,
  signature: Uint8Array,
): boolean {
  const kind = kindFor(algorithm)
  if (publicKeyKind(spki) !== kind) return false
  try {
    const key = keyOf(keys, spki, kind)
    // OpenSSL takes a PSS signature whose leading zero byte was left out; then one signature would have two forms.
    if (key.signatureBytes !== undefined && signature.length !== key.signatureBytes) return false
    key.uses += 1
    return verifyWith(key, algorithm, bytes, signature)
  } catch {
    // A key or a signature that OpenSSL cannot read.
    return false
  }
}

function keyOf(keys: Keys, spki: Uint8Array, kind: PublicKeyKind): ReadKey {
  const der = Buffer.from(spki.buffer, spki.byteOffset, spki.length)
  return keys.get(der.toString("latin1"), () => {
    const described = readPublicKey(spki)
    const signatureBytes = described.is === "rsa" ? Math.ceil(described.modulusBits / 8) : undefined
    return { pem: textOf(der, kind), object: undefined, uses: 0, signatureBytes }
  })
}

/** 24 bytes stand before the key proper of an RSA key from 2,048 bits on: what is left of it is PKCS #1, which is read sooner. */
const RSA_KEY_AT = 24
const LONG_BIT_STRING = Buffer.from("0382", "hex")

/**
 * A key as PEM text, for `createPublicKey` and `verify` are quick with text alone: they ask of anything else whether it is a
 * KeyObject or a CryptoKey by letting a native method throw, up to four times, which costs three times as much as reading the
 * key.
 */
function textOf(spki: Buffer, kind: PublicKeyKind): string {
  const isLongRsa = kind === "rsa" && spki.subarray(19, 21).equals(LONG_BIT_STRING)
  return isLongRsa ? pem("RSA PUBLIC KEY", spki.subarray(RSA_KEY_AT)) : pem("PUBLIC KEY", spki)
}

function objectOf(key: ReadKey): node.KeyObject {
  key.object ??= node.createPublicKey(key.pem)
  return key.object
}

function pem(label: string, der: Buffer): string {
  return `-----BEGIN ${label}-----\n${der.toString("base64")}\n-----END ${label}-----\n`
}

function verifyWith(
  key: ReadKey,
  algorithm: SignatureAlgorithm,
  bytes: Uint8Array,
  signature: Uint8Array,
): boolean {
  switch (algorithm.scheme) {
    case "rsa-pkcs1":
      return node.verify(NODE_HASH[algorithm.hash], bytes, plainKey(key), signature)
    case "rsa-pss": {
      // Without both of these node:crypto answers false to every PSS signature, and says nothing.
      const padding = node.constants.RSA_PKCS1_PSS_PADDING
      return node.verify(
        NODE_HASH[algorithm.hash],
        bytes,
        { key: objectOf(key), padding, saltLength: algorithm.saltLength },
        signature,
      )
    }
    case "ecdsa": {
      const raw = ecdsaFromDer(signature, algorithm.curve)
      return node.verify(
        NODE_HASH[algorithm.hash],
        bytes,
        { key: objectOf(key), dsaEncoding: "ieee-p1363" },
        raw,
      )
    }
    case "ed25519":
      return node.verify(undefined, bytes, plainKey(key), signature)
  }
}

/** The text for the first time, the object from then on. */
function plainKey(key: ReadKey): node.KeyObject | string {
  return key.uses > 1 ? objectOf(key) : key.pem
}
