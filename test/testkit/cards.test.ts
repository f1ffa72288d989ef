import { constants, createHash, verify, X509Certificate } from "node:crypto"
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { listCards, type Card } from "../../src-testkit/cards/card-record.ts"
import { createCard, type CreateCardOptions } from "../../src-testkit/cards/create-card.ts"
import { revoke } from "../../src-testkit/pki/revoke.ts"
import type { TestPki } from "../../src-testkit/pki/test-pki.ts"
import { testPki } from "../support/test-pki.ts"
import {
  ATTRIBUTE,
  attribute,
  CLASS,
  find,
  lookAtToken,
  MECHANISM,
  objectsOf,
  signWith,
  type OpenToken,
} from "./read-token.ts"

const BYTES = Buffer.from("what is signed")
const NONE = Buffer.alloc(0)

let pki: TestPki
let home: string
let arts: Card

beforeAll(async () => {
  pki = await testPki()
  home = await mkdtemp(join(tmpdir(), "vrijgave-cards-"))
  arts = await make({ profile: "arts", name: "Zoë van 't Hof-d'Été, jr", pin: "246810" })
})
afterAll(async () => {
  await rm(home, { recursive: true, force: true })
})

async function make(
  options: Pick<CreateCardOptions, "profile" | "name"> & Partial<CreateCardOptions>,
): Promise<Card> {
  return await createCard({ pki, softhsmDirectory: home, at: Date.now(), ...options })
}

function look<Result>(card: Card, what: (token: OpenToken) => Result): Result {
  return lookAtToken(home, card.label, card.pin, what)
}

interface OnToken {
  readonly id: Buffer
  readonly certificate: X509Certificate
}

/** The certificates on a token, found by what they say and not by their labels. */
function certificatesOn(token: OpenToken): readonly OnToken[] {
  return objectsOf(token, CLASS.certificate).map((object) => ({
    id: attribute(token, object, ATTRIBUTE.id),
    certificate: new X509Certificate(attribute(token, object, ATTRIBUTE.value)),
  }))
}

/** By key usage, DER: nonRepudiation alone. */
function signatureCertificate(token: OpenToken): OnToken {
  const found = certificatesOn(token).find(({ certificate }) =>
    certificate.raw.includes(Buffer.from("03020640", "hex")),
  )
  if (found === undefined) throw new RangeError("no signature certificate")
  return found
}

describe("a test card", () => {
  test("has three key pairs, made on the token and never to leave it", () => {
    look(arts, (token) => {
      const keys = objectsOf(token, CLASS.privateKey)
      expect(keys).toHaveLength(3)
      expect(objectsOf(token, CLASS.publicKey)).toHaveLength(3)
      for (const key of keys) {
        expect(attribute(token, key, ATTRIBUTE.local)).toEqual(Buffer.of(1))
        expect(attribute(token, key, ATTRIBUTE.sensitive)).toEqual(Buffer.of(1))
        expect(attribute(token, key, ATTRIBUTE.extractable)).toEqual(Buffer.of(0))
      }
    })
  })

  test("has its three certificates and the whole chain above them", () => {
    const certificates = look(arts, certificatesOn).map(({ certificate }) => certificate)
    const authorities = certificates.filter(({ ca }) => ca)
    expect(certificates).toHaveLength(6)
    expect(authorities.map(({ subject }) => /CN=(.*)/.exec(subject)?.[1]).sort()).toEqual([
      "TEST Vrijgave UZI-register Zorgverlener CA",
      "TEST Vrijgave Zorg CSP Level 2 Persoon CA",
      "TEST Vrijgave Zorg CSP Root CA",
    ])
  })

  test("pairs each of its own certificates with the key that fits, by identifier", () => {
    look(arts, (token) => {
      for (const { id, certificate } of certificatesOn(token).filter((one) => !one.certificate.ca)) {
        const [publicKey] = find(token, [
          { type: ATTRIBUTE.class, value: CLASS.publicKey },
          { type: ATTRIBUTE.id, value: id },
        ])
        const modulus = attribute(token, publicKey ?? NONE, ATTRIBUTE.modulus)
        expect(certificate.publicKey.export({ format: "jwk" }).n).toBe(modulus.toString("base64url"))
      }
    })
  })

  test("gives no key the identifier of an authority", () => {
    look(arts, (token) => {
      const keyIds = objectsOf(token, CLASS.privateKey).map((key) => attribute(token, key, ATTRIBUTE.id))
      for (const { id } of certificatesOn(token).filter((one) => one.certificate.ca))
        expect(keyIds).not.toContainEqual(id)
    })
  })

  test("names in each certificate object the subject, issuer and number that the certificate has", () => {
    look(arts, (token) => {
      for (const object of objectsOf(token, CLASS.certificate)) {
        const value = attribute(token, object, ATTRIBUTE.value)
        const types = [ATTRIBUTE.subject, ATTRIBUTE.issuer, ATTRIBUTE.serialNumber]
        for (const type of types) {
          const part = attribute(token, object, type)
          expect(part.length).toBeGreaterThan(10)
          expect(value.includes(part)).toBe(true)
        }
      }
    })
  })

  test("signs with RSA, and its certificate verifies it", () => {
    look(arts, (token) => {
      const { id, certificate } = signatureCertificate(token)
      const signature = signWith(token, id, MECHANISM.rsaWithSha256, BYTES)
      expect(verify("sha256", BYTES, certificate.publicKey, signature)).toBe(true)
      expect(verify("sha256", Buffer.from("other"), certificate.publicKey, signature)).toBe(false)
    })
  })

  test.each([
    ["arts-p256", "sha256"],
    ["arts-p384", "sha384"],
  ] as const)("of profile %s signs with ECDSA and %s", async (profile, hash) => {
    const card = await make({ profile, name: `Jan ${profile}` })
    look(card, (token) => {
      const { id, certificate } = signatureCertificate(token)
      const digest = createHash(hash).update(BYTES).digest()
      const signature = signWith(token, id, MECHANISM.ecdsa, digest)
      expect(verify(hash, BYTES, { key: certificate.publicKey, dsaEncoding: "ieee-p1363" }, signature)).toBe(
        true,
      )
    })
  })

  test("of profile arts-pss signs with RSASSA-PSS and refuses the older scheme", async () => {
    const card = await make({ profile: "arts-pss", name: "Jan Pss" })
    look(card, (token) => {
      const { id, certificate } = signatureCertificate(token)
      const signature = signWith(token, id, MECHANISM.pssWithSha256, BYTES)
      const padding = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
      expect(verify("sha256", BYTES, { key: certificate.publicKey, ...padding }, signature)).toBe(true)
      const older = MECHANISM.rsaWithSha256
      expect(() => signWith(token, id, older, BYTES)).toThrow("CKR_MECHANISM_INVALID")
    })
  })

  test("of profile arts-rsa4096 has a key of 4096 bits", async () => {
    const card = await make({ profile: "arts-rsa4096", name: "Jan Groot" })
    const { certificate } = look(card, signatureCertificate)
    expect(certificate.publicKey.asymmetricKeyDetails).toMatchObject({
      modulusLength: 4096,
      publicExponent: 65537n,
    })
  })

  test("that asks for the PIN at each signature does not sign without", async () => {
    const card = await make({ profile: "arts", name: "Jan Steeds", alwaysAuthenticate: true })
    const mechanism = MECHANISM.rsaWithSha256
    expect(() =>
      look(card, (token) => signWith(token, signatureCertificate(token).id, mechanism, BYTES)),
    ).toThrow("CKR_USER_NOT_LOGGED_IN")
    look(card, (token) => {
      const { id, certificate } = signatureCertificate(token)
      const signature = signWith(token, id, mechanism, BYTES, card.pin)
      expect(verify("sha256", BYTES, certificate.publicKey, signature)).toBe(true)
    })
  })

  test("without a signature certificate has the other two", async () => {
    const card = await make({ profile: "geen-handtekening", name: "Jan Zonder" })
    const own = look(card, certificatesOn).filter(({ certificate }) => !certificate.ca)
    expect(own).toHaveLength(2)
    expect(own.some(({ certificate }) => certificate.raw.includes(Buffer.from("03020640", "hex")))).toBe(
      false,
    )
  })

  test("that is forged carries the look-alike chain", async () => {
    const card = await make({ profile: "nagemaakt", name: "Jan Namaak" })
    const root = look(card, certificatesOn).find(
      ({ certificate }) => certificate.subject === certificate.issuer,
    )
    expect(root?.certificate.raw.equals(pki.authorities["rogue-root"].certificate)).toBe(true)
  })

  test("is revoked by its label", async () => {
    const card = await make({ profile: "arts-p256", name: "Jan Verloren" })
    expect(await revoke(pki, card.label, Date.now())).toHaveLength(3)
  })
})

describe("the home of test cards", () => {
  test("lists each card with what a tester needs, and keeps the PINs for the owner", async () => {
    const cards = await listCards(home)
    expect(cards[0]).toEqual(arts)
    expect(arts).toMatchObject({ label: "Zoë van 't Hof-d'Été, jr", pin: "246810", profile: "arts" })
    expect((await stat(join(home, "cards.json"))).mode & 0o077).toBe(0)
    expect(await readFile(join(home, "cards.json"), "utf8")).toContain("TEST ONLY")
  })

  test("that is none has no cards", async () => {
    expect(await listCards(join(home, "nowhere"))).toEqual([])
  })

  test("with a damaged list is refused, and takes no card", async () => {
    const damaged = await mkdtemp(join(home, "damaged-"))
    await writeFile(join(damaged, "cards.json"), "[]")
    await expect(listCards(damaged)).rejects.toMatchObject({ code: "damaged-record" })
    const options = { profile: "arts-p256", name: "Jan", softhsmDirectory: damaged }
    await expect(make(options)).rejects.toMatchObject({ code: "damaged-record" })
    expect(await readdir(damaged)).toEqual(["cards.json"])
  })

  test("draws a PIN of six digits where none is given", async () => {
    const card = await make({ profile: "arts-p256", name: "Jan Zelf" })
    expect(card.pin).toMatch(/^\d{6}$/)
    look(card, () => undefined)
  })

  test("cuts a long name to 32 bytes of label, between characters", async () => {
    const card = await make({ profile: "arts-p256", name: `Jan ${"é".repeat(20)}` })
    expect(card.label).toBe(`Jan ${"é".repeat(14)}`)
    look(card, () => undefined)
  })

  test("makes cards that are asked for at the same time", async () => {
    const names = ["Jan Een", "Jan Twee", "Jan Drie"]
    const cards = await Promise.all(names.map((name) => make({ profile: "arts-p256", name })))
    expect(cards.map(({ label }) => label)).toEqual(names)
    for (const card of cards) look(card, () => undefined)
  })

  test.each([
    [{ profile: "arts", name: "Zoë van 't Hof-d'Été, jr" }, "card-exists"],
    [{ profile: "dokter", name: "Jan Jansen" }, "unknown-profile"],
    [{ profile: "arts", name: "" }, "malformed-name"],
    [{ profile: "arts", name: "Jan", pin: "12 34" }, "malformed-pin"],
    [{ profile: "arts", name: "Jan", pin: "123" }, "malformed-pin"],
    [{ profile: "arts", name: "Jan", puk: "1234567890123" }, "malformed-pin"],
  ])("refuses %j with %s, and makes nothing", async (options, code) => {
    const before = [await listCards(home), await readdir(join(home, "tokens"))]
    await expect(make(options)).rejects.toMatchObject({ code })
    expect([await listCards(home), await readdir(join(home, "tokens"))]).toEqual(before)
  })

  test("keeps no half of a card whose certificates could not be issued", async () => {
    const before = await readdir(join(home, "tokens"))
    const broken = { ...pki, directory: join(home, "no-pki") }
    await expect(make({ profile: "arts-p256", name: "Jan Half", pki: broken })).rejects.toMatchObject({
      code: "not-a-pki",
    })
    expect(await readdir(join(home, "tokens"))).toEqual(before)
    await expect(make({ profile: "arts-p256", name: "Jan Half" })).resolves.toMatchObject({
      label: "Jan Half",
    })
  })
})
