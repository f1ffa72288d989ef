import { readdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { beforeAll, describe, expect, test } from "vitest"
import type { TestPki } from "../../src-testkit/pki/test-pki.ts"
import { vrijgave } from "../support/scripted-terminal.ts"
import { temporaryDirectory } from "../support/temporary-directory.ts"
import { testBackend } from "../support/test-backend.ts"
import { testPki } from "../support/test-pki.ts"

let pki: TestPki
let directory: string
let origin: string
beforeAll(async () => {
  pki = await testPki()
  directory = await temporaryDirectory()
  origin = (await testBackend(pki)).origin
})

const root = () => ["--root", join(pki.directory, "root.pem")]
const phone = (step: string, state: string, ...more: readonly string[]) =>
  vrijgave(["phone", step, "--state", join(directory, state), "--backend", origin, ...root(), ...more])

describe("a phone without a clinician", () => {
  test("registers, shows the same code again in Dutch, waits in vain, withdraws, and cannot register over it twice", async () => {
    const registered = await phone("register", "a.json", "--json")
    expect(registered.exitCode).toBe(0)
    expect(JSON.parse(registered.printed)).toMatchObject({ step: "registered", code: { wordLanguage: "en" } })
    const shown = await phone("show", "a.json", "--language", "nl")
    expect(shown.printed).toMatch(/code {10}[0-9]{6}-[0-9]{4}/)
    expect(shown.printed).toContain("controlewoorden")
    const again = await phone("register", "a.json")
    expect(again.exitCode).toBe(1)
    expect(again.told).toContain("disclosure-under-way")
    const waited = await phone("wait", "a.json", "--for", "0")
    expect(waited).toMatchObject({ exitCode: 0 })
    expect(waited.printed).toMatch(/^state {9}registered\n/)
    const withdrawn = await phone("withdraw", "a.json")
    expect(withdrawn.exitCode).toBe(0)
    expect(withdrawn.printed).toMatch(/^state {9}withdrawn\n/)
  })

  test("takes the first contagious day, and refuses one that it holds no key of", async () => {
    const today = new Date().toISOString().slice(0, 10)
    expect(await phone("register", "b.json", "--day", today)).toMatchObject({ exitCode: 0 })
    const old = await phone("register", "c.json", "--day", "2020-01-01")
    expect(old.exitCode).toBe(1)
    expect(old.told).toContain("day-not-held")
  })

  test("shows that nothing is registered, and publishes and withdraws nothing", async () => {
    const shown = await phone("show", "d.json")
    expect(shown.printed).toMatch(/^state {9}nothing\n/)
    for (const step of ["wait", "publish", "withdraw"]) {
      const { exitCode, told } = await phone(step, "d.json")
      expect(exitCode).toBe(1)
      expect(told).toContain("nothing-registered")
    }
  })
})

describe("what a phone cannot work with", () => {
  test("a backend that does not answer is told, and the drawn code is kept for the next try", async () => {
    const line = [
      "phone",
      "register",
      "--state",
      join(directory, "e.json"),
      "--backend",
      "http://127.0.0.1:9",
      ...root(),
    ]
    const { exitCode, told } = await vrijgave(line)
    expect(exitCode).toBe(1)
    expect(told).toContain("There is no connection to the server")
    expect(told).not.toMatch(/^\s+at /m)
    expect(await phone("register", "e.json")).toMatchObject({ exitCode: 0 })
  })

  test("a state file of something else is refused, and stays as it was", async () => {
    await writeFile(join(directory, "foreign.json"), '{"mine":true}')
    for (const step of ["register", "show", "wait", "publish", "withdraw"]) {
      const { exitCode, told } = await phone(step, "foreign.json")
      expect(exitCode).toBe(1)
      expect(told).toMatch(/state-(foreign|corrupt)/)
    }
    expect(await readFile(join(directory, "foreign.json"), "utf8")).toBe('{"mine":true}')
  })

  test.each([
    ["a backend that is no address", () => ["--backend", "localhost"], "such as http://127.0.0.1:8080"],
    [
      "a backend with a path",
      () => ["--backend", "https://example.nl/v1"],
      "nothing may follow host and port",
    ],
    ["a backend elsewhere without TLS", () => ["--backend", "http://example.nl"], "on this machine only"],
    ["a backend over ftp", () => ["--backend", "ftp://127.0.0.1"], "over https"],
    ["a language that there is not", () => ["--backend", origin, "--language", "de"], "choose nl or en"],
  ])("%s is a usage error, and nothing is written", async (_, options, message) => {
    const state = ["--state", join(directory, "never.json")]
    const { exitCode, told } = await vrijgave(["phone", "register", ...state, ...root(), ...options()])
    expect(exitCode).toBe(2)
    expect(told).toContain(message)
    expect(await readdir(directory)).not.toContain("never.json")
  })

  test("no root, or a directory that is not there, is a usage error", async () => {
    const withoutRoot = await vrijgave([
      "phone",
      "show",
      "--state",
      join(directory, "f.json"),
      "--backend",
      origin,
    ])
    expect(withoutRoot).toMatchObject({ exitCode: 2 })
    expect(withoutRoot.told).toContain("Say whom to believe")
    const nowhere = await phone("register", "none/f.json")
    expect(nowhere.exitCode).toBe(2)
    expect(nowhere.told).toContain("make it first")
  })

  test("a day or a number of seconds that is none is a usage error", async () => {
    expect((await phone("register", "g.json", "--day", "2026-02-30")).told).toMatch(
      /there is no such day|give a day/,
    )
    expect((await phone("wait", "g.json", "--for", "-1")).exitCode).toBe(2)
    expect((await phone("wait", "g.json", "--for", "soon")).told).toContain("give whole seconds")
  })
})
