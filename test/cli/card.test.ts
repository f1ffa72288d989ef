import { readdir, readFile, stat } from "node:fs/promises"
import { join } from "node:path"
import { beforeAll, describe, expect, test } from "vitest"
import { readCrl } from "../../src-protocol/crl.ts"
import { readCrls, type TestPki } from "../../src-testkit/pki/test-pki.ts"
import { readRecord } from "../../src-testkit/pki/issue-record.ts"
import { vrijgave } from "../support/scripted-terminal.ts"
import { temporaryDirectory } from "../support/temporary-directory.ts"
import { testPki } from "../support/test-pki.ts"

let pki: TestPki
let directory: string
beforeAll(async () => {
  pki = await testPki()
  directory = await temporaryDirectory()
})

const create = (softhsm: string, ...more: readonly string[]) =>
  vrijgave(["card", "create", "--pki", pki.directory, "--softhsm", join(directory, softhsm), ...more])

describe("card create", () => {
  test("makes a card, tells its PIN and what to expect, and card list shows it", async () => {
    const made = await create("cards", "--profile", "arts", "--name", "Zoë d'Árts-de Vries", "--pin", "4711")
    expect(made.exitCode).toBe(0)
    expect(made.printed).toContain("Test PIN 4711")
    expect(made.printed).toContain("sign-in and signing work")
    expect(made.printed).toContain("Wat te verwachten")
    const listed = await vrijgave(["card", "list", "--softhsm", join(directory, "cards")])
    expect(listed.exitCode).toBe(0)
    expect(listed.printed).toContain("Zoë d'Árts-de Vries: arts")
    expect(listed.printed).toContain("4711")
  })

  test("tells of a bad profile where it will be stopped, for people and for programs", async () => {
    const made = await create("bad", "--profile", "apothekersassistent", "--name", "P. Harma", "--json")
    const json: unknown = JSON.parse(made.printed)
    expect(json).toMatchObject({ expect: { stoppedAt: "sign-in", reason: "profession-not-article-3" } })
    const listed = await vrijgave(["card", "list", "--softhsm", join(directory, "bad")])
    expect(listed.printed).toContain("the backend refuses sign-in")
  })

  test("keeps the file of test PINs to its owner", async () => {
    const mode = (await stat(join(directory, "cards", "cards.json"))).mode & 0o777
    expect(mode).toBe(0o600)
  })

  test("a second card of the same name is refused, and the first one stays", async () => {
    const before = await readFile(join(directory, "cards", "cards.json"), "utf8")
    const again = await create("cards", "--profile", "huisarts", "--name", "Zoë d'Árts-de Vries")
    expect(again.exitCode).toBe(1)
    expect(again.told).toContain("already")
    expect(await readFile(join(directory, "cards", "cards.json"), "utf8")).toBe(before)
  })

  test.each([
    ["an unknown profile", ["--profile", "chirurg", "--name", "A"], "Choose one of: arts, huisarts"],
    [
      "a PIN that is too short",
      ["--profile", "arts", "--name", "A", "--pin", "123"],
      "A test PIN or PUK is 4 to 12",
    ],
    ["an empty name", ["--profile", "arts", "--name", ""], "--name"],
    ["a name with a line break", ["--profile", "arts", "--name", "A\nB"], "nothing invisible in it"],
  ])("%s is a usage error, and nothing is written", async (_, options, message) => {
    const { exitCode, told, printed } = await create("nothing", ...options)
    expect(exitCode).toBe(2)
    expect(told).toContain(message)
    expect(printed).toBe("")
    expect(await readdir(directory)).not.toContain("nothing")
  })

  test("a hierarchy that is not there is a usage error that says how to make one", async () => {
    const line = [
      "card",
      "create",
      "--pki",
      join(directory, "no-pki"),
      "--softhsm",
      join(directory, "nothing"),
    ]
    const { exitCode, told } = await vrijgave([...line, "--profile", "arts", "--name", "A"])
    expect(exitCode).toBe(2)
    expect(told).toContain("vrijgave pki init --dir")
    expect(await readdir(directory)).not.toContain("nothing")
  })
})

test("pki revoke with a card's name revokes all three of its certificates", async () => {
  await create("revoked", "--profile", "arts", "--name", "I. Ngetrokken")
  const ran = await vrijgave(["pki", "revoke", "--dir", pki.directory, "--name", "I. Ngetrokken"])
  expect(ran.exitCode).toBe(0)
  const { certificates } = await readRecord(pki.directory)
  const serials = certificates
    .filter(({ card }) => card === "I. Ngetrokken")
    .map(({ serialNumber }) => serialNumber)
  const lists = (await readCrls(pki)).map((der) => readCrl(der).revoked)
  expect(serials).toHaveLength(3)
  for (const serial of serials) expect(lists.some((revoked) => revoked.has(serial))).toBe(true)
})

test("card list of a directory without cards says how to make one", async () => {
  const { exitCode, told } = await vrijgave(["card", "list", "--softhsm", directory])
  expect(exitCode).toBe(1)
  expect(told).toContain("vrijgave card create")
})
