import { beforeAll, describe, expect, test } from "vitest"
import { cardSigner } from "../../src-main/card/card-signer.ts"
import type { CardHost } from "../../src-main/card/host/card-host.ts"
import type { KeyRestriction } from "../../src-main/card/host/host-messages.ts"
import { readCard, type Card } from "../../src-main/card/read-card.ts"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { readCertificate } from "../../src-protocol/certificate.ts"
import type { CertificateUse } from "../../src-protocol/check-uzi-certificate.ts"
import type { Signer } from "../../src-protocol/signed-data.ts"
import type { Card as TestCard } from "../../src-testkit/cards/card-record.ts"
import type { TestPki } from "../../src-testkit/pki/test-pki.ts"
import { testPki } from "../support/test-pki.ts"
import { openCardHome, pinBytes, type CardHome } from "./support/card-home.ts"

const BYTES = new TextEncoder().encode("what is signed")

let pki: TestPki
let home: CardHome
let host: CardHost

beforeAll(async () => {
  pki = await testPki()
  home = await openCardHome()
  host = home.host()
})

/** The Signer that a card is after a sign-in has shown what its keys may do. */
async function signerAfterSignIn(testCard: TestCard, use: CertificateUse): Promise<Signer> {
  const card = await readCard(host, testCard.tokenSerialNumber, pki.trust, Date.now())
  let learnt: readonly KeyRestriction[] = []
  const signIn = cardSigner({
    ...options(card, "authentication", testCard.pin),
    learn: (found) => {
      learnt = found
    },
  })
  const [algorithm] = signIn.algorithms
  if (algorithm === undefined) throw new RangeError("the card cannot sign in")
  await signIn.sign(BYTES, algorithm)
  return cardSigner({ ...options(card, use, testCard.pin), restrictions: learnt })
}

function options(card: Card, use: CertificateUse, pin: string): Parameters<typeof cardSigner>[0] {
  return { host, card, use, pin: pinBytes(pin), restrictions: [], learn: () => undefined }
}

async function expectEveryAlgorithmToVerify(testCard: TestCard, schemes: readonly string[]): Promise<void> {
  const { algorithms, certificateChain } = await signerAfterSignIn(testCard, "signature")
  expect([...new Set(algorithms.map(({ scheme }) => scheme))]).toEqual(schemes)
  const { spki } = readCertificate(certificateChain[0] ?? new Uint8Array())
  for (const algorithm of algorithms) {
    const signature = await (await signerAfterSignIn(testCard, "signature")).sign(BYTES, algorithm)
    expect(await nodeCrypto.verifySignature(spki, algorithm, BYTES, signature)).toBe(true)
    expect(await nodeCrypto.verifySignature(spki, algorithm, BYTES.subarray(1), signature)).toBe(false)
  }
}

describe("a card signs so that node:crypto verifies it", () => {
  test("with an RSA key, by PKCS #1 and by PSS, with each hash", async () => {
    const card = await home.make({ profile: "arts", name: "Anna RSA" })
    await expectEveryAlgorithmToVerify(card, ["rsa-pkcs1", "rsa-pss"])
  })

  test.each([
    ["arts-p256", "P-256", "sha-256"],
    ["arts-p384", "P-384", "sha-384"],
  ])("with the key of %s: ECDSA in DER, with the hash of the curve", async (profile, curve, hash) => {
    const card = await home.make({ profile, name: `Bea ${curve}` })
    const { algorithms } = await signerAfterSignIn(card, "signature")
    expect(algorithms).toEqual([{ scheme: "ecdsa", hash, curve }])
    await expectEveryAlgorithmToVerify(card, ["ecdsa"])
  })

  test("with a key that may do PSS only, by PSS only: a login tells, and no PIN is spent on finding out", async () => {
    const card = await home.make({ profile: "arts-pss", name: "Cas PSS" })
    await expectEveryAlgorithmToVerify(card, ["rsa-pss"])
  })

  test("with a key that asks for the PIN at each signature", async () => {
    const card = await home.make({ profile: "arts-p256", name: "Dirk Altijd", alwaysAuthenticate: true })
    await expectEveryAlgorithmToVerify(card, ["ecdsa"])
  })
})

describe("one card signs for one use at a time", () => {
  let arts: TestCard
  beforeAll(async () => {
    arts = await home.make({ profile: "arts-p256", name: "Eva van 't Hof-d'Été, jr", pin: "aB3456" })
  })

  test("the chain has the leaf and both intermediates, and no root", async () => {
    const { certificateChain } = await signerAfterSignIn(arts, "signature")
    const names = certificateChain.map((der) => readCertificate(der).subject.attributes.at(-1)?.value)
    expect(certificateChain).toHaveLength(3)
    expect(certificateChain).not.toContainEqual(pki.root)
    expect(names.slice(1).join()).toContain("Zorgverlener CA")
  })

  test("signature and sign-in have different certificates, each of the right key", async () => {
    const signature = await signerAfterSignIn(arts, "signature")
    const authentication = await signerAfterSignIn(arts, "authentication")
    expect(signature.certificateChain[0]).not.toEqual(authentication.certificateChain[0])
    const algorithm = { scheme: "ecdsa", hash: "sha-256", curve: "P-256" } as const
    const { spki } = readCertificate(authentication.certificateChain[0] ?? new Uint8Array())
    const signed = await signature.sign(BYTES, algorithm)
    expect(await nodeCrypto.verifySignature(spki, algorithm, BYTES, signed)).toBe(false)
  })

  test("the PIN is wiped with the first signature, and a second one is refused without a try", async () => {
    const card = await readCard(host, arts.tokenSerialNumber, pki.trust, Date.now())
    const pin = pinBytes(arts.pin)
    const signer = cardSigner({ ...options(card, "signature", ""), pin })
    const [algorithm] = signer.algorithms
    if (algorithm === undefined) throw new RangeError("no algorithm")
    await signer.sign(BYTES, algorithm)
    expect([...pin].every((byte) => byte === 0)).toBe(true)
    await expect(signer.sign(BYTES, algorithm)).rejects.toMatchObject({ code: "PIN_CHARACTERS" })
    const [token] = (await host.listTokens()).filter(({ serial }) => serial === arts.tokenSerialNumber)
    expect(token?.pin.countLow).toBe(false)
  })

  test("the key of the signature certificate never signs a login, nor the other way about", async () => {
    const card = await readCard(host, arts.tokenSerialNumber, pki.trust, Date.now())
    const { signature, authentication } = card.certificates
    const swapped: Card = {
      ...card,
      certificates: {
        ...(authentication === undefined ? {} : { signature: authentication }),
        ...(signature === undefined ? {} : { authentication: signature }),
      },
    }
    for (const use of ["signature", "authentication"] as const) {
      const signer = cardSigner(options(swapped, use, arts.pin))
      await expect(
        signer.sign(BYTES, { scheme: "ecdsa", hash: "sha-256", curve: "P-256" }),
      ).rejects.toMatchObject({
        code: "WRONG_CERTIFICATE",
      })
    }
  })

  test("a card without a signature certificate can sign in, and says before any PIN that it cannot sign", async () => {
    const testCard = await home.make({ profile: "geen-handtekening", name: "Femke Zonder" })
    const card = await readCard(host, testCard.tokenSerialNumber, pki.trust, Date.now())
    expect(card.certificates.authentication).toBeDefined()
    expect(() => cardSigner(options(card, "signature", testCard.pin))).toThrow(
      expect.objectContaining({ code: "NO_SIGNATURE_CERTIFICATE" }),
    )
  })

  test("a card that is not in a reader is not found", async () => {
    await expect(readCard(host, "0000000000000000", pki.trust, Date.now())).rejects.toMatchObject({
      code: "TOKEN_NOT_FOUND",
    })
  })
})
