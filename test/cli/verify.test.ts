import { readdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { beforeAll, describe, expect, test } from "vitest"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { DAY, HOUR } from "../../src-protocol/instant.ts"
import { composeAuthorisation } from "../../src-protocol/signed-data.ts"
import { unwrapSmime } from "../../src-protocol/smime.ts"
import { softCard, type SoftCard } from "../../src-testkit/cards/soft-signer.ts"
import type { TestPki } from "../../src-testkit/pki/test-pki.ts"
import { vrijgave } from "../support/scripted-terminal.ts"
import { temporaryDirectory } from "../support/temporary-directory.ts"
import { testPki } from "../support/test-pki.ts"

const HASH = "0f".repeat(32)
const CODE = { reference: "001234", confirmation: "0567" }

let pki: TestPki
let directory: string
let card: SoftCard
let signedAt: number
beforeAll(async () => {
  pki = await testPki()
  directory = await temporaryDirectory()
  card = await softCard({ pki, profile: "arts", name: "Zoë d'Árts-de Vries", at: Date.now() })
  signedAt = Date.now()
  await writeFile(
    at("good.p7m"),
    await composeAuthorisation(nodeCrypto, { hash: HASH, code: CODE }, card.signature, signedAt),
  )
})

const at = (name: string) => join(directory, name)
const root = () => ["--root", join(pki.directory, "root.pem")]
const crl = () => ["--crl", join(pki.directory, "crls.pem")]
const trust = () => ["--trust", join(pki.directory, "trust.json")]

describe("a right package", () => {
  test("is authorised with a root alone, and shows who signed what and when", async () => {
    const { exitCode, printed, told } = await vrijgave(["verify", at("good.p7m"), ...root(), ...crl()])
    expect(exitCode).toBe(0)
    expect(told).toBe("")
    expect(printed).toMatch(/^authorised\n/)
    expect(printed).toContain("001234-0567")
    expect(printed).toContain(HASH)
    expect(printed).toContain("Arts Zoë d'Árts-de Vries,")
    expect(printed).toContain(card.holder.uziNumber)
  })

  test("is authorised with the trust profile", async () => {
    expect(await vrijgave(["verify", at("good.p7m"), ...trust(), ...crl()])).toMatchObject({ exitCode: 0 })
  })

  test("is told to a program as JSON, and nothing else is on standard output", async () => {
    const { printed } = await vrijgave(["verify", at("good.p7m"), ...root(), ...crl(), "--json"])
    expect(JSON.parse(printed)).toMatchObject({
      verdict: "authorised",
      hash: HASH,
      code: "001234-0567",
      signer: { uziNumber: card.holder.uziNumber, roleCode: "01.000", profession: "arts" },
    })
  })

  test("is authorised as of the time it was signed, by lists that are newer than that", async () => {
    const past = new Date(signedAt - 5 * HOUR).toISOString()
    const later = await vrijgave([
      "verify",
      at("good.p7m"),
      ...root(),
      ...crl(),
      "--at",
      new Date(signedAt).toISOString(),
    ])
    expect(later.exitCode).toBe(0)
    const before = await vrijgave(["verify", at("good.p7m"), ...root(), ...crl(), "--at", past])
    expect(before.printed).toMatch(/^refused: signing-time-implausible\n/)
  })

  test("is authorised when hash and code are those expected, the code also in words", async () => {
    const { printed: words } = await vrijgave(["words", "encode", "--code", "0012340567"])
    for (const code of ["001234 0567", words]) {
      const line = ["verify", at("good.p7m"), ...root(), ...crl(), "--hash", HASH, "--code", code]
      expect(await vrijgave(line)).toMatchObject({ exitCode: 0 })
    }
  })
})

describe("a package is refused with exit code 3 and its reason", () => {
  test.each([
    ["revocation-unknown", "without any list", () => [...root()]],
    [
      "revocation-unknown",
      "a week later",
      () => [...root(), ...crl(), "--at", new Date(signedAt + 7 * DAY).toISOString()],
    ],
    [
      "certificate-expired",
      "ten years later",
      () => [...root(), ...crl(), "--at", new Date(signedAt + 3650 * DAY).toISOString()],
    ],
    ["hash-mismatch", "for another hash", () => [...root(), ...crl(), "--hash", "00".repeat(32)]],
    ["reference-mismatch", "for another reference", () => [...root(), ...crl(), "--code", "001235-0567"]],
    [
      "confirmation-mismatch",
      "for another confirmation",
      () => [...root(), ...crl(), "--code", "001234-0568"],
    ],
    [
      "untrusted-chain",
      "by the root of look-alikes",
      () => ["--root", join(pki.directory, "rogue", "root.pem"), ...crl()],
    ],
  ])("%s %s", async (reason, _, options) => {
    const { exitCode, printed } = await vrijgave(["verify", at("good.p7m"), ...options()])
    expect(printed.split("\n")[0]).toBe(`refused: ${reason}`)
    expect(exitCode).toBe(3)
  })

  test("malformed-smime in bare DER, with the hint that it must be the S/MIME message", async () => {
    const good = await composeAuthorisation(nodeCrypto, { hash: HASH, code: CODE }, card.signature, signedAt)
    await writeFile(at("bare.der"), unwrapSmime(good))
    const { exitCode, printed } = await vrijgave(["verify", at("bare.der"), ...root(), ...crl()])
    expect(exitCode).toBe(3)
    expect(printed).toContain("refused: malformed-smime")
    expect(printed).toContain("must be the S/MIME message itself")
  })

  test("malformed-smime for an empty file and for a file of noise", async () => {
    for (const content of ["", "\0".repeat(20_000)]) {
      await writeFile(at("noise"), content)
      expect(await vrijgave(["verify", at("noise"), ...root(), ...crl()])).toMatchObject({ exitCode: 3 })
    }
  })

  test("revocation-unknown says to give --crl", async () => {
    const { printed } = await vrijgave(["verify", at("good.p7m"), ...root()])
    expect(printed).toContain("--crl")
  })

  test("as JSON with the words for clinician and patient", async () => {
    const { exitCode, printed } = await vrijgave(["verify", at("good.p7m"), ...root(), "--json"])
    expect(exitCode).toBe(3)
    expect(JSON.parse(printed)).toMatchObject({
      verdict: "refused",
      reason: "revocation-unknown",
      words: { nl: {}, en: {} },
    })
  })
})

describe("a question that cannot be answered is a usage error, exit code 2, with nothing on standard output", () => {
  test.each([
    ["no root and no profile", () => [], "Say whom to believe"],
    ["a root and a profile", () => [...root(), ...trust()], "not both"],
    ["a root that is not there", () => ["--root", at("none.pem")], "there is no such file"],
    ["a root that is a directory", () => ["--root", directory], "that is a directory"],
    ["a root that is no certificate", () => ["--root", at("good.p7m")], "this is not a certificate"],
    [
      "a root that is a list of revocations",
      () => ["--root", join(pki.directory, "crls.pem")],
      "this is not a certificate",
    ],
    ["a profile that is no JSON", () => ["--trust", at("good.p7m")], "this is no trust profile"],
    [
      "a test root in production",
      () => [...root(), "--profile", "production"],
      "production believes the pinned root alone",
    ],
    [
      "a test profile in production",
      () => [...trust(), "--profile", "production"],
      "this is a profile for test",
    ],
    ["an unknown profile", () => [...root(), "--profile", "acceptance"], "choose test or production"],
    [
      "a list that is a certificate",
      () => [...root(), "--crl", join(pki.directory, "root.pem")],
      "this is no revocation list",
    ],
    ["a list that is not there", () => [...root(), "--crl", at("none.pem")], "there is no such file"],
    ["a hash that is none", () => [...root(), "--hash", "ABC"], "a hash is 64 hexadecimal digits"],
    ["a code that is too short", () => [...root(), "--code", "123"], "7 missing"],
    ["a time that is none", () => [...root(), "--at", "12:00"], "give a time such as"],
  ])("%s", async (_, options, message) => {
    const { exitCode, printed, told } = await vrijgave(["verify", at("good.p7m"), ...options()])
    expect(told).toContain(message)
    expect(told).not.toMatch(/^\s+at /m)
    expect(exitCode).toBe(2)
    expect(printed).toBe("")
  })

  test("a package that is not there, and nothing is written", async () => {
    const before = await readdir(directory)
    const { exitCode, told } = await vrijgave(["verify", at("none.p7m"), ...root(), ...crl()])
    expect(exitCode).toBe(2)
    expect(told).toContain("none.p7m: there is no such file")
    expect(await readdir(directory)).toEqual(before)
  })
})
