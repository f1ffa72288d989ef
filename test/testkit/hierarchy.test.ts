import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { X509Certificate } from "node:crypto"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { parseTrustProfile } from "../../src-protocol/uzi/trust-profile.ts"
import { AUTHORITY_IDS, HIERARCHY, KEY_HOLDERS } from "../../src-testkit/pki/hierarchy.ts"
import { initPki } from "../../src-testkit/pki/init-pki.ts"
import { authorityFiles, openPki, type TestPki } from "../../src-testkit/pki/test-pki.ts"
import { openssl } from "../support/openssl.ts"
import { testPki } from "../support/test-pki.ts"

let pki: TestPki
let scratch: string

beforeAll(async () => {
  pki = await testPki()
  scratch = await mkdtemp(join(tmpdir(), "vrijgave-hierarchy-"))
})
afterAll(async () => {
  await rm(scratch, { recursive: true, force: true })
})

async function verify(certificate: string, root: string, intermediates: string, ...more: string[]) {
  const files = ["-CAfile", join(pki.directory, root), "-untrusted", join(pki.directory, intermediates)]
  return await openssl("verify", "-x509_strict", ...files, ...more, certificate)
}

describe("openssl, in its strict mode,", () => {
  test.each(AUTHORITY_IDS.filter((id) => !HIERARCHY[id].rogue))(
    "accepts authority %s under the root",
    async (id) => {
      const file = authorityFiles(pki.directory, id).certificate
      expect(await verify(file, "root.pem", "intermediates.pem")).toMatchObject({ succeeded: true })
    },
  )

  test.each(AUTHORITY_IDS.filter((id) => !HIERARCHY[id].rogue && id !== "root"))(
    "accepts authority %s with the CRLs of all",
    async (id) => {
      const file = authorityFiles(pki.directory, id).certificate
      const crls = ["-crl_check_all", "-CRLfile", join(pki.directory, "crls.pem")]
      expect(await verify(file, "root.pem", "intermediates.pem", ...crls)).toMatchObject({ succeeded: true })
    },
  )

  test.each(AUTHORITY_IDS.filter((id) => HIERARCHY[id].rogue))(
    "refuses look-alike %s under our root",
    async (id) => {
      const file = authorityFiles(pki.directory, id).certificate
      expect(await verify(file, "root.pem", "rogue/intermediates.pem")).toMatchObject({ succeeded: false })
      expect(await verify(file, "root.pem", "intermediates.pem")).toMatchObject({ succeeded: false })
    },
  )

  test.each(AUTHORITY_IDS.filter((id) => HIERARCHY[id].rogue))(
    "accepts look-alike %s under its own",
    async (id) => {
      const file = authorityFiles(pki.directory, id).certificate
      expect(await verify(file, "rogue/root.pem", "rogue/intermediates.pem")).toMatchObject({
        succeeded: true,
      })
    },
  )
})

describe("the hierarchy", () => {
  test("has a look-alike for each name, with another key", () => {
    for (const id of ["root", "level-2-persoon", "zorgverlener", "medewerker-op-naam"] as const) {
      const ours = new X509Certificate(pki.authorities[id].certificate)
      const theirs = new X509Certificate(pki.authorities[`rogue-${id}`].certificate)
      expect(theirs.subject).toBe(ours.subject)
      expect(theirs.publicKey.equals(ours.publicKey)).toBe(false)
    }
  })

  test("has a twin of the authority that issues care professionals' passes: same name and key, other number and dates", () => {
    const first = new X509Certificate(pki.authorities.zorgverlener.certificate)
    const twin = new X509Certificate(pki.authorities["zorgverlener-twin"].certificate)
    expect(twin.subject).toBe(first.subject)
    expect(twin.publicKey.equals(first.publicKey)).toBe(true)
    expect(twin.serialNumber).not.toBe(first.serialNumber)
    expect([twin.validFrom, twin.validTo]).not.toEqual([first.validFrom, first.validTo])
  })

  test("limits what an issuing authority may do, as CIBG's does", async () => {
    const file = authorityFiles(pki.directory, "zorgverlener").certificate
    const { output } = await openssl("x509", "-in", file, "-noout", "-text")
    expect(output).toMatch(/Basic Constraints: critical\s+CA:TRUE, pathlen:0/)
    expect(output).toMatch(/Key Usage: critical\s+Certificate Sign, CRL Sign/)
    expect(output).toMatch(
      /TLS Web Client Authentication, E-mail Protection, 1.3.6.1.4.1.311.10.3.12, .*, OCSP Signing/,
    )
    expect(output).toContain("Policy: 2.16.528.1.1007.99.212")
    expect(output).not.toContain("OCSP - URI")
  })

  test("writes names with CIBG's string types", async () => {
    const file = authorityFiles(pki.directory, "zorgverlener").certificate
    const { output } = await openssl(
      "x509",
      "-in",
      file,
      "-noout",
      "-subject",
      "-nameopt",
      "multiline,show_type",
    )
    expect(output).toMatch(/countryName\s+= PRINTABLESTRING:NL/)
    expect(output).toMatch(/organizationName\s+= UTF8STRING:Vrijgave \(test\)/)
    expect(output).toMatch(/organizationIdentifier\s+= UTF8STRING:NTRNL-00000000/)
    expect(output).toMatch(/commonName\s+= UTF8STRING:TEST Vrijgave UZI-register Zorgverlener CA/)
  })
})

describe("the directory", () => {
  test("keeps private keys and the record for the owner alone", async () => {
    const keys = KEY_HOLDERS.map((id) => authorityFiles(pki.directory, id).key)
    for (const file of [...keys, join(pki.directory, "issued.json")]) {
      expect((await stat(file)).mode & 0o077, file).toBe(0)
    }
  })

  test("holds a trust profile that names this root and its issuing authorities by their keys", async () => {
    const json: unknown = JSON.parse(await readFile(join(pki.directory, "trust.json"), "utf8"))
    const trust = await parseTrustProfile(nodeCrypto, json)
    expect(trust.environment.name).toBe("test")
    expect(trust.anchors).toEqual([pki.root])
    expect(trust.issuingAuthorities.map(({ passType }) => passType)).toEqual(["Z", "N"])
  })

  test("leaves no half-written file behind", async () => {
    const names = await readdir(pki.directory, { recursive: true })
    expect(names.filter((name) => name.endsWith(".tmp") || name.endsWith(".lock"))).toEqual([])
  })

  test("opened again is the hierarchy that was made", async () => {
    const again = await openPki(pki.directory)
    expect(again.root).toEqual(pki.root)
    expect(again.authorities.zorgverlener.keyIdentifier).toEqual(pki.authorities.zorgverlener.keyIdentifier)
  })

  test("is not made a second time, and stays as it is", async () => {
    const before = await readFile(join(pki.directory, "issued.json"), "utf8")
    await expect(
      initPki({ directory: pki.directory, at: Date.now(), caKeyBits: 2048 }),
    ).rejects.toMatchObject({
      code: "already-a-pki",
    })
    expect(await readFile(join(pki.directory, "issued.json"), "utf8")).toBe(before)
  })

  test("that is none is refused by name", async () => {
    await expect(openPki(join(scratch, "nowhere"))).rejects.toMatchObject({ code: "not-a-pki" })
  })

  test.each([
    ["issued.json", "{"],
    ["issued.json", "{}"],
    ["trust.json", "[]"],
    ["authorities/zorgverlener.key.pem", "no key"],
    ["authorities/level-2-persoon.pem", "no certificate"],
  ])("with a damaged %s (%s) is refused", async (file, content) => {
    const copy = join(scratch, `damaged-${file.replaceAll("/", "-")}-${String(content.length)}`)
    await mkdir(copy, { recursive: true })
    await cp(pki.directory, copy, { recursive: true })
    await writeFile(join(copy, file), content)
    await expect(openPki(copy)).rejects.toMatchObject({ code: "not-a-pki" })
  })

  test("with authorities of 4096 bits, as CIBG's are, is what is made when nothing is asked", async () => {
    const directory = join(scratch, "usual")
    const made = await initPki({ directory, at: Date.UTC(2026, 0, 1) })
    const { publicKey } = new X509Certificate(made.root)
    expect(publicKey.asymmetricKeyDetails).toMatchObject({ modulusLength: 4096, publicExponent: 65537n })
  })
})
