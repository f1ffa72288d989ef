import { constants, createECDH, createPrivateKey, privateEncrypt, type KeyObject } from "node:crypto"
import { encodeTlv } from "./tlv.ts"

/** What the applet wants of a private key. */
export interface CardKey {
  /** The algorithm identifier of SP 800-78-4 table 6-2; 16 for RSA-4096 is what other makers use. */
  readonly algorithm: number
  /** RSA: the raw operation on a block as long as the modulus, padded by the host. EC: ECDSA over a digest, in DER. */
  sign(block: Uint8Array): Uint8Array
  /** ECDH with a point 04 ‖ X ‖ Y: the x-coordinate (SP 800-56A §5.7.1.2). Throws for an RSA key. */
  agree(point: Uint8Array): Uint8Array
}

const RSA_ALGORITHMS: ReadonlyMap<number | undefined, number> = new Map([
  [2048, 0x07],
  [3072, 0x05],
  [4096, 0x16],
])

interface Curve {
  readonly algorithm: number
  readonly order: bigint
  readonly bytes: number
}

/** The orders of the base points (SEC 2 §2.4.2, §2.5.1). */
const CURVES: ReadonlyMap<string | undefined, Curve> = new Map([
  [
    "prime256v1",
    {
      algorithm: 0x11,
      order: BigInt("0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"),
      bytes: 32,
    },
  ],
  [
    "secp384r1",
    {
      algorithm: 0x14,
      order: BigInt(
        "0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973",
      ),
      bytes: 48,
    },
  ],
])

/** The card's key of a PKCS #8 private key in PEM; throws RangeError for a kind that the card cannot hold. */
export function cardKey(pem: string): CardKey {
  const key = createPrivateKey(pem)
  return key.asymmetricKeyType === "rsa" ? rsaKey(key) : ecKey(key)
}

function rsaKey(key: KeyObject): CardKey {
  const bits = key.asymmetricKeyDetails?.modulusLength
  const algorithm = RSA_ALGORITHMS.get(bits)
  if (algorithm === undefined) throw new RangeError(`the card has no RSA keys of ${bits ?? 0} bits`)
  return {
    algorithm,
    sign: (block) => new Uint8Array(privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, block)),
    agree: () => {
      throw new RangeError("an RSA key agrees on nothing")
    },
  }
}

function ecKey(key: KeyObject): CardKey {
  const name = key.asymmetricKeyDetails?.namedCurve
  const curve = CURVES.get(name)
  if (curve === undefined || name === undefined)
    throw new RangeError(`the card has no keys on the curve ${name ?? "?"}`)
  const scalar = Buffer.from(key.export({ format: "jwk" }).d ?? "", "base64url")
  return {
    algorithm: curve.algorithm,
    sign: (digest) => signDigest(name, curve, integerOf(scalar), digest),
    agree: (point) => {
      const ecdh = createECDH(name)
      ecdh.setPrivateKey(scalar)
      return new Uint8Array(ecdh.computeSecret(point))
    },
  }
}

/**
 * ECDSA over a digest that is ready (FIPS 186-5 §6.4.1), as a card does it: node:crypto always hashes itself. The
 * nonce and its point are node:crypto's; only the last line of arithmetic is ours. For test keys alone: not in
 * constant time.
 */
function signDigest(name: string, curve: Curve, scalar: bigint, digest: Uint8Array): Uint8Array {
  const { order, bytes } = curve
  const number = integerOf(digest.subarray(0, bytes))
  for (;;) {
    const nonce = createECDH(name)
    const point = nonce.generateKeys()
    const r = integerOf(point.subarray(1, 1 + bytes)) % order
    const inverse = inverseOf(integerOf(nonce.getPrivateKey()), order)
    const s = (inverse * ((number + r * scalar) % order)) % order
    if (r !== 0n && s !== 0n) return encodeTlv(0x30, derInteger(r), derInteger(s))
  }
}

/** Extended Euclid; `value` and the prime `order` have no common divisor. */
function inverseOf(value: bigint, order: bigint): bigint {
  let [coefficient, nextCoefficient] = [0n, 1n]
  let [remainder, nextRemainder] = [order, value % order]
  while (nextRemainder !== 0n) {
    const quotient = remainder / nextRemainder
    ;[coefficient, nextCoefficient] = [nextCoefficient, coefficient - quotient * nextCoefficient]
    ;[remainder, nextRemainder] = [nextRemainder, remainder - quotient * nextRemainder]
  }
  return coefficient < 0n ? coefficient + order : coefficient
}

function integerOf(bytes: Uint8Array): bigint {
  return BigInt(`0x0${Buffer.from(bytes).toString("hex")}`)
}

/** A positive INTEGER (X.690 §8.3). */
function derInteger(value: bigint): Uint8Array {
  const digits = value.toString(16)
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, "hex")
  const sign = (bytes[0] ?? 0) >= 0x80 ? Uint8Array.of(0) : new Uint8Array()
  return encodeTlv(0x02, sign, bytes)
}
