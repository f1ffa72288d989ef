import { createCipheriv, randomBytes } from "node:crypto"
import { describe, expect, test } from "vitest"
import { nodeCrypto, openNodeCrypto } from "../../src-crypto/node-crypto.ts"
import { webCrypto } from "../../src-crypto/web-crypto.ts"
import { asciiBytes, bytesOfHex, concatBytes, hexOf } from "../../src-protocol/bytes.ts"
import type { CryptoPort, SignatureAlgorithm } from "../../src-protocol/crypto-port.ts"
import { ecdsaToDer } from "../../src-protocol/ecdsa-signature.ts"
import { ecdsaSigners, ed25519Signer, rsaSigners, smallRsa, type SoftSigner } from "./signers.ts"

const ADAPTERS: readonly { readonly name: string; readonly crypto: CryptoPort }[] = [
  { name: "node:crypto", crypto: nodeCrypto },
  { name: "Web Crypto", crypto: webCrypto },
]
const SIGNERS = [...rsaSigners(), ...ecdsaSigners(), ed25519Signer()]
const MESSAGE = asciiBytes("what was signed")

/** FIPS 180-4, example computations of NIST (messages "abc", empty, and 448 bits). */
const TWO_BLOCKS = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"
const DIGESTS = [
  ["sha-256", "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
  ["sha-256", "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
  ["sha-256", TWO_BLOCKS, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"],
  [
    "sha-384",
    "abc",
    "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
  ],
  [
    "sha-512",
    "abc",
    "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a" +
      "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
  ],
] as const

/** RFC 4231 sections 4.2 to 4.8: key, data, HMAC-SHA-256. */
const HMACS = [
  [
    "0b".repeat(20),
    hexOf(asciiBytes("Hi There")),
    "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
  ],
  [
    hexOf(asciiBytes("Jefe")),
    hexOf(asciiBytes("what do ya want for nothing?")),
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
  ],
  ["aa".repeat(20), "dd".repeat(50), "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"],
  [
    "aa".repeat(131),
    hexOf(asciiBytes("Test Using Larger Than Block-Size Key - Hash Key First")),
    "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
  ],
] as const

/** RFC 8032 section 7.1, tests 1 and 2: public key, message, signature. */
const ED25519 = [
  [
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    "",
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
  ],
  [
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    "72",
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  ],
] as const
const ED25519_SPKI = "302a300506032b6570032100"

/** RFC 6979 section A.2.5: P-256, SHA-256, message "sample". */
const P256_SPKI = bytesOfHex(
  "3059301306072a8648ce3d020106082a8648ce3d03010703420004" +
    "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6" +
    "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299",
)
const P256_SIGNATURE = bytesOfHex(
  "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716" +
    "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
)
const P256: SignatureAlgorithm = { scheme: "ecdsa", hash: "sha-256", curve: "P-256" }

function flipBit(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.with(at, (bytes[at] ?? 0) ^ 1)
}

/** The first signature of ever new messages that begins with a zero byte: one in 256 does. */
function signatureWithLeadingZero(signer: SoftSigner): { message: Uint8Array; signature: Uint8Array } {
  for (let number = 0; ; number++) {
    const message = asciiBytes(String(number))
    const signature = signer.sign(message)
    if (signature[0] === 0) return { message, signature }
  }
}

describe.each(ADAPTERS)("$name", ({ crypto }) => {
  test.each(DIGESTS)("the digest %s of '%s' is the published one", async (algorithm, text, digest) => {
    expect(hexOf(await crypto.digest(algorithm, asciiBytes(text)))).toBe(digest)
  })

  test("a digest is a plain array of its own", async () => {
    const digest = await crypto.digest("sha-256", MESSAGE)
    expect(digest.constructor).toBe(Uint8Array)
    expect(digest.buffer.byteLength).toBe(32)
  })

  test.each(HMACS)("the HMAC under %s is the published one", async (key, data, hmac) => {
    expect(hexOf(await crypto.hmacSha256(bytesOfHex(key), bytesOfHex(data)))).toBe(hmac)
  })

  test("an HMAC under an empty key is answered, and is that of RFC 2104", async () => {
    expect(hexOf(await crypto.hmacSha256(new Uint8Array(0), new Uint8Array(0)))).toBe(
      "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad",
    )
  })

  test("the AES-256-CTR key stream under a key of zeros is that of the GCM test cases 13 and 14", async () => {
    expect(hexOf(await crypto.aes256CtrStream(new Uint8Array(32), 32))).toBe(
      "dc95c078a2408989ad48a21492842087530f8afbc74536b9a963b4f1c4cb738b",
    )
  })

  test("the AES-256-CTR key stream under the first key of NIST's VarKey256 begins as published", async () => {
    const key = new Uint8Array(32).with(0, 0x80)
    expect(hexOf(await crypto.aes256CtrStream(key, 16))).toBe("e35a6dcb19b201a01ebcfa8aa22b5759")
  })

  test("block 256 of the key stream is the encryption of the counter 256", async () => {
    const key = randomBytes(32)
    const counter = new Uint8Array(16).with(14, 1)
    const block = createCipheriv("aes-256-ecb", key, null).update(counter)
    const stream = await crypto.aes256CtrStream(key, 257 * 16)
    expect(hexOf(stream.slice(256 * 16))).toBe(hexOf(block))
  })

  test("a key stream ends in the middle of a block where it is asked to", async () => {
    const whole = await crypto.aes256CtrStream(new Uint8Array(32), 48)
    expect(await crypto.aes256CtrStream(new Uint8Array(32), 21)).toEqual(whole.slice(0, 21))
  })

  test("an AES key that is not 32 bytes long is refused", async () => {
    await expect(crypto.aes256CtrStream(new Uint8Array(16), 16)).rejects.toThrow()
  })

  test("random bytes are as many as asked for, also above 64 KiB, and never twice the same", () => {
    const many = crypto.randomBytes(100_000)
    expect(many).toHaveLength(100_000)
    expect(new Set(many.subarray(99_000)).size).toBeGreaterThan(200)
    expect(crypto.randomBytes(32)).not.toEqual(crypto.randomBytes(32))
    expect(crypto.randomBytes(0)).toHaveLength(0)
  })

  test.each(ED25519)(
    "the Ed25519 signature of the published key %s verifies",
    async (key, message, signature) => {
      const spki = bytesOfHex(ED25519_SPKI + key)
      const verified = crypto.verifySignature(
        spki,
        { scheme: "ed25519" },
        bytesOfHex(message),
        bytesOfHex(signature),
      )
      expect(await verified).toBe(true)
    },
  )

  test("the published ECDSA signature on P-256 verifies in DER, and not as two plain numbers", async () => {
    const message = asciiBytes("sample")
    expect(await crypto.verifySignature(P256_SPKI, P256, message, ecdsaToDer(P256_SIGNATURE))).toBe(true)
    expect(await crypto.verifySignature(P256_SPKI, P256, message, P256_SIGNATURE)).toBe(false)
  })

  describe.each(SIGNERS)("$name", (signer) => {
    const signature = signer.sign(MESSAGE)
    const verify = (spki: Uint8Array, bytes: Uint8Array, claimed: Uint8Array) =>
      crypto.verifySignature(spki, signer.algorithm, bytes, claimed)

    test("a good signature verifies, the first time and again", async () => {
      expect(await verify(signer.spki, MESSAGE, signature)).toBe(true)
      expect(await verify(signer.spki, MESSAGE, signature)).toBe(true)
    })

    test("a signature in the middle of a larger buffer verifies", async () => {
      const around = (bytes: Uint8Array) =>
        concatBytes(MESSAGE, bytes, MESSAGE).subarray(15, 15 + bytes.length)
      expect(await verify(around(signer.spki), around(MESSAGE), around(signature))).toBe(true)
    })

    test("an altered message does not verify", async () => {
      expect(await verify(signer.spki, flipBit(MESSAGE, 3), signature)).toBe(false)
    })

    test("a signature with any altered byte does not verify", async () => {
      const places = [...signature.keys()]
      const verdicts = places.map((at) => verify(signer.spki, MESSAGE, flipBit(signature, at)))
      expect(await Promise.all(verdicts)).not.toContain(true)
    })

    test("a signature that is empty, cut or longer does not verify", async () => {
      const zero = Uint8Array.of(0)
      expect(await verify(signer.spki, MESSAGE, new Uint8Array(0))).toBe(false)
      expect(await verify(signer.spki, MESSAGE, signature.slice(1))).toBe(false)
      expect(await verify(signer.spki, MESSAGE, signature.slice(0, -1))).toBe(false)
      expect(await verify(signer.spki, MESSAGE, concatBytes(signature, zero))).toBe(false)
      expect(await verify(signer.spki, MESSAGE, concatBytes(zero, signature))).toBe(false)
    })

    test("a key that cannot be read answers false", async () => {
      const { spki } = signer
      expect(await verify(new Uint8Array(0), MESSAGE, signature)).toBe(false)
      expect(await verify(spki.slice(0, -1), MESSAGE, signature)).toBe(false)
      expect(await verify(concatBytes(spki, Uint8Array.of(0)), MESSAGE, signature)).toBe(false)
      expect(
        await verify(
          spki.map((byte, i) => (i < 24 ? byte : 0xff)),
          MESSAGE,
          signature,
        ),
      ).toBe(false)
    })

    test("a key of any other kind answers false", async () => {
      const others = SIGNERS.filter((other) => other.spki.length !== signer.spki.length)
      const verdicts = await Promise.all(others.map((other) => verify(other.spki, MESSAGE, signature)))
      expect(verdicts.length).toBeGreaterThan(2)
      expect(verdicts).not.toContain(true)
    })

    test("the algorithm decides: under any other one the same signature does not verify", async () => {
      const others = SIGNERS.filter((other) => other !== signer).map((other) => other.algorithm)
      const verdicts = others.map((other) => crypto.verifySignature(signer.spki, other, MESSAGE, signature))
      expect(await Promise.all(verdicts)).not.toContain(true)
    })
  })

  test.each(rsaSigners().slice(0, 2))("$name: a leading zero byte may not be left out", async (signer) => {
    const { message, signature } = signatureWithLeadingZero(signer)
    const verify = (claimed: Uint8Array) =>
      crypto.verifySignature(signer.spki, signer.algorithm, message, claimed)
    expect(await verify(signature)).toBe(true)
    expect(await verify(signature.slice(1))).toBe(false)
  })

  test("a PSS signature verifies only with the salt length that was agreed", async () => {
    const signer = rsaSigners().find(({ algorithm }) => algorithm.scheme === "rsa-pss")
    if (signer?.algorithm.scheme !== "rsa-pss") throw new Error("there is no PSS signer")
    const shorter = { ...signer.algorithm, saltLength: 20 }
    const signature = signer.sign(MESSAGE)
    expect(await crypto.verifySignature(signer.spki, shorter, MESSAGE, signature)).toBe(false)
  })

  test("an RSA key of 1,024 bits verifies nothing", async () => {
    for (const signer of rsaSigners(smallRsa).slice(0, 2))
      expect(await crypto.verifySignature(signer.spki, signer.algorithm, MESSAGE, signer.sign(MESSAGE))).toBe(
        false,
      )
  })

  test("a compressed point, and one that is not on the curve, verify nothing", async () => {
    const compressed = concatBytes(
      bytesOfHex("3039301306072a8648ce3d020106082a8648ce3d030107032200"),
      Uint8Array.of(0x03),
      P256_SPKI.slice(27, 59),
    )
    const offCurve = flipBit(P256_SPKI, P256_SPKI.length - 1)
    for (const spki of [compressed, offCurve])
      expect(await crypto.verifySignature(spki, P256, asciiBytes("sample"), ecdsaToDer(P256_SIGNATURE))).toBe(
        false,
      )
  })
})

// A key that comes back is not read the way it was the first time.
describe("a key that comes back to node:crypto", () => {
  test.each(SIGNERS)("$name is answered as it was when it was strange", async (signer) => {
    const { spki, algorithm } = signer
    const signature = signer.sign(MESSAGE)
    const [goodFirst, badFirst] = [openNodeCrypto(), openNodeCrypto()]
    const answer = (crypto: CryptoPort, message: Uint8Array) =>
      crypto.verifySignature(spki, algorithm, message, signature)
    for (let time = 0; time < 3; time++) {
      expect(await answer(goodFirst, MESSAGE)).toBe(true)
      expect(await answer(goodFirst, flipBit(MESSAGE, 0))).toBe(false)
      expect(await answer(badFirst, flipBit(MESSAGE, 0))).toBe(false)
      expect(await answer(badFirst, MESSAGE)).toBe(true)
    }
  })
})
