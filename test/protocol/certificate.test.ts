import { generateKeyPairSync } from "node:crypto"
import { describe, expect, test } from "vitest"
import {
  isStrongIdentifier,
  signatureAlgorithmOf,
  signatureIdentifierHex,
} from "../../src-protocol/algorithm-identifier.ts"
import { bytesOfHex } from "../../src-protocol/bytes.ts"
import { readCertificate } from "../../src-protocol/certificate.ts"
import type { SignatureAlgorithm } from "../../src-protocol/crypto-port.ts"
import { attributeOf, printDistinguishedName } from "../../src-protocol/distinguished-name.ts"
import { isStrongKey, readPublicKey, type PublicKey } from "../../src-protocol/public-key.ts"
import { buildCertificate } from "../../src-testkit/pki/certificate-builder.ts"
import { nullValue } from "../../src-testkit/pki/der.ts"
import { keyUsage } from "../../src-testkit/pki/extensions.ts"
import { generateKeys } from "../../src-testkit/pki/keys.ts"
import { printable, utf8 } from "../../src-testkit/pki/name.ts"
import { OID } from "../../src-testkit/pki/oids.ts"
import { expectRefusal } from "./refusals.ts"

const NAME = [
  printable(OID.countryName, "NL"),
  utf8(OID.organizationName, "Zorg, Welzijn = Ons Doel"),
  utf8(OID.commonName, "Zoë van 't Hof-Jansen\u0007"),
]
const keys = await generateKeys("p-256")
const CONTENT = {
  subject: NAME,
  publicKeySpki: keys.publicKeySpki,
  notBefore: Date.UTC(2026, 0, 1),
  notAfter: Date.UTC(2051, 0, 1),
  extensions: [keyUsage("nonRepudiation")],
}
const ISSUER = { name: NAME, privateKey: keys.privateKey }
const ECDSA: SignatureAlgorithm = { scheme: "ecdsa", hash: "sha-256", curve: "P-256" }

async function built(change: Partial<Parameters<typeof buildCertificate>[0]> = {}): Promise<Uint8Array> {
  return (await buildCertificate({ ...CONTENT, signatureAlgorithm: ECDSA, ...change }, ISSUER)).der
}

describe("a certificate", () => {
  test("is read: names, dates on both sides of 2050, key, serial number", async () => {
    const certificate = readCertificate(await built({ serialNumber: Uint8Array.of(0x80, 1) }))
    expect(certificate).toMatchObject({
      version: 3,
      serialNumber: "008001",
      notBefore: Date.UTC(2026, 0, 1),
      notAfter: Date.UTC(2051, 0, 1),
      publicKey: { is: "ec", curve: "P-256" },
      signatureIdentifiersAgree: true,
    })
  })

  test("prints its names so that nothing in a value can pass for structure", async () => {
    const { subject } = readCertificate(await built())
    expect(printDistinguishedName(subject)).toBe(
      "C=NL, O=Zorg\\, Welzijn \\= Ons Doel, CN=Zoë van 't Hof-Jansen\\07",
    )
  })

  test.each([
    ["UTF-8 that is broken off", "5a6fc3ab", "5a6fc3c3"],
    ["a PrintableString beyond ASCII", "13024e4c", "13024ecc"],
    ["an attribute's type that is cut off", "060355040a", "060355048a"],
    ["an attribute's type that is not minimal", "060355040a", "060355800a"],
  ])("with %s in a name is refused, though nobody asks for that name", async (_, good, bad) => {
    const der = await built()
    const changed = Buffer.from(der)
    const at = changed.indexOf(Buffer.from(good, "hex"))
    expect(at).toBeGreaterThan(0)
    changed.write(bad, at, "hex")
    expectRefusal(() => readCertificate(new Uint8Array(changed)), "malformed-certificate")
  })

  test("with two common names has none that could be shown", async () => {
    const { subject } = readCertificate(await built({ subject: [...NAME, utf8(OID.commonName, "Another")] }))
    expect(attributeOf(subject, OID.commonName)).toBeUndefined()
  })

  test("that signs under one algorithm and names another is told apart", async () => {
    const der = Buffer.from(await built())
    const outer = der.lastIndexOf(Buffer.from("2a8648ce3d040302", "hex"))
    der[outer + 7] = 3
    expect(readCertificate(new Uint8Array(der)).signatureIdentifiersAgree).toBe(false)
  })

  test.each<[string, () => Promise<Uint8Array> | Uint8Array]>([
    ["nothing", () => new Uint8Array()],
    ["more than 8 KiB", () => new Uint8Array(8193)],
    ["bytes after it", async () => Buffer.concat([await built(), Buffer.alloc(1)])],
    ["half of it", async () => (await built()).subarray(0, 200)],
    [
      "one extension twice",
      () => built({ extensions: [keyUsage("nonRepudiation"), keyUsage("nonRepudiation")] }),
    ],
    ["a serial number of 21 bytes", () => built({ serialNumber: new Uint8Array(21).fill(1) })],
    ["a key that is no key", () => built({ publicKeySpki: nullValue() })],
  ])("is not %s", async (_, make) => {
    const der = await make()
    expectRefusal(() => readCertificate(der), "malformed-certificate")
  })
})

function rsa(modulusLength: number, publicExponent = 65537): PublicKey {
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength, publicExponent })
  return readPublicKey(new Uint8Array(publicKey.export({ type: "spki", format: "der" })))
}

describe("a key", () => {
  test.each([
    ["RSA of 2048 bits", () => rsa(2048), true],
    ["RSA of 2040 bits", () => rsa(2040), false],
    ["RSA with e = 3", () => rsa(2048, 3), false],
    [
      "Ed25519",
      () =>
        readPublicKey(
          new Uint8Array(generateKeyPairSync("ed25519").publicKey.export({ type: "spki", format: "der" })),
        ),
      false,
    ],
    [
      "secp256k1",
      () =>
        readPublicKey(
          new Uint8Array(
            generateKeyPairSync("ec", { namedCurve: "secp256k1" }).publicKey.export({
              type: "spki",
              format: "der",
            }),
          ),
        ),
      false,
    ],
    [
      "P-521",
      () =>
        readPublicKey(
          new Uint8Array(
            generateKeyPairSync("ec", { namedCurve: "P-521" }).publicKey.export({
              type: "spki",
              format: "der",
            }),
          ),
        ),
      true,
    ],
  ])("%s: strong is %s", (_, make, strong) => {
    expect(isStrongKey(make())).toBe(strong)
  })

  test("RSA of 8192 bits is refused: it would cost the one who verifies", () => {
    expect(isStrongKey({ is: "rsa", modulusBits: 8192, exponent: 65537n })).toBe(false)
    expect(isStrongKey({ is: "rsa", modulusBits: 4096, exponent: 65537n })).toBe(true)
  })
})

describe("an algorithm identifier", () => {
  const RSA: PublicKey = { is: "rsa", modulusBits: 2048, exponent: 65537n }
  const HASHES = ["sha-256", "sha-384", "sha-512"] as const

  test("that we write is read as the same algorithm", () => {
    for (const hash of HASHES) {
      const saltLength = { "sha-256": 32, "sha-384": 48, "sha-512": 64 }[hash]
      for (const algorithm of [
        { scheme: "rsa-pkcs1", hash },
        { scheme: "rsa-pss", hash, saltLength },
      ] as const) {
        expect(signatureAlgorithmOf(bytesOfHex(signatureIdentifierHex(algorithm)), RSA, hash)).toEqual(
          algorithm,
        )
      }
      const ecdsa = { scheme: "ecdsa", hash, curve: "P-384" } as const
      expect(
        signatureAlgorithmOf(bytesOfHex(signatureIdentifierHex(ecdsa)), { is: "ec", curve: "P-384" }),
      ).toEqual(ecdsa)
    }
  })

  test("of rsaEncryption takes the digest beside it, and alone says nothing", () => {
    const rsaEncryption = bytesOfHex("300d06092a864886f70d0101010500")
    expect(signatureAlgorithmOf(rsaEncryption, RSA, "sha-384")).toEqual({
      scheme: "rsa-pkcs1",
      hash: "sha-384",
    })
    expect(signatureAlgorithmOf(rsaEncryption, RSA)).toBeUndefined()
    expect(isStrongIdentifier(rsaEncryption)).toBe(false)
  })

  test.each([
    ["SHA-1 with RSA", "300d06092a864886f70d0101050500"],
    ["MD5 with RSA", "300d06092a864886f70d0101040500"],
    ["SHA-256 with RSA without its NULL", "300b06092a864886f70d01010b"],
    ["PSS without parameters", "300b06092a864886f70d01010a"],
    [
      "PSS with a salt of 20 bytes",
      "304106092a864886f70d01010a3034a00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500a203020114",
    ],
    ["ECDSA with SHA-1", "300906072a8648ce3d0401"],
    ["an empty SEQUENCE", "3000"],
  ])("is refused: %s", (_, hex) => {
    expect(signatureAlgorithmOf(bytesOfHex(hex), RSA, "sha-256")).toBeUndefined()
    expect(isStrongIdentifier(bytesOfHex(hex))).toBe(false)
  })

  test("for a key of another kind is refused", () => {
    const ecdsa = bytesOfHex("300a06082a8648ce3d040302")
    expect(signatureAlgorithmOf(ecdsa, RSA)).toBeUndefined()
    expect(
      signatureAlgorithmOf(bytesOfHex("300d06092a864886f70d01010b0500"), { is: "ec", curve: "P-256" }),
    ).toBeUndefined()
  })
})
