import { constants, sign, type KeyObject } from "node:crypto"
import { promisify } from "node:util"
import type { Curve, HashAlgorithm, SignatureAlgorithm } from "../../src-protocol/crypto-port.ts"
import { context, integer, nullValue, objectIdentifier, sequence, type Der } from "./der.ts"

const signAsync = promisify(sign)

const RSA_OID: Readonly<Record<HashAlgorithm, string>> = {
  "sha-256": "1.2.840.113549.1.1.11",
  "sha-384": "1.2.840.113549.1.1.12",
  "sha-512": "1.2.840.113549.1.1.13",
}
const ECDSA_OID: Readonly<Record<HashAlgorithm, string>> = {
  "sha-256": "1.2.840.10045.4.3.2",
  "sha-384": "1.2.840.10045.4.3.3",
  "sha-512": "1.2.840.10045.4.3.4",
}
const HASH_OID: Readonly<Record<HashAlgorithm, string>> = {
  "sha-256": "2.16.840.1.101.3.4.2.1",
  "sha-384": "2.16.840.1.101.3.4.2.2",
  "sha-512": "2.16.840.1.101.3.4.2.3",
}
const RSASSA_PSS = "1.2.840.113549.1.1.10"
const MGF1 = "1.2.840.113549.1.1.8"

/** The hash that goes with a curve (FIPS 186-5; RFC 5480 §4). */
export const HASH_OF_CURVE: Readonly<Record<Curve, HashAlgorithm>> = {
  "P-256": "sha-256",
  "P-384": "sha-384",
  "P-521": "sha-512",
}

/** `bytes` signed by a key in memory: RSA as long as the modulus, ECDSA as DER (RFC 3279 §2.2.3). */
export async function signBytes(
  privateKey: KeyObject,
  algorithm: SignatureAlgorithm,
  bytes: Uint8Array,
): Promise<Uint8Array> {
  if (algorithm.scheme === "ed25519") return new Uint8Array(await signAsync(null, bytes, privateKey))
  const hash = algorithm.hash.replace("-", "")
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: saltLengthOf(algorithm) }
  const key = algorithm.scheme === "rsa-pss" ? { key: privateKey, ...pss } : privateKey
  return new Uint8Array(await signAsync(hash, bytes, key))
}

function saltLengthOf(algorithm: SignatureAlgorithm): number {
  return algorithm.scheme === "rsa-pss" ? algorithm.saltLength : 0
}

/** The AlgorithmIdentifier of a certificate's or CRL's signature (RFC 4055, RFC 5758, RFC 8410). */
export function algorithmIdentifier(algorithm: SignatureAlgorithm): Der {
  switch (algorithm.scheme) {
    case "rsa-pkcs1":
      return sequence(objectIdentifier(RSA_OID[algorithm.hash]), nullValue())
    case "rsa-pss":
      return sequence(objectIdentifier(RSASSA_PSS), pssParameters(algorithm.hash, algorithm.saltLength))
    case "ecdsa":
      return sequence(objectIdentifier(ECDSA_OID[algorithm.hash]))
    case "ed25519":
      return sequence(objectIdentifier("1.3.101.112"))
  }
}

function pssParameters(hash: HashAlgorithm, saltLength: number): Der {
  const hashIdentifier = sequence(objectIdentifier(HASH_OID[hash]), nullValue())
  return sequence(
    context(0, hashIdentifier),
    context(1, sequence(objectIdentifier(MGF1), hashIdentifier)),
    context(2, integer(saltLength)),
  )
}
