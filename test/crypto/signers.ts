import { generateKeyPairSync, sign, constants, type KeyObject } from "node:crypto"
import type { SignatureAlgorithm } from "../../src-protocol/crypto-port.ts"

/** A key made for one run, and a signature with it by OpenSSL: what the adapters are held against. */
export interface SoftSigner {
  readonly name: string
  readonly algorithm: SignatureAlgorithm
  readonly spki: Uint8Array
  sign(bytes: Uint8Array): Uint8Array
}

interface Pair {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

function signer(
  name: string,
  algorithm: SignatureAlgorithm,
  pair: Pair,
  signWith: (bytes: Uint8Array) => Buffer,
): SoftSigner {
  const spki = plain(pair.publicKey.export({ type: "spki", format: "der" }))
  return { name, algorithm, spki, sign: (bytes) => plain(signWith(bytes)) }
}

function plain(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer)
}

const OPENSSL_HASH = { "sha-256": "sha256", "sha-384": "sha384", "sha-512": "sha512" } as const
const OPENSSL_CURVE = { "P-256": "prime256v1", "P-384": "secp384r1", "P-521": "secp521r1" } as const
const HASHES = ["sha-256", "sha-384", "sha-512"] as const

const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 })
export const smallRsa = generateKeyPairSync("rsa", { modulusLength: 1024 })

export function rsaSigners(pair: Pair = rsa): readonly SoftSigner[] {
  const padding = constants.RSA_PKCS1_PSS_PADDING
  return HASHES.flatMap((hash) => {
    const saltLength = { "sha-256": 32, "sha-384": 48, "sha-512": 64 }[hash]
    return [
      signer(`RSA PKCS #1 with ${hash}`, { scheme: "rsa-pkcs1", hash }, pair, (bytes) =>
        sign(OPENSSL_HASH[hash], bytes, pair.privateKey),
      ),
      signer(`RSA-PSS with ${hash}`, { scheme: "rsa-pss", hash, saltLength }, pair, (bytes) =>
        sign(OPENSSL_HASH[hash], bytes, { key: pair.privateKey, padding, saltLength }),
      ),
    ]
  })
}

export function ecdsaSigners(): readonly SoftSigner[] {
  return (["P-256", "P-384", "P-521"] as const).map((curve, i) => {
    const pair = generateKeyPairSync("ec", { namedCurve: OPENSSL_CURVE[curve] })
    const hash = HASHES[i] ?? "sha-256"
    return signer(`ECDSA on ${curve} with ${hash}`, { scheme: "ecdsa", hash, curve }, pair, (bytes) =>
      sign(OPENSSL_HASH[hash], bytes, pair.privateKey),
    )
  })
}

export function ed25519Signer(): SoftSigner {
  const pair = generateKeyPairSync("ed25519")
  return signer("Ed25519", { scheme: "ed25519" }, pair, (bytes) => sign(undefined, bytes, pair.privateKey))
}
