import type { Curve, SignatureAlgorithm } from "../src-protocol/crypto-port.ts"
import { bytesOfHex } from "../src-protocol/bytes.ts"

/** What a key is for. Both adapters read keys by it, so that neither takes one that the other does not. */
export type PublicKeyKind = "rsa" | Curve | "ed25519"

/*
 * A SubjectPublicKeyInfo of each of these kinds begins with the same bytes up to the key itself (RFC 3279 section 2.3,
 * RFC 5480 with a named curve and an uncompressed point, RFC 8410), and has the same length where the key has one.
 */
const FIXED: readonly {
  readonly kind: PublicKeyKind
  readonly prefix: Uint8Array
  readonly length: number
}[] = [
  { kind: "P-256", prefix: bytesOfHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004"), length: 91 },
  { kind: "P-384", prefix: bytesOfHex("3076301006072a8648ce3d020106052b8104002203620004"), length: 120 },
  { kind: "P-521", prefix: bytesOfHex("30819b301006072a8648ce3d020106052b810400230381860004"), length: 158 },
  { kind: "ed25519", prefix: bytesOfHex("302a300506032b6570032100"), length: 44 },
]
const RSA_ALGORITHM = bytesOfHex("300d06092a864886f70d0101010500")
const TWO_LENGTH_BYTES = 0x82

/** The kind of the key in a SubjectPublicKeyInfo, or `undefined` for all that the protocol does not know. */
export function publicKeyKind(spki: Uint8Array): PublicKeyKind | undefined {
  const fixed = FIXED.find(({ prefix, length }) => spki.length === length && hasAt(spki, 0, prefix))
  return fixed?.kind ?? (isRsa(spki) ? "rsa" : undefined)
}

/** The length takes two bytes from 2,048 bits on, the least that the protocol takes. */
function isRsa(spki: Uint8Array): boolean {
  const isWhole = spki[0] === 0x30 && spki[1] === TWO_LENGTH_BYTES && lengthAt(spki, 2) === spki.length - 4
  return isWhole && hasAt(spki, 4, RSA_ALGORITHM)
}

function lengthAt(spki: Uint8Array, at: number): number {
  return ((spki[at] ?? 0) << 8) | (spki[at + 1] ?? 0)
}

function hasAt(bytes: Uint8Array, at: number, part: Uint8Array): boolean {
  return part.every((byte, i) => bytes[at + i] === byte)
}

/** The kind of key that an algorithm needs. */
export function kindFor(algorithm: SignatureAlgorithm): PublicKeyKind {
  switch (algorithm.scheme) {
    case "rsa-pkcs1":
    case "rsa-pss":
      return "rsa"
    case "ecdsa":
      return algorithm.curve
    case "ed25519":
      return "ed25519"
  }
}
