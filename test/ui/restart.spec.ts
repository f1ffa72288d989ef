import { expect } from "@playwright/test"
import {
  expectInFlight,
  POSTING,
  timesAccepted,
  timesHandedIn,
  typePinToSign,
  upToPin,
} from "./support/consult.ts"
import { gatedTest as test, type GatedDesk } from "./support/gated-test.ts"
import { DISTINCT_PIN, type GatedWorld } from "./support/gated-world.ts"
import { killDesk } from "./support/launch-desk.ts"
import { registerOn } from "./support/patient.ts"

test.describe.configure({ mode: "default" })
test.use({
  worldOptions: {
    cards: [
      { profile: "arts", name: "Anna de Vries" },
      { profile: "huisarts", name: "Bram Bos" },
    ],
  },
})

/** As on a clinician's computer: what waits is encrypted by the system's key ring, and outlives the program. */
const KEY_RING = { ELECTRON_STANDIN_KEYRING: "1" }

async function start(
  world: GatedWorld,
  startDesk: (options: { userData?: string; environment: Record<string, string> }) => Promise<GatedDesk>,
  userData?: string,
): Promise<GatedDesk> {
  const environment = { ...KEY_RING, ...(await world.only(...world.cards)) }
  return await startDesk({ environment, ...(userData === undefined ? {} : { userData }) })
}

async function signInAs({ window, desk }: GatedDesk, name: string): Promise<void> {
  await desk.expectTitle(desk.texts.signIn.title)
  await window.getByRole("radio", { name }).check({ force: true })
  await desk.signIn(DISTINCT_PIN)
}

test("killed before the package was posted: only its own signer's sign-in posts it, and once", async ({
  world,
  startDesk,
}) => {
  const phone = world.takePhone()
  const code = await registerOn(phone)
  const first = await start(world, startDesk)
  await signInAs(first, "Anna de Vries")
  await upToPin(first.desk, code)
  const held = world.gate.hold(POSTING, "on its way")
  await typePinToSign(first.window, first.desk, DISTINCT_PIN)
  await held.caught
  world.gate.close()
  await killDesk(first)
  world.gate.open()
  expect(timesHandedIn(world.gate, code)).toBe(0)

  const second = await start(world, startDesk, first.userData)
  const waiting = second.window.getByRole("button", { name: second.desk.texts.side.outbox(1) })
  await expect(waiting).toBeVisible()
  await signInAs(second, "Bram Bos")
  await waiting.click()
  await expect(second.window.getByText(second.desk.texts.outbox.foreign)).toBeVisible()
  await expect(second.window.getByRole("button", { name: second.desk.texts.outbox.send })).toBeDisabled()
  expect(timesHandedIn(world.gate, code)).toBe(0)

  await second.window.keyboard.press("Control+l")
  await signInAs(second, "Anna de Vries")
  await expectInFlight(second.window, second.desk, second.desk.texts.side.status.waiting, 1)
  await expect(waiting).toHaveCount(0)
  expect((await phone.wait(20)).situation).toBe("verified")
  await expectInFlight(second.window, second.desk, second.desk.texts.side.status.confirmed, 1)
  expect([timesHandedIn(world.gate, code), timesAccepted(world.gate, code)]).toEqual([1, 1])
})

test("killed after the backend took the package: the next sign-in hands it in again, and it counts once", async ({
  world,
  startDesk,
}) => {
  const phone = world.takePhone()
  const code = await registerOn(phone)
  const first = await start(world, startDesk)
  await signInAs(first, "Anna de Vries")
  await upToPin(first.desk, code)
  const held = world.gate.hold(POSTING, "on its way back")
  await typePinToSign(first.window, first.desk, DISTINCT_PIN)
  await held.caught
  await killDesk(first)
  held.letGo()
  expect(timesAccepted(world.gate, code)).toBe(1)

  const second = await start(world, startDesk, first.userData)
  await signInAs(second, "Anna de Vries")
  await expectInFlight(second.window, second.desk, second.desk.texts.side.status.waiting, 1)
  expect((await phone.wait(20)).situation).toBe("verified")
  await expectInFlight(second.window, second.desk, second.desk.texts.side.status.confirmed, 1)
  await second.window.keyboard.press("Control+l")
  await signInAs(second, "Anna de Vries")
  expect([timesHandedIn(world.gate, code), timesAccepted(world.gate, code)]).toEqual([2, 1])
})

test("killed while the PIN is asked for: nothing was signed, and nothing of the patient is left", async ({
  world,
  startDesk,
}) => {
  const phone = world.takePhone()
  const code = await registerOn(phone)
  const first = await start(world, startDesk)
  await signInAs(first, "Anna de Vries")
  await upToPin(first.desk, code)
  await killDesk(first)
  const second = await start(world, startDesk, first.userData)
  await signInAs(second, "Anna de Vries")
  await expect(second.window.getByRole("combobox", { name: second.desk.texts.code.field })).toHaveValue("")
  expect((await phone.wait()).situation).toBe("registered")
  expect(timesHandedIn(world.gate, code)).toBe(0)
})
