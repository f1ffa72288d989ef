import { readdir } from "node:fs/promises"
import { join } from "node:path"
import { openSync } from "node:fs"
import { writeFile } from "node:fs/promises"
import { beforeAll, describe, expect, test } from "vitest"
import { vrijgave } from "../support/scripted-terminal.ts"
import { temporaryDirectory } from "../support/temporary-directory.ts"
import { testBackend } from "../support/test-backend.ts"
import { cardOn, cardsIn, phone, registered, sign, type Stage } from "../support/test-card.ts"
import { testPki } from "../support/test-pki.ts"

const NAME = "Zoë d'Árts-de Vries"

let stage: Stage
beforeAll(async () => {
  const pki = await testPki()
  stage = { pki, backend: await testBackend(pki), directory: await temporaryDirectory() }
  await cardOn(stage, "arts", NAME)
})

describe("sign", () => {
  test("asks for words and consent, takes the PIN without echo, and shows who signs before it", async () => {
    const { digits, checkWords } = await registered(stage, "asked.json")
    const ran = await sign(stage, NAME, digits, [], { answers: ["yes", "ja"], secret: "123456" })
    expect(ran.exitCode).toBe(0)
    expect(ran.printed).toMatch(/^authorised\n/)
    const order = [
      ...[
        "PIN, to sign in",
        `Check words: ${checkWords}`,
        "say these two words?",
        "You will sign as:",
        "consented",
      ],
      ...["PIN, to sign (", "Signed, and judged"],
    ]
    const places = order.map((text) => ran.told.indexOf(text))
    expect(places).not.toContain(-1)
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(ran.told + ran.printed).not.toContain("123456\n")
  })

  test("takes the code as trustwords, compares the patient's words, and tells the outcome as JSON", async () => {
    const { digits, checkWords, trustwords } = await registered(stage, "words.json")
    const more = ["--consent", "--read-back", checkWords.toUpperCase(), "--json"]
    const ran = await sign(stage, NAME, trustwords, more)
    expect(ran.exitCode).toBe(0)
    expect(JSON.parse(ran.printed)).toMatchObject({
      state: "authorised",
      code: digits,
      signer: { roleCode: "01.000" },
    })
  })

  test("takes the PIN from a file descriptor", async () => {
    const { digits } = await registered(stage, "fd.json")
    const file = join(stage.directory, "pin")
    await writeFile(file, "123456\n")
    const fd = String(openSync(file, "r"))
    const where = ["--backend", stage.backend.origin, "--softhsm", cardsIn(stage), "--token", NAME]
    const said = ["--consent", "--read-back-confirmed", "--follow", "0"]
    const ran = await vrijgave(["sign", ...where, "--code", digits, ...said, "--pin-fd", fd])
    expect(ran).toMatchObject({ exitCode: 0 })
  })

  test("leaves nothing in the outbox when the backend has taken the package", async () => {
    expect(await readdir(join(cardsIn(stage), "outbox"))).toEqual([])
  })
})

describe("sign refuses with exit code 3, and the phone gets nothing,", () => {
  test.each([
    ["when the patient's words are others", ["--consent", "--read-back", "zoo zoo"], {}, "READ_BACK_DIFFERS"],
    [
      "when the clinician says that the words are others",
      ["--consent"],
      { answers: ["no"] },
      "READ_BACK_DIFFERS",
    ],
    ["when the patient does not consent", ["--read-back-confirmed"], { answers: ["no"] }, "CONSENT_MISSING"],
    [
      "when the answer is no clear yes",
      ["--read-back-confirmed"],
      { answers: ["perhaps"] },
      "CONSENT_MISSING",
    ],
  ])("%s", async (_, more, script, code) => {
    const state = `refused-${code}-${String(more.length)}-${JSON.stringify(script).length}.json`
    const { digits } = await registered(stage, state)
    const ran = await sign(stage, NAME, digits, more, script)
    expect(ran.told).toContain(code)
    expect(ran.exitCode).toBe(3)
    expect(ran.printed).toBe("")
    expect((await phone(stage, "wait", state, "--for", "0")).view["step"]).toBe("registered")
  })
})

describe("sign fails with exit code 1 and a plain message", () => {
  test("for a wrong PIN", async () => {
    const { digits } = await registered(stage, "wrong-pin.json")
    const script = { environment: { CARD_PIN: "654321" } }
    const ran = await sign(stage, NAME, digits, ["--consent", "--read-back-confirmed"], script)
    expect(ran.exitCode).toBe(1)
    expect(ran.told).toContain("The card does not take this PIN")
    expect(ran.told).not.toContain("654321")
  })

  test("for a PIN that is too short, without a try", async () => {
    const { digits } = await registered(stage, "short-pin.json")
    const script = { environment: { CARD_PIN: "12" } }
    const ran = await sign(stage, NAME, digits, ["--consent", "--read-back-confirmed"], script)
    expect(ran.exitCode).toBe(1)
    expect(ran.told).toContain("No try was spent")
  })

  test("for a code that nobody registered", async () => {
    const ran = await sign(stage, NAME, "000000-0000")
    expect(ran.exitCode).toBe(1)
    expect(ran.told).toContain("not-found")
  })

  test("for a backend that does not answer", async () => {
    const elsewhere = { ...stage, backend: { ...stage.backend, origin: "http://127.0.0.1:9" } }
    const ran = await sign(elsewhere, NAME, "123456-7890")
    expect(ran.exitCode).toBe(1)
    expect(ran.told).toContain("unreachable")
    expect(ran.told).not.toMatch(/^\s+at /m)
  })
})

describe("sign refuses, before any PIN, as a usage error", () => {
  const all = ["--consent", "--read-back-confirmed"]
  test.each([
    [
      "no consent where nobody can be asked",
      NAME,
      "1234567890",
      ["--read-back-confirmed"],
      "--consent was not given",
    ],
    [
      "no read-back where nobody can be asked",
      NAME,
      "1234567890",
      ["--consent"],
      "--read-back-confirmed was not given",
    ],
    [
      "a card that is not there",
      "Nobody",
      "1234567890",
      [...all, "--trust", "TRUST"],
      'There is no card "Nobody"',
    ],
    ["a code that is too short", NAME, "12345", all, "5 missing"],
    ["a word that is not in the list", NAME, "apple river xyzzy moon", all, '"xyzzy" is not in the list'],
    ["two places for cards", NAME, "1234567890", [...all, "--module", "/x.so"], "Say where the card is"],
    ["two roots", NAME, "1234567890", [...all, "--root", "TRUST", "--trust", "TRUST"], "not both"],
    ["two sources of the PIN", NAME, "1234567890", [...all, "--pin-fd", "3"], "not both"],
  ])("%s", async (_, token, code, more, message) => {
    const trust = join(stage.pki.directory, "trust.json")
    const ran = await sign(
      stage,
      token,
      code,
      more.map((option) => (option === "TRUST" ? trust : option)),
    )
    expect(ran.told).toContain(message)
    expect(ran).toMatchObject({ exitCode: 2, printed: "" })
  })

  test("a card whose authority is not known here needs --root or --trust", async () => {
    const ran = await sign(stage, "Nobody", "1234567890")
    expect(ran).toMatchObject({ exitCode: 2 })
    expect(ran.told).toContain("Say whom to believe")
  })

  test.each([
    [["--pin-env", "NO_SUCH"], "there is no environment variable of that name"],
    [["--pin-env", "EMPTY"], "the PIN is empty"],
    [["--pin-fd", "999"], "nothing can be read from that file descriptor"],
    [["--pin-fd", "x"], "a file descriptor is a whole number"],
    [[], "There is no terminal to ask the PIN on"],
  ])("a PIN from nowhere: %j", async (pin, message) => {
    const where = ["--backend", stage.backend.origin, "--softhsm", cardsIn(stage), "--token", NAME]
    const line = ["sign", ...where, "--code", "1234567890", ...all, ...pin]
    const ran = await vrijgave(line, { environment: { EMPTY: "" } })
    expect(ran.told).toContain(message)
    expect(ran).toMatchObject({ exitCode: 2, printed: "" })
  })

  test("a SoftHSM home that is none", async () => {
    const trust = join(stage.pki.directory, "trust.json")
    const where = [
      "--backend",
      stage.backend.origin,
      "--softhsm",
      stage.directory,
      "--token",
      NAME,
      "--trust",
      trust,
    ]
    const ran = await vrijgave(["sign", ...where, "--code", "1234567890", ...all, "--pin-env", "P"], {
      environment: { P: "1" },
    })
    expect(ran).toMatchObject({ exitCode: 2 })
    expect(ran.told).toContain("this is no SoftHSM home")
  })
})
