import { constants, createPublicKey, verify, X509Certificate, type KeyObject } from "node:crypto"
import { beforeAll, describe, expect, test } from "vitest"
import type { SignatureAlgorithm } from "../../src-protocol/crypto-port.ts"
import { softCard } from "../../src-testkit/cards/soft-signer.ts"
import type { KeyKind } from "../../src-testkit/pki/keys.ts"
import type { TestPki } from "../../src-testkit/pki/test-pki.ts"
import { CARD_PROFILE_IDS, CARD_PROFILES } from "../../src-testkit/profiles.ts"
import { testPki } from "../support/test-pki.ts"

const BYTES = Buffer.from("what is signed")

let pki: TestPki

beforeAll(async () => {
  pki = await testPki()
})

function verified(
  key: KeyObject,
  algorithm: SignatureAlgorithm,
  signature: Uint8Array,
  bytes = BYTES,
): boolean {
  if (algorithm.scheme === "ed25519") return false
  const hash = algorithm.hash.replace("-", "")
  const pss = algorithm.scheme === "rsa-pss"
  const padding = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: pss ? algorithm.saltLength : 0 }
  return verify(hash, bytes, pss ? { key, ...padding } : key, signature)
}

function publicKeyOf(chain: readonly Uint8Array[]): KeyObject {
  const [certificate] = chain
  if (certificate === undefined) throw new RangeError("no certificate")
  return createPublicKey(new X509Certificate(certificate).publicKey.export({ type: "spki", format: "pem" }))
}

describe("a card in memory", () => {
  test.each<KeyKind>(["rsa-2048", "rsa-3072", "rsa-4096", "p-256", "p-384", "p-521"])(
    "with keys of %s signs in every algorithm it offers, and node:crypto verifies it",
    async (keyKind) => {
      const { signature } = await softCard({
        pki,
        profile: "arts",
        name: "Jan Jansen",
        at: Date.now(),
        keyKind,
      })
      const key = publicKeyOf(signature.certificateChain)
      expect(signature.algorithms.length).toBe(keyKind.startsWith("rsa") ? 6 : 1)
      for (const algorithm of signature.algorithms) {
        const signed = await signature.sign(BYTES, algorithm)
        expect(verified(key, algorithm, signed)).toBe(true)
        expect(verified(key, algorithm, signed, Buffer.from("something else"))).toBe(false)
      }
    },
  )

  test("that signs with RSASSA-PSS offers nothing else", async () => {
    const { signature } = await softCard({ pki, profile: "arts-pss", name: "Jan Jansen", at: Date.now() })
    expect(signature.algorithms.map(({ scheme }) => scheme)).toEqual(["rsa-pss", "rsa-pss", "rsa-pss"])
  })

  test("has different keys for signing in and for signing", async () => {
    const card = await softCard({ pki, profile: "arts-p256", name: "Jan Jansen", at: Date.now() })
    const [first, second] = [card.authentication, card.signature].map(({ certificateChain }) =>
      publicKeyOf(certificateChain),
    )
    expect(first?.equals(second ?? publicKeyOf([]))).toBe(false)
  })

  test("hands over its own certificate and every authority's below the root, in order", async () => {
    const { signature } = await softCard({ pki, profile: "arts-p256", name: "Jan Jansen", at: Date.now() })
    const chain = signature.certificateChain.map((certificate) => new X509Certificate(certificate))
    expect(chain.length).toBe(3)
    chain.reduce((below, above) => {
      expect(below.checkIssued(above) && below.verify(above.publicKey)).toBe(true)
      return above
    })
    const root = new X509Certificate(pki.root)
    expect(chain.at(-1)?.verify(root.publicKey)).toBe(true)
  })

  test("without a signature certificate has no chain, no algorithm, and does not sign", async () => {
    const { signature, authentication } = await softCard({
      pki,
      profile: "geen-handtekening",
      name: "Jan Jansen",
      at: Date.now(),
    })
    expect(signature.certificateChain).toEqual([])
    expect(signature.algorithms).toEqual([])
    await expect(signature.sign(BYTES, { scheme: "rsa-pkcs1", hash: "sha-256" })).rejects.toThrow(
      /no certificate/,
    )
    expect(authentication.certificateChain.length).toBe(3)
  })

  test("has the same numbers for the same name, and others for another", async () => {
    const make = (name: string) => softCard({ pki, profile: "arts-p256", name, at: Date.now() })
    const [one, same, other] = [
      await make("Jan Jansen"),
      await make("Jan Jansen"),
      await make("Piet Pieters"),
    ]
    expect(same.holder).toEqual(one.holder)
    expect(other.holder.uziNumber).not.toBe(one.holder.uziNumber)
    expect(one.holder.uziNumber).toMatch(/^9\d{8}$/)
    expect(one.holder.subscriberNumber).toMatch(/^9\d{7}$/)
  })

  test.each([
    ["Zoë van 't Hof-d'Été, jr", "Zoë", "van 't Hof-d'Été, jr"],
    ["Tester", "Tester", "Tester"],
    ["Anna-Maria de Boer", "Anna-Maria", "de Boer"],
  ])("divides the name %s", async (name, givenName, surname) => {
    const { holder } = await softCard({ pki, profile: "arts-p256", name, at: Date.now() })
    expect(holder).toMatchObject({ givenName, surname, commonName: name })
  })

  test("cuts a name that is too long and ends it in a hyphen", async () => {
    const { holder } = await softCard({
      pki,
      profile: "arts-p256",
      name: `Jan ${"é".repeat(80)}`,
      at: Date.now(),
    })
    expect(holder.commonName).toBe(`Jan ${"é".repeat(59)}-`)
  })

  test.each(["", " Jan", "Jan ", "Jan\nJansen", "Jan\u0000", "Jan\u200bJansen"])(
    "is not made for the name %j",
    async (name) => {
      const options = { pki, profile: "arts-p256", name, at: Date.now() } as const
      await expect(softCard(options)).rejects.toMatchObject({ code: "malformed-name" })
    },
  )
})

describe("every profile", () => {
  test.each(CARD_PROFILE_IDS)(
    "%s can be made, and says in both languages what to expect",
    async (profile) => {
      const card = await softCard({ pki, profile, name: "Jan Jansen", at: Date.now() })
      const { words, id } = CARD_PROFILES[profile]
      expect(id).toBe(profile)
      expect(words.en).toMatch(/^A .*\.$/)
      expect(words.nl).toMatch(/^Een .*\.$/)
      expect([...card.certificates.keys()]).toHaveLength(profile === "geen-handtekening" ? 2 : 3)
    },
  )
})
