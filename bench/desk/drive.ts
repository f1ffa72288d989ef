import type { CodeView } from "../../src-phone/phone-view.ts"
import { PIN } from "../support/bench-card.ts"
import type { BenchWorld } from "./bench-world.ts"
import type { Running } from "./launch.ts"

const LONGEST_WAIT_MILLISECONDS = 60_000

/** Waits until this screen is there; throws naming the one that is there instead. */
export async function waitForScreen({ page }: Running, screen: string): Promise<void> {
  try {
    await page.locator(`[data-screen=${screen}]`).waitFor({ timeout: LONGEST_WAIT_MILLISECONDS })
  } catch (cause) {
    const there = await page.locator("[data-screen]").getAttribute("data-screen")
    throw new Error(`the desk shows ${String(there)}, not ${screen}`, { cause })
  }
}

/** Signs in by keyboard; answers when there is a field for the code. */
export async function signIn(running: Running): Promise<void> {
  const { page } = running
  await page.locator("input[type=password]:focus").waitFor()
  await page.keyboard.type(`${PIN}\n`)
  await waitForScreen(running, "ready")
}

export interface Registered {
  readonly code: CodeView
  /** Waits until the phone has judged what was signed. */
  readonly wait: () => Promise<unknown>
}

/** A patient's code. */
export async function register(world: BenchWorld): Promise<Registered> {
  const phone = world.takePhone()
  const { code } = await phone.register()
  if (code === undefined) throw new Error("the phone registered and shows no code")
  return { code, wait: () => phone.wait(20) }
}

/** Types a code, up to its last digit and Enter: the look-up begins. */
export async function typeCode(running: Running, { digits }: CodeView): Promise<void> {
  const { page } = running
  await page.getByRole("combobox").fill(digits)
  await page.keyboard.press("Enter")
  await waitForScreen(running, "comparing")
}

/** From the words to the field for the PIN, by Enter. */
export async function agreeToAll({ page }: Running): Promise<void> {
  await page.keyboard.press("Enter")
  await page.locator("[data-screen=reviewing] [data-primary]:not([data-disabled])").waitFor()
  await page.keyboard.press("Enter")
  await page.locator("input[type=password]:focus").waitFor()
}

export async function typePin({ page }: Running): Promise<void> {
  await page.keyboard.type(PIN)
  await page.keyboard.press("Enter")
}
