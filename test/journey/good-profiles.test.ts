import { beforeAll, describe, expect, test } from "vitest"
import { base64UrlOf } from "../../src-protocol/bytes.ts"
import { CARD_PROFILE_IDS, CARD_PROFILES } from "../../src-testkit/profiles.ts"
import { cardOn, phone, registered, sign, type Stage } from "../support/test-card.ts"
import { batchWith, openStage, seedOf, stateText } from "./stage.ts"

const GOOD = CARD_PROFILE_IDS.filter((id) => CARD_PROFILES[id].expect === "good")

let stage: Stage
beforeAll(async () => {
  stage = await openStage(() => Promise.resolve())
})

describe.each(GOOD)("with a card of profile %s", (profile) => {
  test("a disclosure goes from the phone's hash to the published batch", async () => {
    const state = `${profile}.json`
    const name = `${profile} d'É-Één, van`
    await cardOn(stage, profile, name)
    const { digits, checkWords } = await registered(stage, state)

    const signed = await sign(stage, name, digits, ["--consent", "--read-back", checkWords])
    expect(signed.told).toContain("Signed, and judged by this desk")
    expect(signed.printed).toMatch(/^authorised\n/)
    expect(signed.exitCode).toBe(0)

    const waited = await phone(stage, "wait", state, "--for", "10")
    expect(waited).toMatchObject({ exitCode: 0, view: { step: "verified", signer: { name } } })

    const seed = await seedOf(stage, state)
    const published = await phone(stage, "publish", state, "--longest-wait", "0")
    expect(published).toMatchObject({ exitCode: 0, view: { step: "done" } })
    expect(await stateText(stage, state)).not.toContain(base64UrlOf(seed.dayKey))

    const { batch } = await batchWith(stage, seed)
    expect(batch.entries.length).toBeGreaterThanOrEqual(10)
  })
})
