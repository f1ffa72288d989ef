import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { DAY, HOUR, MINUTE } from "../../src-protocol/instant.ts"
import { writePem } from "../../src-protocol/pem.ts"
import { buildCrl } from "../../src-testkit/pki/crl.ts"
import { issueCertificate } from "../../src-testkit/pki/issue-certificate.ts"
import { readRecord } from "../../src-testkit/pki/issue-record.ts"
import { generateKeys } from "../../src-testkit/pki/keys.ts"
import { refreshCrls } from "../../src-testkit/pki/refresh-crls.ts"
import { revoke } from "../../src-testkit/pki/revoke.ts"
import { readCrls, type TestPki } from "../../src-testkit/pki/test-pki.ts"
import type { IssuedCertificate } from "../../src-testkit/pki/certificate-builder.ts"
import { softCard } from "../../src-testkit/cards/soft-signer.ts"
import { openssl } from "../support/openssl.ts"
import { testPki } from "../support/test-pki.ts"

let pki: TestPki
let scratch: string
let publicKeySpki: Uint8Array

beforeAll(async () => {
  pki = await testPki()
  scratch = await mkdtemp(join(tmpdir(), "vrijgave-crls-"))
  publicKeySpki = (await generateKeys("p-256")).publicKeySpki
})
afterAll(async () => {
  await rm(scratch, { recursive: true, force: true })
})

async function issue(card?: string): Promise<IssuedCertificate> {
  const { holder } = await holderOf()
  const request = { use: "handtekening", holder, publicKeySpki, notBefore: Date.now() - DAY } as const
  return await issueCertificate(pki, "zorgverlener", request, {
    profile: "test",
    ...(card === undefined ? {} : { card }),
  })
}

function holderOf() {
  return softCard({ pki, profile: "arts-p256", name: "Joke Jansen", at: Date.now() })
}

async function verify(certificate: Uint8Array): Promise<string> {
  const file = join(scratch, "certificate.pem")
  await writeFile(file, writePem("CERTIFICATE", certificate))
  const names = ["-CAfile", "root.pem", "-untrusted", "intermediates.pem", "-CRLfile", "crls.pem"]
  const files = names.map((name) => (name.endsWith(".pem") ? join(pki.directory, name) : name))
  return (await openssl("verify", "-x509_strict", "-crl_check_all", ...files, file)).output
}

async function textOf(crl: Uint8Array): Promise<string> {
  const file = join(scratch, "list.crl")
  await writeFile(file, writePem("X509 CRL", crl))
  return (await openssl("crl", "-in", file, "-noout", "-text")).output
}

/** The CRLs by the common name of their issuer. */
async function crlTexts(): Promise<readonly string[]> {
  const texts: string[] = []
  for (const crl of await readCrls(pki)) texts.push(await textOf(crl))
  return texts
}

async function zorgverlenerCrl(): Promise<string> {
  return (
    (await crlTexts()).find((text) => text.includes("CN = TEST Vrijgave UZI-register Zorgverlener CA")) ?? ""
  )
}

describe("a revocation list", () => {
  test("is there for each authority that has a key, and for none of the look-alikes", async () => {
    const texts = await crlTexts()
    const issuers = texts.map((text) => /Issuer: .*CN = (.*)/.exec(text)?.[1])
    expect(issuers).toEqual([
      "TEST Vrijgave Zorg CSP Root CA",
      "TEST Vrijgave Zorg CSP Level 2 Persoon CA",
      "TEST Vrijgave UZI-register Zorgverlener CA",
      "TEST Vrijgave UZI-register Medewerker op naam CA",
    ])
  })

  test("is version 2 with number, key identifier and the date since when expired certificates stay on it", async () => {
    const text = await zorgverlenerCrl()
    expect(text).toContain("Version 2 (0x1)")
    expect(text).toContain("X509v3 CRL Number")
    expect(text).toContain("X509v3 Authority Key Identifier")
    expect(text).toMatch(/2\.5\.29\.60|Expired Certs/)
    expect(text).not.toContain("critical")
  })

  test("holds for 48 hours from the time at which it was signed", async () => {
    await refreshCrls(pki, Date.UTC(2027, 0, 1, 12, 30, 5))
    const text = await zorgverlenerCrl()
    expect(text).toContain("Last Update: Jan  1 12:30:05 2027 GMT")
    expect(text).toContain("Next Update: Jan  3 12:30:05 2027 GMT")
  })

  test("has a higher number each time it is signed", async () => {
    const numberOf = async () => Number(/CRL Number:\s+(\w+)/.exec(await zorgverlenerCrl())?.[1])
    const before = await numberOf()
    await refreshCrls(pki, Date.now())
    expect(await numberOf()).toBe(before + 1)
  })

  test("is signed at each of several refreshes at the same time, with a number for each", async () => {
    const before = (await readRecord(pki.directory)).crlNumber
    await Promise.all([1, 2, 3, 4].map(() => refreshCrls(pki, Date.now())))
    expect((await readRecord(pki.directory)).crlNumber).toBe(before + 4)
  })

  test.each([3600, 12_000, 150_000])("of %i entries is built and read", async (count) => {
    const entries = Array.from({ length: count }, (_, i) => ({
      serialNumber: (0x40_0000_0000 + i).toString(16),
      revokedAt: Date.UTC(2026, 0, 1),
    }))
    const crl = await buildCrl({ number: 7, thisUpdate: Date.now(), entries }, pki.authorities.zorgverlener)
    expect((await textOf(crl)).match(/Serial Number:/g)).toHaveLength(count)
  })
})

describe("revoking", () => {
  test("one certificate by its serial number shows to openssl, and leaves others alone", async () => {
    const [revoked, other] = [await issue(), await issue()]
    expect(await verify(revoked.der)).toContain("OK")
    const found = await revoke(pki, revoked.serialNumber.toUpperCase(), Date.now() - MINUTE)
    expect(found.map(({ serialNumber }) => serialNumber)).toEqual([revoked.serialNumber])
    expect(await verify(revoked.der)).toContain("certificate revoked")
    expect(await verify(other.der)).toContain("OK")
  })

  test("a card by its label revokes every certificate on it", async () => {
    const certificates = [await issue("Joke Jansen"), await issue("Joke Jansen")]
    const found = await revoke(pki, "Joke Jansen", Date.now() - MINUTE)
    expect(found.map(({ serialNumber }) => serialNumber)).toEqual(certificates.map((one) => one.serialNumber))
    for (const { der } of certificates) expect(await verify(der)).toContain("certificate revoked")
  })

  test("gives no reason unless one is asked for", async () => {
    const [plain, hold] = [await issue(), await issue()]
    await revoke(pki, plain.serialNumber, Date.now())
    expect(await zorgverlenerCrl()).not.toContain("Reason Code")
    await revoke(pki, hold.serialNumber, Date.now(), "certificateHold")
    expect(await zorgverlenerCrl()).toMatch(/Reason Code:\s+Certificate Hold/)
  })

  test("with a date of its own keeps that date on a list of today", async () => {
    const certificate = await issue()
    await revoke(
      pki,
      certificate.serialNumber,
      Date.UTC(2026, 0, 2, 3, 4, 5),
      "keyCompromise",
      Date.now() - HOUR,
    )
    const entry = (await zorgverlenerCrl()).split(certificate.serialNumber.toUpperCase())[1] ?? ""
    expect(entry).toContain("Revocation Date: Jan  2 03:04:05 2026 GMT")
  })

  test("twice keeps the first date", async () => {
    const { serialNumber } = await issue()
    await revoke(pki, serialNumber, Date.UTC(2026, 0, 2))
    await revoke(pki, serialNumber, Date.UTC(2026, 5, 2))
    const found = (await readRecord(pki.directory)).revocations.filter(
      (entry) => entry.serialNumber === serialNumber,
    )
    expect(found.map(({ revokedAt }) => revokedAt)).toEqual([Date.UTC(2026, 0, 2)])
  })

  test("stays on every later list, also after the certificate has expired", async () => {
    const { serialNumber } = await issue()
    await revoke(pki, serialNumber, Date.now())
    await refreshCrls(pki, Date.now() + 1200 * DAY)
    expect(await zorgverlenerCrl()).toContain(serialNumber.toUpperCase())
    await refreshCrls(pki, Date.now() - MINUTE)
  })

  test.each(["", "nobody", "0badc0de"])(
    "what was never issued (%j) is refused, and no list is signed",
    async (asked) => {
      const before = (await readRecord(pki.directory)).crlNumber
      await expect(revoke(pki, asked, Date.now())).rejects.toMatchObject({ code: "nothing-to-revoke" })
      expect((await readRecord(pki.directory)).crlNumber).toBe(before)
    },
  )

  test("a forged pass is its look-alike authority's affair and not on our lists", async () => {
    const card = await softCard({ pki, profile: "nagemaakt", name: "Piet Pieters", at: Date.now() })
    const serialNumber = card.certificates.get("handtekening")?.serialNumber ?? ""
    await revoke(pki, serialNumber, Date.now())
    expect(await zorgverlenerCrl()).not.toContain(serialNumber.toUpperCase())
  })
})
