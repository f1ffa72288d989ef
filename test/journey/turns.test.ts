import { join } from "node:path"
import { beforeAll, expect, test } from "vitest"
import { vrijgave } from "../support/scripted-terminal.ts"
import { cardOn, phone, registered, sign, type Stage } from "../support/test-card.ts"
import { batchWith, openStage, seedOf } from "./stage.ts"

const NAME = "A. de Vries"
const ALL_SAID = ["--consent", "--read-back-confirmed"]
const FOLLOWING = [...ALL_SAID, "--follow", "30"]

let stage: Stage
beforeAll(async () => {
  stage = await openStage(() => Promise.resolve())
  await cardOn(stage, "arts", NAME)
  await cardOn(stage, "verpleegkundige", "B. Jansen")
})

test("the desk follows until the phone has judged, and learns nothing of the publication", async () => {
  const { digits } = await registered(stage, "followed.json")
  const [signed, waited] = await Promise.all([
    sign(stage, NAME, digits, FOLLOWING),
    phone(stage, "wait", "followed.json", "--for", "30"),
  ])
  expect(waited.view["step"]).toBe("verified")
  expect(signed.printed).toMatch(/^confirmed\n/)
  expect(signed.exitCode).toBe(0)
})

test("a wrong PIN releases nothing, and with the right one it goes on", async () => {
  const { digits } = await registered(stage, "pin.json")
  const wrong = await sign(stage, NAME, digits, ALL_SAID, { environment: { CARD_PIN: "000000" } })
  expect(wrong.exitCode).toBe(1)
  expect(wrong.told).toContain("The card does not take this PIN")
  expect((await phone(stage, "wait", "pin.json", "--for", "0")).view["step"]).toBe("registered")
  expect(await sign(stage, NAME, digits)).toMatchObject({ exitCode: 0 })
  expect((await phone(stage, "wait", "pin.json", "--for", "10")).view["step"]).toBe("verified")
})

test("what the patient withdrew before the look-up cannot be found any more", async () => {
  const { digits } = await registered(stage, "early.json")
  expect(await phone(stage, "withdraw", "early.json")).toMatchObject({
    exitCode: 0,
    view: { step: "withdrawn" },
  })
  const signed = await sign(stage, NAME, digits)
  expect(signed.exitCode).toBe(1)
  expect(signed.told).toContain("not-found")
})

test("what the patient withdraws after signing is not published, and the desk sees it", async () => {
  const { digits } = await registered(stage, "late.json")
  const followed = sign(stage, NAME, digits, FOLLOWING)
  expect((await phone(stage, "wait", "late.json", "--for", "30")).view["step"]).toBe("verified")
  expect((await phone(stage, "withdraw", "late.json")).view["step"]).toBe("withdrawn")
  await followed
  const published = await phone(stage, "publish", "late.json", "--longest-wait", "0")
  expect(published.exitCode).toBe(1)
  expect(published.told).toContain("already-over")
})

test("a phone with another root built in refuses, keeps its keys, and the desk sees the reason", async () => {
  const { digits } = await registered(stage, "rogue.json")
  const rogue = ["--root", join(stage.pki.directory, "rogue", "root.pem")]
  const line = [
    "phone",
    "wait",
    "--state",
    join(stage.directory, "rogue.json"),
    "--backend",
    stage.backend.origin,
  ]
  const [signed, waited] = await Promise.all([
    sign(stage, NAME, digits, FOLLOWING),
    vrijgave([...line, ...rogue, "--for", "30", "--json"]),
  ])
  expect(waited.exitCode).toBe(3)
  expect(JSON.parse(waited.printed)).toMatchObject({ step: "refused", reason: "untrusted-chain" })
  expect(signed.printed).toMatch(/^refused\n/)
  expect(signed.printed).toContain("untrusted-chain")
  expect(signed.exitCode).toBe(3)
})

test("a second clinician cannot sign what the first one signed", async () => {
  const { digits } = await registered(stage, "twice.json")
  expect(await sign(stage, NAME, digits)).toMatchObject({ exitCode: 0 })
  const second = await sign(stage, "B. Jansen", digits)
  expect(second.exitCode).toBe(1)
  expect(second.told).toContain("not-found")
})

test("a code with a mistyped last digit gives other check words", async () => {
  const { digits, checkWords } = await registered(stage, "mistyped.json")
  const last = (Number(digits.at(-1)) + 1) % 10
  const mistyped = digits.slice(0, -1) + String(last)
  const signed = await sign(stage, NAME, mistyped, ["--consent", "--read-back", checkWords])
  expect(signed.exitCode).toBe(3)
  expect(signed.told).toContain("READ_BACK_DIFFERS")
})

test("a mistyped last digit that nobody noticed is refused by the phone, which keeps waiting for the right one", async () => {
  const { digits } = await registered(stage, "unnoticed.json")
  const last = (Number(digits.at(-1)) + 1) % 10
  expect(await sign(stage, NAME, digits.slice(0, -1) + String(last))).toMatchObject({ exitCode: 0 })
  const refused = await phone(stage, "wait", "unnoticed.json", "--for", "0")
  expect(refused.view).toMatchObject({ step: "registered", situation: "registered-after-mismatch" })
  expect(await sign(stage, NAME, digits)).toMatchObject({ exitCode: 0 })
  expect((await phone(stage, "wait", "unnoticed.json", "--for", "10")).view["step"]).toBe("verified")
})

test("publishing twice is harmless, and the seed is in the batches once", async () => {
  const { digits } = await registered(stage, "again.json")
  await sign(stage, NAME, digits)
  await phone(stage, "wait", "again.json", "--for", "10")
  const seed = await seedOf(stage, "again.json")
  expect((await phone(stage, "publish", "again.json", "--longest-wait", "0")).view["step"]).toBe("done")
  expect((await phone(stage, "publish", "again.json", "--longest-wait", "0")).view["step"]).toBe("done")
  expect((await batchWith(stage, seed)).place).toBeGreaterThanOrEqual(0)
})
