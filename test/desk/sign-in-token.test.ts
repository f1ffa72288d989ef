import { beforeAll, describe, expect, test } from "vitest"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { composeToken } from "../../src-main/backend/session/sign-in.ts"
import { WebEidToken } from "../../src-protocol/api.ts"
import { bytesOfBase64, concatBytes } from "../../src-protocol/bytes.ts"
import { readCertificate } from "../../src-protocol/certificate.ts"
import type { SignatureAlgorithm } from "../../src-protocol/crypto-port.ts"
import { ecdsaToDer } from "../../src-protocol/ecdsa-signature.ts"
import type { Signer } from "../../src-protocol/signed-data.ts"
import { softCard } from "../../src-testkit/cards/soft-signer.ts"
import type { CardProfileId } from "../../src-testkit/profiles.ts"
import type { TestPki } from "../../src-testkit/pki/test-pki.ts"
import { testPki } from "../support/test-pki.ts"

const ORIGIN = "https://backend.example"
const NONCE = "MTIzNDU2NzgxMjM0NTY3ODEyMzQ1Njc4MTIzNDU2NzgxMjM="

let pki: TestPki
beforeAll(async () => {
  pki = await testPki()
})

async function cardOf(profile: CardProfileId): Promise<Signer> {
  return (await softCard({ pki, profile, name: "Anna de Vries", at: Date.now() })).authentication
}

/** What must have been signed: hash(origin) ‖ hash(nonce), each over the text as it travels. */
async function signedBytes({ algorithm }: WebEidToken, origin: string, nonce: string): Promise<Uint8Array> {
  const hash = { "256": "sha-256", "384": "sha-384", "512": "sha-512" } as const
  const name = algorithm.slice(2)
  if (name !== "256" && name !== "384" && name !== "512") throw new RangeError(algorithm)
  const text = new TextEncoder()
  return concatBytes(
    await nodeCrypto.digest(hash[name], text.encode(origin)),
    await nodeCrypto.digest(hash[name], text.encode(nonce)),
  )
}

async function verifies(
  token: WebEidToken,
  algorithm: SignatureAlgorithm,
  origin = ORIGIN,
  nonce = NONCE,
): Promise<boolean> {
  const { spki } = readCertificate(bytesOfBase64(token.unverifiedCertificate))
  const signature = bytesOfBase64(token.signature)
  const der = algorithm.scheme === "ecdsa" ? ecdsaToDer(signature) : signature
  return nodeCrypto.verifySignature(spki, algorithm, await signedBytes(token, origin, nonce), der)
}

describe("the token of a login", () => {
  test.each([
    ["arts-p256", "ES256", { scheme: "ecdsa", hash: "sha-256", curve: "P-256" }],
    ["arts-p384", "ES384", { scheme: "ecdsa", hash: "sha-384", curve: "P-384" }],
    ["arts", "RS256", { scheme: "rsa-pkcs1", hash: "sha-256" }],
    ["arts-pss", "PS256", { scheme: "rsa-pss", hash: "sha-256", saltLength: 32 }],
  ] as const)("of the profile %s is signed by %s over origin and nonce", async (profile, name, algorithm) => {
    const token = await composeToken(nodeCrypto, await cardOf(profile), ORIGIN, NONCE)
    expect(WebEidToken.parse(token).algorithm).toBe(name)
    expect(await verifies(token, algorithm)).toBe(true)
    expect(await verifies(token, algorithm, "https://relay.example")).toBe(false)
    expect(await verifies(token, algorithm, ORIGIN, `${NONCE}=`)).toBe(false)
  })

  test("takes every name that the signer's algorithm has", async () => {
    const card = await cardOf("arts")
    for (const algorithm of card.algorithms) {
      if (algorithm.scheme === "ed25519") continue
      const token = await composeToken(nodeCrypto, { ...card, algorithms: [algorithm] }, ORIGIN, NONCE)
      expect(token.algorithm).toMatch(algorithm.scheme === "rsa-pss" ? /^PS/ : /^RS/)
      expect(await verifies(token, algorithm)).toBe(true)
    }
  })

  test("holds no more than the certificate: no chain, no name, no version of ours", async () => {
    const token = await composeToken(nodeCrypto, await cardOf("arts-p256"), ORIGIN, NONCE)
    expect(Object.keys(token).sort()).toEqual(["algorithm", "format", "signature", "unverifiedCertificate"])
  })

  test("is not made by a signer that can do nothing a token knows", async () => {
    const card = await cardOf("arts-p256")
    await expect(composeToken(nodeCrypto, { ...card, algorithms: [] }, ORIGIN, NONCE)).rejects.toThrow(
      RangeError,
    )
    await expect(
      composeToken(nodeCrypto, { ...card, algorithms: [{ scheme: "ed25519" }] }, ORIGIN, NONCE),
    ).rejects.toThrow(RangeError)
    await expect(composeToken(nodeCrypto, { ...card, certificateChain: [] }, ORIGIN, NONCE)).rejects.toThrow(
      RangeError,
    )
  })
})
