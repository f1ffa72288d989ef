import { beforeAll, describe, expect, test } from "vitest"
import { reasonWords } from "../../src-protocol/reason-words.ts"
import { createCard } from "../../src-testkit/cards/create-card.ts"
import { CARD_PROFILE_IDS, CARD_PROFILES, type CardProfileId } from "../../src-testkit/profiles.ts"
import { phone, registered, sign, type Stage } from "../support/test-card.ts"
import { openStage } from "./stage.ts"

const BAD = CARD_PROFILE_IDS.filter((id) => CARD_PROFILES[id].expect !== "good")
const nameOf = (profile: CardProfileId) => `Bad ${profile}`

let stage: Stage
beforeAll(async () => {
  // Before the backend starts: it must have the lists on which the revoked card is.
  stage = await openStage(async ({ pki, directory }) => {
    for (const profile of BAD) {
      const softhsmDirectory = `${directory}/cards`
      await createCard({
        pki,
        softhsmDirectory,
        profile,
        name: nameOf(profile),
        pin: "123456",
        at: Date.now(),
      })
    }
  })
})

describe.each(BAD)("with a card of profile %s", (profile) => {
  const { expect: expected } = CARD_PROFILES[profile]

  test("the journey stops where the profile says, for that reason and in plain words, and the phone is left as it was", async () => {
    const state = `${profile}.json`
    const { digits } = await registered(stage, state)
    const ran = await sign(stage, nameOf(profile), digits)

    if (expected === "good") throw new RangeError("this profile is a good one")
    expect(ran.printed).toBe("")
    expect(ran.told).not.toContain("Signed, and judged")
    if (expected.stoppedAt === "sign-in") expect(ran.told).not.toContain("Found: registered at")
    else expect(ran.told).toContain("Found: registered at")
    if (expected.reason === "no-signature-certificate") {
      expect(ran.exitCode).toBe(1)
      expect(ran.told).toContain("There is no signature certificate on this card")
    } else {
      expect(ran.exitCode).toBe(3)
      expect(ran.told).toContain(reasonWords.en[expected.reason].clinician)
      expect(ran.told).toContain(expected.reason)
    }

    const waited = await phone(stage, "wait", state, "--for", "0")
    expect(waited).toMatchObject({ exitCode: 0, view: { step: "registered" } })
  })
})
