import { expect, type Page } from "@playwright/test"
import type { CodeView } from "../../../src-phone/phone-view.ts"
import type { DeskSteps } from "./desk-steps.ts"
import type { Gate } from "./gate.ts"

/** From the code to the field for the PIN. */
export async function upToPin(desk: DeskSteps, code: CodeView): Promise<void> {
  await desk.expectTitle(desk.texts.code.title)
  await desk.enterCode(code.digits)
  await desk.agreeWords(code.readBackWords)
  await desk.giveConsent()
}

/** Types the PIN and goes: what comes of it is the test's to say. */
export async function typePinToSign(window: Page, { texts }: DeskSteps, pin: string): Promise<void> {
  await window.getByLabel(texts.pin.forSigning).fill(pin)
  await window.keyboard.press("Enter")
}

/** How often the backend took a package of this code in anew: 201, and 200 for one that it has already. */
export function timesAccepted({ passed }: Gate, { digits }: CodeView): number {
  return accepting(passed, digits).filter(({ status }) => status === 201).length
}

/** How often the desk handed a package of this code in, whatever the backend said. */
export function timesHandedIn({ passed }: Gate, { digits }: CodeView): number {
  return accepting(passed, digits).length
}

function accepting(passed: Gate["passed"], digits: string): Gate["passed"] {
  const path = `/v1/disclosures/${digits.slice(0, 6)}/authorisation`
  return passed.filter((call) => call.method === "PUT" && call.path === path)
}

export const POSTING = { method: "PUT", path: /\/authorisation$/ }

/** The list at the side says this of so many consults. */
export async function expectInFlight(
  window: Page,
  desk: DeskSteps,
  status: string,
  count: number,
): Promise<void> {
  const list = window.getByRole("region", { name: desk.texts.side.inFlight })
  await expect(list.getByText(status, { exact: true })).toHaveCount(count, { timeout: 40_000 })
}
