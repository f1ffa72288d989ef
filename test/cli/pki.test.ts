import { mkdir, readdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { beforeAll, describe, expect, test } from "vitest"
import { readCrl } from "../../src-protocol/crl.ts"
import { readPem } from "../../src-protocol/pem.ts"
import { softCard } from "../../src-testkit/cards/soft-signer.ts"
import { readCrls, type TestPki } from "../../src-testkit/pki/test-pki.ts"
import { vrijgave } from "../support/scripted-terminal.ts"
import { temporaryDirectory } from "../support/temporary-directory.ts"
import { testPki } from "../support/test-pki.ts"

let directory: string
let pki: TestPki
beforeAll(async () => {
  directory = await temporaryDirectory()
  pki = await testPki()
})

describe("pki init", () => {
  test("leaves root, intermediates, trust profile and lists, as at the time asked for, and refuses to do it twice", async () => {
    const made = join(directory, "made")
    const line = ["pki", "init", "--dir", made, "--at", "2026-04-12T14:30:00Z"]
    expect(await vrijgave(line)).toMatchObject({ exitCode: 0 })
    const files = await readdir(made)
    expect(files).toEqual(expect.arrayContaining(["crls.pem", "intermediates.pem", "root.pem", "trust.json"]))
    const [crl] = readPem("X509 CRL", await readFile(join(made, "crls.pem"), "utf8"))
    expect(readCrl(crl ?? new Uint8Array()).thisUpdate).toBe(Date.UTC(2026, 3, 12, 14, 30))

    const again = await vrijgave(line)
    expect(again.exitCode).toBe(1)
    expect(again.told).toContain("holds a test hierarchy already")
  })

  test.each([
    ["2026-13-40", "give a time such as"],
    ["yesterday", "give a time such as"],
    ["2026-04-12T14:30:00", "give a time such as"],
  ])("refuses the time %s before anything is written", async (time, message) => {
    const there = join(directory, "never")
    const { exitCode, told } = await vrijgave(["pki", "init", "--dir", there, "--at", time])
    expect(exitCode).toBe(2)
    expect(told).toContain(message)
    expect(await readdir(directory)).not.toContain("never")
  })

  test("says which path is in the way where a file has the directory's name", async () => {
    const file = join(directory, "a-file")
    await writeFile(file, "")
    const { exitCode, told } = await vrijgave(["pki", "init", "--dir", join(file, "pki")])
    expect(exitCode).toBe(1)
    expect(told).toContain("part of that path is a file")
  })
})

describe("pki refresh and pki revoke", () => {
  test("new lists carry a higher number", async () => {
    const numbers = async () => (await readCrls(pki)).map((der) => readCrl(der).number ?? 0n)
    const before = await numbers()
    expect(await vrijgave(["pki", "refresh", "--dir", pki.directory])).toMatchObject({ exitCode: 0 })
    expect((await numbers()).every((number, i) => number > (before[i] ?? 0n))).toBe(true)
  })

  test("a certificate is revoked by its serial number", async () => {
    const card = await softCard({ pki, profile: "arts", name: "R. Evoked", at: Date.now() })
    const serial = card.certificates.get("handtekening")?.serialNumber ?? ""
    const { exitCode, printed } = await vrijgave([
      "pki",
      "revoke",
      "--dir",
      pki.directory,
      "--serial",
      serial,
    ])
    expect(exitCode).toBe(0)
    expect(printed).toContain(serial)
    const revoked = (await readCrls(pki)).some((der) => readCrl(der).revoked.has(serial))
    expect(revoked).toBe(true)
  })

  test.each([
    ["nothing to revoke is named", [], "--name of a card, or --serial"],
    ["both are named", ["--name", "A", "--serial", "00"], "--name of a card, or --serial"],
    ["a name that has no card", ["--name", "Nobody"], "has issued nothing with serial number or card name"],
    ["a serial number that is not hexadecimal", ["--serial", "xyz"], "a serial number is hexadecimal"],
  ])("%s: a usage error, and the lists stay as they were", async (_, options, message) => {
    const before = await readFile(join(pki.directory, "crls.pem"), "utf8")
    const { exitCode, told } = await vrijgave(["pki", "revoke", "--dir", pki.directory, ...options])
    expect(exitCode).toBe(2)
    expect(told).toContain(message)
    expect(await readFile(join(pki.directory, "crls.pem"), "utf8")).toBe(before)
  })

  test.each(["refresh", "revoke"])("%s says how to make a hierarchy where there is none", async (name) => {
    const empty = join(directory, `empty-${name}`)
    await mkdir(empty)
    const { exitCode, told } = await vrijgave([
      "pki",
      name,
      "--dir",
      empty,
      ...(name === "revoke" ? ["--name", "A"] : []),
    ])
    expect(exitCode).toBe(2)
    expect(told).toContain("vrijgave pki init --dir")
    expect(await readdir(empty)).toEqual([])
  })
})
