import { createPublicKey, generateKeyPair, type KeyObject } from "node:crypto"
import { promisify } from "node:util"
import type { Curve } from "../../src-protocol/crypto-port.ts"

/** The keys that a signer may have: RSA of 2048 to 4096 bits with e = 65537, or one of three curves. */
export type KeyKind = "rsa-2048" | "rsa-3072" | "rsa-4096" | "p-256" | "p-384" | "p-521"

export interface KeyPair {
  readonly privateKey: KeyObject
  /** DER SubjectPublicKeyInfo (RFC 5280 §4.1.2.7). */
  readonly publicKeySpki: Uint8Array
}

const RSA_BITS: Readonly<Partial<Record<KeyKind, number>>> = {
  "rsa-2048": 2048,
  "rsa-3072": 3072,
  "rsa-4096": 4096,
}
const CURVES: Readonly<Partial<Record<KeyKind, Curve>>> = {
  "p-256": "P-256",
  "p-384": "P-384",
  "p-521": "P-521",
}

const generate = promisify(generateKeyPair)

/** The modulus length of an RSA key kind, `undefined` for a curve. */
export function rsaBitsOf(kind: KeyKind): number | undefined {
  return RSA_BITS[kind]
}

/** The curve of a key kind, `undefined` for RSA. */
export function curveOf(kind: KeyKind): Curve | undefined {
  return CURVES[kind]
}

/** A new key pair in memory; runs beside the event loop, RSA-4096 takes seconds. */
export async function generateKeys(kind: KeyKind): Promise<KeyPair> {
  const namedCurve = curveOf(kind)
  const pair =
    namedCurve === undefined
      ? await generate("rsa", { modulusLength: rsaBitsOf(kind) ?? 2048, publicExponent: 0x10001 })
      : await generate("ec", { namedCurve, paramEncoding: "named" })
  return keyPairOf(pair.privateKey)
}

/** The pair that a private key belongs to. */
export function keyPairOf(privateKey: KeyObject): KeyPair {
  const publicKeySpki = createPublicKey(privateKey).export({ type: "spki", format: "der" })
  return { privateKey, publicKeySpki: new Uint8Array(publicKeySpki) }
}
