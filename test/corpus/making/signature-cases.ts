import { generateKeyPairSync, privateEncrypt, constants, createPublicKey, type KeyObject } from "node:crypto"
import { bytesOfHex, concatBytes } from "../../../src-protocol/bytes.ts"
import { encodeStatement } from "../../../src-protocol/statement.ts"
import { readDer } from "../../../src-protocol/read-der.ts"
import {
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  sequence,
  tagged,
  context,
  type Der,
} from "../../../src-testkit/pki/der.ts"
import type { KeyPair } from "../../../src-testkit/pki/keys.ts"
import { keyPairOf } from "../../../src-testkit/pki/keys.ts"
import { attribute, writePackage } from "../../support/package-writer.ts"
import { elementsOf } from "./ber.ts"
import { certified, written, writtenWith, type CorpusCase } from "./corpus-case.ts"

const SHA256 = "2.16.840.1.101.3.4.2.1"
const MGF1 = "1.2.840.113549.1.1.8"
const RSASSA_PSS = "1.2.840.113549.1.1.10"
const SHA1 = "1.3.14.3.2.26"

function pss(what: string, ...parameters: readonly Der[]): CorpusCase {
  return written(
    what,
    "weak-algorithm",
    { signatureIdentifier: sequence(objectIdentifier(RSASSA_PSS), ...parameters) },
    "arts-pss",
  )
}

const hashIdentifier = (oid: string): Der => sequence(objectIdentifier(oid), nullValue())
const mask = (oid: string): Der => sequence(objectIdentifier(MGF1), hashIdentifier(oid))

function rsa(modulusLength: number, publicExponent = 65537): KeyPair {
  return keyPairOf(generateKeyPairSync("rsa", { modulusLength, publicExponent }).privateKey)
}

function curve(namedCurve: string, paramEncoding: "named" | "explicit" = "named"): KeyPair {
  return keyPairOf(generateKeyPairSync("ec", { namedCurve, paramEncoding }).privateKey)
}

const ECDSA_P256 = { scheme: "ecdsa", hash: "sha-256", curve: "P-256" } as const

const ALGORITHMS: readonly CorpusCase[] = [
  pss("PSS without parameters"),
  pss(
    "PSS with the mask by SHA-1",
    sequence(context(0, hashIdentifier(SHA256)), context(1, mask(SHA1)), context(2, integer(32))),
  ),
  pss(
    "PSS with a salt of 20 bytes said",
    sequence(context(0, hashIdentifier(SHA256)), context(1, mask(SHA256)), context(2, integer(20))),
  ),
  pss(
    "PSS with the default salt left out",
    sequence(context(0, hashIdentifier(SHA256)), context(1, mask(SHA256))),
  ),
  pss("PSS by SHA-1", sequence()),
  pss(
    "PSS with a trailer field",
    sequence(
      context(0, hashIdentifier(SHA256)),
      context(1, mask(SHA256)),
      context(2, integer(32)),
      context(3, integer(1)),
    ),
  ),
  pss(
    "PSS by another hash than the digest",
    sequence(
      context(0, hashIdentifier("2.16.840.1.101.3.4.2.3")),
      context(1, mask("2.16.840.1.101.3.4.2.3")),
      context(2, integer(64)),
    ),
  ),
  written("an MD5 digest", "weak-algorithm", { digestIdentifier: hashIdentifier("1.2.840.113549.2.5") }),
  written("a SHA-224 digest", "weak-algorithm", {
    digestIdentifier: sequence(objectIdentifier("2.16.840.1.101.3.4.2.4")),
  }),
  written("a SHA3-256 digest", "weak-algorithm", {
    digestIdentifier: sequence(objectIdentifier("2.16.840.1.101.3.4.2.8")),
  }),
  written("an MD5 signature algorithm", "weak-algorithm", {
    signatureIdentifier: hashIdentifier("1.2.840.113549.1.1.4"),
  }),
  written("an ECDSA algorithm with an RSA key", "weak-algorithm", {
    signatureIdentifier: sequence(objectIdentifier("1.2.840.10045.4.3.2")),
  }),
  written("the signature algorithm without its NULL", "weak-algorithm", {
    signatureIdentifier: sequence(objectIdentifier("1.2.840.113549.1.1.11")),
  }),
  written(
    "ECDSA with a NULL",
    "weak-algorithm",
    { signatureIdentifier: hashIdentifier("1.2.840.10045.4.3.2") },
    "arts-p256",
  ),
  certified("an RSA key of 8192 bits", "weak-algorithm", () => ({ keys: rsa(8192) })),
  certified("an RSA key of 2047 bits", "weak-algorithm", () => ({ keys: rsa(2047) })),
  certified("an RSA key with exponent 65539", "weak-algorithm", () => ({ keys: rsa(2048, 65539) })),
  certified("an EC key on secp256k1", "weak-algorithm", () => ({
    keys: curve("secp256k1"),
    algorithm: ECDSA_P256,
  })),
  certified("an EC key on brainpoolP256r1", "weak-algorithm", () => ({
    keys: curve("brainpoolP256r1"),
    algorithm: ECDSA_P256,
  })),
  certified("a P-256 key with its curve written out", "weak-algorithm", () => ({
    keys: curve("P-256", "explicit"),
    algorithm: ECDSA_P256,
  })),
  certified("a P-256 key as a compressed point", "weak-algorithm", () => ({
    keys: compressed(curve("P-256")),
    algorithm: ECDSA_P256,
  })),
  certified("a key that is for PSS alone (id-RSASSA-PSS)", "weak-algorithm", () => ({
    keys: keyPairOf(generateKeyPairSync("rsa-pss", { modulusLength: 2048 }).privateKey),
    algorithm: { scheme: "rsa-pss", hash: "sha-256", saltLength: 32 },
  })),
]

function compressed({ privateKey, publicKeySpki }: KeyPair): KeyPair {
  const head = publicKeySpki.subarray(0, publicKeySpki.length - 65)
  const [x, last] = [publicKeySpki.subarray(-64, -32), publicKeySpki.at(-1) ?? 0]
  const algorithm = head.subarray(2, head.length - 3)
  return { privateKey, publicKeySpki: sequence(algorithm, tagged(0x03, Uint8Array.of(0, 2 + (last & 1)), x)) }
}

const P256_ORDER = BigInt("0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")

interface Halves {
  readonly r: Der
  readonly s: Der
}

function ecdsa(what: string, change: (usual: Halves, number: (half: Der) => bigint) => Der): CorpusCase {
  return written(
    what,
    "bad-signature",
    {
      signature: (usual) => {
        const [r = usual, s = usual] = elementsOf(usual)
        return change({ r, s }, numberIn)
      },
    },
    "arts-p256",
  )
}

function numberIn(half: Der): bigint {
  const { contentStart, end } = readDer(half)
  return BigInt(`0x${Buffer.from(half.subarray(contentStart, end)).toString("hex")}`)
}

const ECDSA: readonly CorpusCase[] = [
  ecdsa("ECDSA with r = 0", ({ s }) => sequence(integer(0), s)),
  ecdsa("ECDSA with s = 0", ({ r }) => sequence(r, integer(0))),
  ecdsa("ECDSA with r = s = 0", () => sequence(integer(0), integer(0))),
  ecdsa("ECDSA with r = s = 1", () => sequence(integer(1), integer(1))),
  ecdsa("ECDSA with r the order of the curve", ({ s }) => sequence(integer(P256_ORDER), s)),
  ecdsa("ECDSA with the order added to r", ({ r, s }, number) =>
    sequence(integer(number(r) + P256_ORDER), s),
  ),
  ecdsa("ECDSA with the order added to s", ({ r, s }, number) =>
    sequence(r, integer(number(s) + P256_ORDER)),
  ),
  ecdsa("ECDSA with a negative s", ({ r }) => sequence(r, tagged(0x02, Uint8Array.of(0x80, 1)))),
  ecdsa("ECDSA with a leading zero octet at r", ({ r, s }) =>
    sequence(tagged(0x02, Uint8Array.of(0, 0), r.subarray(2)), s),
  ),
  ecdsa("ECDSA with a third number", ({ r, s }) => sequence(r, s, integer(1))),
  ecdsa("ECDSA with a byte after it", ({ r, s }) => concatBytes(sequence(r, s), Uint8Array.of(0))),
  ecdsa("ECDSA as r and s without DER", ({ r, s }, number) => concatBytes(half(number(r)), half(number(s)))),
]

const half = (number: bigint): Uint8Array => bytesOfHex(number.toString(16).padStart(64, "0"))

function modulusOf(spki: Uint8Array): bigint {
  const { n = "" } = createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" }).export({
    format: "jwk",
  })
  return BigInt(`0x${Buffer.from(n, "base64url").toString("hex")}`)
}

/** A signature that is made of a key's private half in a way of its own. */
function byHand(what: string, sign: (key: KeyObject, usual: Uint8Array) => Uint8Array): CorpusCase {
  return {
    what,
    expect: "bad-signature",
    make: async (world) => {
      const keys = rsa(2048)
      const signer = await world.signerWith({ keys })
      return await writePackage(world.content, signer, world.now, {
        signature: (usual) => sign(keys.privateKey, usual),
      })
    },
  }
}

const RSA: readonly CorpusCase[] = [
  byHand("RSA over the bare hash, without DigestInfo", (key) =>
    privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.alloc(32, 7)),
  ),
  byHand("an RSA signature with the modulus added to it", (key, usual) => {
    const sum = BigInt(`0x${Buffer.from(usual).toString("hex")}`) + modulusOf(keyPairOf(key).publicKeySpki)
    const digits = sum.toString(16)
    return bytesOfHex(digits.length % 2 === 0 ? digits : `0${digits}`)
  }),
  written("an RSA signature of zeros", "bad-signature", {
    signature: (usual) => new Uint8Array(usual.length),
  }),
  written("an RSA signature of one", "bad-signature", {
    signature: (usual) => new Uint8Array(usual.length).with(-1, 1),
  }),
  written("an RSA signature with a zero before it", "bad-signature", {
    signature: (usual) => concatBytes(Uint8Array.of(0), usual),
  }),
  written("an RSA signature with a byte after it", "bad-signature", {
    signature: (usual) => concatBytes(usual, Uint8Array.of(0)),
  }),
  written("no signature", "bad-signature", { signature: () => new Uint8Array() }),
  writtenWith("the signature of a colleague", "bad-signature", async ({ signerOf, content }) => {
    const colleague = await signerOf("verpleegkundige")
    const [algorithm = { scheme: "rsa-pkcs1", hash: "sha-256" } as const] = colleague.algorithms
    const other = await colleague.sign(content, algorithm)
    return { signature: () => other }
  }),
  written("PSS said, PKCS #1 done", "bad-signature", {
    signatureIdentifier: sequence(
      objectIdentifier(RSASSA_PSS),
      sequence(context(0, hashIdentifier(SHA256)), context(1, mask(SHA256)), context(2, integer(32))),
    ),
  }),
]

const SHA256_BYTES = 32

/** Another messageDigest, and signed like that. */
function digested(what: string, change: (digest: Uint8Array) => Uint8Array): CorpusCase {
  return written(what, "bad-signature", {
    attributes: (usual) => {
      const digest = change(usual.messageDigest.slice(-SHA256_BYTES))
      return Object.values({
        ...usual,
        messageDigest: attribute("1.2.840.113549.1.9.4", octetString(digest)),
      })
    },
  })
}

const DIGEST: readonly CorpusCase[] = [
  {
    what: "other digits in the statement than were signed",
    expect: "bad-signature",
    make: async ({ content, now, statement, signerOf }) => {
      const code = { ...statement.code, confirmation: "9999" }
      const contentAsSent = encodeStatement({ ...statement, code })
      return await writePackage(content, await signerOf("arts"), now, { contentAsSent })
    },
  },
  digested("a messageDigest of something else, well signed", () => new Uint8Array(32)),
  digested("an empty messageDigest, well signed", () => new Uint8Array()),
  digested("a messageDigest cut to its first half, well signed", (usual) => usual.slice(0, 16)),
  written("other content than was signed", "bad-signature", {
    contentAsSent: Buffer.from("DP-3T"),
  }),
  written("no content at all in its place", "bad-signature", { contentAsSent: new Uint8Array() }),
]

/** What is wrong with algorithms, keys, signature and digest. */
export const SIGNATURE_CASES: readonly CorpusCase[] = [...ALGORITHMS, ...ECDSA, ...RSA, ...DIGEST]
