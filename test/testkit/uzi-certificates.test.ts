import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { X509Certificate } from "node:crypto"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { DAY } from "../../src-protocol/instant.ts"
import { writePem } from "../../src-protocol/pem.ts"
import { utf8String } from "../../src-testkit/pki/der.ts"
import {
  encodeExtension,
  qcStatements,
  subjectAltName,
  uziOtherName,
  withExtension,
  withoutExtension,
} from "../../src-testkit/pki/extensions.ts"
import { issueCertificate } from "../../src-testkit/pki/issue-certificate.ts"
import { readRecord } from "../../src-testkit/pki/issue-record.ts"
import { generateKeys, type KeyKind } from "../../src-testkit/pki/keys.ts"
import { OID } from "../../src-testkit/pki/oids.ts"
import type { TestPki } from "../../src-testkit/pki/test-pki.ts"
import type {
  CertificateUse,
  PassHolder,
  UziCertificateRequest,
} from "../../src-testkit/pki/uzi-certificate.ts"
import { openssl } from "../support/openssl.ts"
import { testPki } from "../support/test-pki.ts"

const HOLDER: PassHolder = {
  givenName: "Zoë",
  surname: "van 't Hof-d'Été, jr",
  commonName: "Zoë van 't Hof-d'Été, jr",
  title: "Arts",
  organisation: "Tést Zorginstelling",
  uziNumber: "900000017",
  passType: "Z",
  subscriberNumber: "90000042",
  roleCode: "01.000",
  agbCode: "00000000",
}
const UZI_NAME = "2.16.528.1.1007.99.217-1-900000017-Z-90000042-01.000-00000000"

let pki: TestPki
let scratch: string
let publicKeySpki: Uint8Array

beforeAll(async () => {
  pki = await testPki()
  scratch = await mkdtemp(join(tmpdir(), "vrijgave-certificates-"))
  publicKeySpki = (await generateKeys("rsa-2048")).publicKeySpki
})
afterAll(async () => {
  await rm(scratch, { recursive: true, force: true })
})

async function issue(use: CertificateUse, more: Partial<UziCertificateRequest> = {}): Promise<Uint8Array> {
  const request = { use, holder: HOLDER, publicKeySpki, notBefore: Date.now() - DAY, ...more }
  return (await issueCertificate(pki, "zorgverlener", request)).der
}

async function fileOf(certificate: Uint8Array): Promise<string> {
  const file = join(scratch, `${Buffer.from(certificate.subarray(-8)).toString("hex")}.pem`)
  await writeFile(file, writePem("CERTIFICATE", certificate))
  return file
}

async function verify(certificate: Uint8Array): Promise<boolean> {
  const names = ["-CAfile", "root.pem", "-untrusted", "intermediates.pem", "-CRLfile", "crls.pem"]
  const files = names.map((name) => (name.endsWith(".pem") ? join(pki.directory, name) : name))
  return (await openssl("verify", "-x509_strict", "-crl_check_all", ...files, await fileOf(certificate)))
    .succeeded
}

function hex(certificate: Uint8Array): string {
  return Buffer.from(certificate).toString("hex")
}

/** An extension in hexadecimal: its type, whether critical, and the contents as the facts about real passes give them. */
function extensionHex(oid: string, critical: boolean, value: string): string {
  return hex(encodeExtension({ oid, critical, value: Buffer.from(value, "hex") }))
}

describe("openssl, in its strict mode and with all CRLs,", () => {
  test.each(["authenticiteit", "handtekening", "vertrouwelijkheid"] as const)("accepts a %s", async (use) => {
    expect(await verify(await issue(use))).toBe(true)
  })

  test.each<KeyKind>(["rsa-3072", "rsa-4096", "p-256", "p-384", "p-521"])(
    "accepts a handtekening on %s",
    async (kind) => {
      const keys = await generateKeys(kind)
      expect(await verify(await issue("handtekening", { publicKeySpki: keys.publicKeySpki }))).toBe(true)
    },
  )

  test("accepts a handtekening that its authority signed with RSASSA-PSS", async () => {
    const signatureAlgorithm = { scheme: "rsa-pss", hash: "sha-512", saltLength: 64 } as const
    const certificate = await issue("handtekening", { signatureAlgorithm })
    expect(await verify(certificate)).toBe(true)
    const { output } = await openssl("x509", "-in", await fileOf(certificate), "-noout", "-text")
    expect(output).toMatch(
      /rsassaPss\s+Hash Algorithm: sha512\s+Mask Algorithm: mgf1 with sha512\s+Salt Length: 0x40/,
    )
  })

  test("refuses one of the look-alike authority", async () => {
    const request = {
      use: "handtekening",
      holder: HOLDER,
      publicKeySpki,
      notBefore: Date.now() - DAY,
    } as const
    expect(await verify((await issueCertificate(pki, "rogue-zorgverlener", request)).der)).toBe(false)
  })

  test("refuses one that is over and one that is to come", async () => {
    expect(await verify(await issue("handtekening", { notBefore: Date.now() - 1100 * DAY }))).toBe(false)
    expect(await verify(await issue("handtekening", { notBefore: Date.now() + DAY }))).toBe(false)
  })
})

describe("byte for byte as CIBG makes it:", () => {
  test.each([
    ["authenticiteit", "03020780"],
    ["handtekening", "03020640"],
    ["vertrouwelijkheid", "03020430"],
  ] as const)("the critical key usage of a %s", async (use, value) => {
    expect(hex(await issue(use))).toContain(`300e0603551d0f0101ff0404${value}`)
  })

  test.each([
    ["authenticiteit", "302006082b0601050507030206082b06010505070304060a2b0601040182370a030c"],
    ["handtekening", "301606082b06010505070304060a2b0601040182370a030c"],
    ["vertrouwelijkheid", "301606082b06010505070304060a2b0601040182370a0304"],
  ] as const)("the purposes of a %s", async (use, value) => {
    expect(hex(await issue(use))).toContain(extensionHex(OID.extendedKeyUsage, false, value))
  })

  test("the UZI name of a handtekening, alone and as IA5String", async () => {
    const value = `3048a0460603550505a03f163d${Buffer.from(UZI_NAME).toString("hex")}`
    expect(hex(await issue("handtekening"))).toContain(extensionHex(OID.subjectAltName, false, value))
  })

  test("the log-in name of an authenticiteit, before the UZI name and as UTF8String", async () => {
    const login = Buffer.from("900000017@90000042").toString("hex")
    const first = `a022060a2b060104018237140203a0140c12${login}`
    const second = `a0460603550505a03f163d${Buffer.from(UZI_NAME).toString("hex")}`
    const value = `306c${first}${second}`
    expect(hex(await issue("authenticiteit"))).toContain(extensionHex(OID.subjectAltName, false, value))
  })

  test("basic constraints: critical, and empty for an end entity", async () => {
    expect(hex(await issue("handtekening"))).toContain("300c0603551d130101ff04023000")
  })

  test("the four statements of a qualified certificate", () => {
    const { value } = qcStatements("https://www.zorgcsp.nl/pds/pds.html")
    const statements = [
      "30603008060604008e4601013008060604008e4601043013060604008e4601063009060704008e46010601",
      "3035060604008e460105302b3029162368747470733a2f2f7777772e7a6f72676373702e6e6c2f7064732f7064732e68746d6c1302656e",
    ]
    expect(hex(value)).toBe(statements.join(""))
  })

  test("the string types of the subject", async () => {
    const file = await fileOf(await issue("handtekening"))
    const { output } = await openssl(
      "x509",
      "-in",
      file,
      "-noout",
      "-subject",
      "-nameopt",
      "multiline,show_type,utf8",
    )
    const types = [...output.matchAll(/(\w+)\s+= (\w+):/g)].map(
      ([, name, type]) => `${String(name)} ${String(type)}`,
    )
    expect(types).toEqual([
      "countryName PRINTABLESTRING",
      "organizationName UTF8STRING",
      "title UTF8STRING",
      "surname UTF8STRING",
      "givenName UTF8STRING",
      "serialNumber PRINTABLESTRING",
      "commonName UTF8STRING",
    ])
  })
})

describe("a pass's certificate", () => {
  test("carries a name with é, an apostrophe, a hyphen and a comma unchanged", async () => {
    const { subject } = new X509Certificate(await issue("handtekening"))
    expect(subject).toContain("CN=Zoë van 't Hof-d'Été\\, jr")
  })

  test("is valid for 1095 days from a whole second", async () => {
    const { validFromDate, validToDate } = new X509Certificate(await issue("handtekening"))
    expect(validToDate.getTime() - validFromDate.getTime()).toBe(1095 * DAY)
  })

  test("has a positive serial number of 20 bytes, another each time", async () => {
    const serials = [await issue("handtekening"), await issue("handtekening")].map(
      (certificate) => new X509Certificate(certificate).serialNumber,
    )
    for (const serial of serials) expect(serial).toMatch(/^[4-7][0-9A-F]{39}$/)
    expect(serials[0]).not.toBe(serials[1])
  })

  test("has statements of a qualified certificate only as a handtekening, and only when wanted", async () => {
    const statements = extensionHex(
      OID.qcStatements,
      false,
      hex(qcStatements("https://www.vrijgave.test/pds.html").value),
    )
    expect(hex(await issue("handtekening"))).toContain(statements)
    expect(hex(await issue("authenticiteit"))).not.toContain(statements)
    expect(hex(await issue("handtekening", { qcStatements: false }))).not.toContain(statements)
  })

  test("points to addresses that do not exist", async () => {
    const { infoAccess } = new X509Certificate(await issue("handtekening"))
    const hosts = [...String(infoAccess).matchAll(/https?:\/\/([^/\s]+)/g)].map(([, host]) => host)
    expect(hosts).toEqual(["pki.vrijgave.test", "ocsp.vrijgave.test"])
  })

  test("of a member of staff has no title and names the authority for staff", async () => {
    const { givenName, surname, commonName, organisation, uziNumber, subscriberNumber, agbCode } = HOLDER
    const names = { givenName, surname, commonName, organisation }
    const staff = {
      ...names,
      uziNumber,
      subscriberNumber,
      agbCode,
      passType: "N",
      roleCode: "00.000",
    } as const
    const request = { use: "handtekening", holder: staff, publicKeySpki, notBefore: Date.now() } as const
    const { der } = await issueCertificate(pki, "medewerker-op-naam", request)
    expect(hex(der)).toContain(
      Buffer.from("2.16.528.1.1007.99.218-1-900000017-N-90000042-00.000-00000000").toString("hex"),
    )
    expect(new X509Certificate(der).subject).not.toContain("title")
  })

  test("is written down when issued", async () => {
    const { serialNumber } = new X509Certificate(await issue("handtekening"))
    const { certificates } = await readRecord(pki.directory)
    expect(certificates.find((entry) => entry.serialNumber === serialNumber.toLowerCase())).toMatchObject({
      authority: "zorgverlener",
      name: HOLDER.commonName,
      profile: "test handtekening",
    })
  })

  test("is written down once each when many are issued at the same time", async () => {
    const before = (await readRecord(pki.directory)).certificates.length
    await Promise.all(Array.from({ length: 8 }, () => issue("vertrouwelijkheid")))
    expect((await readRecord(pki.directory)).certificates.length).toBe(before + 8)
  })
})

describe("a defect that a test asks for is in the certificate:", () => {
  test("an unknown critical extension, which openssl refuses", async () => {
    const unknown = { oid: "1.2.3.4.5", critical: true, value: utf8String("?") }
    expect(
      await verify(await issue("handtekening", { changeExtensions: (usual) => [...usual, unknown] })),
    ).toBe(false)
  })

  test("the same extension twice", async () => {
    const san = subjectAltName(uziOtherName(UZI_NAME))
    const certificate = await issue("handtekening", { changeExtensions: (usual) => [...usual, san] })
    expect(hex(certificate).split(hex(encodeExtension(san))).length).toBe(3)
  })

  test("two UZI names in one extension", async () => {
    const san = subjectAltName(uziOtherName(UZI_NAME), uziOtherName(UZI_NAME))
    const certificate = await issue("handtekening", {
      changeExtensions: (usual) => withExtension(usual, san),
    })
    expect(hex(certificate).split(Buffer.from(UZI_NAME).toString("hex")).length).toBe(3)
  })

  test("a UZI name of another string type", async () => {
    const san = subjectAltName({ oid: OID.uziName, value: utf8String(UZI_NAME) })
    const certificate = await issue("handtekening", {
      changeExtensions: (usual) => withExtension(usual, san),
    })
    expect(hex(certificate)).toContain(`0603550505a03f0c3d${Buffer.from(UZI_NAME).toString("hex")}`)
  })

  test("no policy", async () => {
    const changeExtensions = (usual: Parameters<typeof withoutExtension>[0]) =>
      withoutExtension(usual, OID.certificatePolicies)
    expect(hex(await issue("handtekening", { changeExtensions }))).not.toContain("0603551d20")
  })

  test("a UZI number unlike the subject's", async () => {
    const other = subjectAltName(uziOtherName(UZI_NAME.replace("900000017", "900000018")))
    const certificate = await issue("handtekening", {
      changeExtensions: (usual) => withExtension(usual, other),
    })
    expect(new X509Certificate(certificate).subject).toContain("serialNumber=900000017")
    expect(hex(certificate)).toContain(Buffer.from("-900000018-Z-").toString("hex"))
  })

  test("no extensions and version 1", async () => {
    const certificate = await issue("handtekening", { changeExtensions: () => [], change: { version: 1 } })
    const { output } = await openssl("x509", "-in", await fileOf(certificate), "-noout", "-text")
    expect(output).toContain("Version: 1 (0x0)")
  })
})
