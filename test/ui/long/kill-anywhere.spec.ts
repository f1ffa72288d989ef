import { expect } from "@playwright/test"
import { setTimeout as pause } from "node:timers/promises"
import { timesAccepted, typePinToSign, upToPin } from "../support/consult.ts"
import { gatedTest as test } from "../support/gated-test.ts"
import { DISTINCT_PIN } from "../support/gated-world.ts"
import { killDesk } from "../support/launch-desk.ts"
import { registerOn } from "../support/patient.ts"

const KEY_RING = { ELECTRON_STANDIN_KEYRING: "1" }
const TIMES = 20
const STEP_MILLISECONDS = 20

test("killed at twenty moments after the PIN: what was signed arrives once, what was not is asked for again", async ({
  world,
  startDesk,
}) => {
  test.setTimeout(600_000)
  let userData: string | undefined
  const outcomes: string[] = []
  for (let time = 0; time < TIMES; time++) {
    const phone = world.takePhone()
    const code = await registerOn(phone)
    const killed = await startDesk({ environment: KEY_RING, ...(userData === undefined ? {} : { userData }) })
    userData = killed.userData
    await killed.desk.signIn(DISTINCT_PIN)
    await upToPin(killed.desk, code)
    await typePinToSign(killed.window, killed.desk, DISTINCT_PIN)
    await pause(time * STEP_MILLISECONDS)
    await killDesk(killed)

    const next = await startDesk({ environment: KEY_RING, userData })
    await next.desk.signIn(DISTINCT_PIN)
    await expect(next.window.getByRole("button", { name: next.desk.texts.side.outbox(1) })).toHaveCount(0)
    const accepted = timesAccepted(world.gate, code)
    expect(accepted).toBeLessThanOrEqual(1)
    expect((await phone.wait()).situation).toBe(accepted === 1 ? "verified" : "registered")
    outcomes.push(accepted === 1 ? "arrived" : "not signed")
    await next.application.close()
  }
  // The moments reach from before the signature to after the answer, or the test shows less than it says.
  expect(new Set(outcomes)).toEqual(new Set(["arrived", "not signed"]))
})
