import { expect, test, _electron as electron, type Page } from "@playwright/test"
import { spawn } from "node:child_process"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { softhsmConfigurationPath } from "../../native/softhsm/softhsm-home.ts"
import { testerFiles } from "../../src-cli/tester-desk/tester-files.ts"
import { openTesterWorld, writePhoneFile } from "../../src-cli/tester-desk/tester-world.ts"
import { writeDeskConfig } from "../../src-cli/tester-desk/write-desk-config.ts"
import { PHONE_TEXTS } from "../../src-phone-window/page/texts.ts"
import { processesNaming } from "../stand-in/support/processes.ts"
import { typePinToSign, upToPin } from "./support/consult.ts"
import { deskSteps } from "./support/desk-steps.ts"
import { inherited } from "./support/launch-desk.ts"
import { expectNoAxeFindings } from "./support/axe.ts"

// The tester's world: the desk's window and the patient's phone, as `vrijgave desk` opens them for one person to play both.

const ROOT = join(import.meta.dirname, "..", "..")
/** With UPDATE_SCREENS=1 the pictures of the documentation are taken anew; otherwise they stay in the cache. */
const SCREENS =
  process.env["UPDATE_SCREENS"] === "1" ? join("docs", "screens") : join(".cache", "tester-desk")
const PICTURES = join(ROOT, SCREENS, "phone")

/** Just what the tester's world asks of a terminal. */
const TERMINAL = {
  now: () => Date.now(),
  print: () => undefined,
} as unknown as Parameters<typeof openTesterWorld>[1]

async function launch(
  app: string,
  switches: readonly string[],
  environment: Readonly<Record<string, string>>,
) {
  const application = await electron.launch({
    args: [app, ...switches],
    cwd: ROOT,
    env: { ...inherited(), ...environment },
  })
  return { application, window: await application.firstWindow() }
}

/** The code as the phone shows it, read off its window as a patient reads it out. */
async function readOut(phone: Page): Promise<Parameters<typeof upToPin>[1]> {
  const words = (place: string): Promise<string[]> => phone.locator(`${place} .words span`).allTextContents()
  const [reference = "", confirmation = ""] = await phone.locator(".digits span").allTextContents()
  const [first = "", second = ""] = await words(".check")
  // Sound: what a clinician hears of it is all that the steps need.
  return { digits: `${reference}-${confirmation}`, readBackWords: [first, second] } as unknown as Parameters<
    typeof upToPin
  >[1]
}

test("one person plays both sides in two windows, from “Maak een code” to “done”", async () => {
  const files = await testerFiles(undefined)
  const world = await openTesterWorld(files, TERMINAL)
  const nl = PHONE_TEXTS.nl
  await Promise.all([writePhoneFile(files, world), writeDeskConfig(files, world)])
  const desk = await launch(
    ".",
    ["--practice", `--config=${files.deskConfig}`, `--user-data-dir=${files.desk}`],
    { SOFTHSM2_CONF: softhsmConfigurationPath(files.cards) },
  )
  const phone = await launch(
    join("out", "phone", "main", "main.js"),
    [`--phone=${files.phoneFile}`, `--user-data-dir=${files.phone}`],
    {},
  )
  try {
    const patient = phone.window
    await patient.setViewportSize({ width: 400, height: 820 })
    const clinician = deskSteps(desk.window, "nl")
    const picture = async (name: string): Promise<void> => {
      await expectNoAxeFindings(patient)
      await expectNothingClipped(patient)
      await patient.screenshot({ path: join(PICTURES, `${name}.png`) })
    }
    await patient.getByRole("button", { name: nl.share }).waitFor()
    await picture("1-start")
    await patient.getByRole("button", { name: nl.share }).click()
    await expect(patient.locator(".digits")).toBeVisible({ timeout: 20_000 })
    await picture("2-code")

    const pin = world.cards[0]?.pin ?? ""
    await clinician.signIn(pin)
    await upToPin(clinician, await readOut(patient))
    // This phone waits by itself: it may have confirmed before anybody could see that the desk follows it.
    await typePinToSign(desk.window, clinician, pin)
    await expect(patient.getByRole("button", { name: nl.publish })).toBeVisible({ timeout: 40_000 })
    await picture("3-signed")
    await clinician.expectTitle(clinician.texts.done.confirmed.title)

    await patient.getByRole("button", { name: nl.publish }).click()
    await expect(patient.getByRole("heading", { level: 1 })).toHaveText(nl.titles.over, { timeout: 40_000 })
    await picture("4-over")
  } finally {
    await Promise.all([desk.application.close(), phone.application.close()])
    await world.backend.stop()
    await files.remove()
  }
})

test("`vrijgave desk` opens both windows, and Ctrl-C ends all that it started", async () => {
  const data = await mkdtemp(join(tmpdir(), "vrijgave-tester-"))
  const command = spawn(process.execPath, [join(ROOT, "src-cli", "main.ts"), "desk", "--data", data], {
    cwd: ROOT,
    env: inherited(),
    stdio: ["ignore", "pipe", "inherit"],
  })
  try {
    let said = ""
    command.stdout.on("data", (part: Buffer) => (said += part.toString("utf8")))
    await expect.poll(() => said, { timeout: 40_000 }).toContain("Make a code in the phone's window")
    expect(said).toContain("PIN ")
    await expect
      .poll(() => processesNaming(join(data, "desk"), "--type=renderer").length, { timeout: 40_000 })
      .toBeGreaterThan(0)
    await expect
      .poll(() => processesNaming(join(data, "phone"), "--type=renderer").length, { timeout: 40_000 })
      .toBeGreaterThan(0)
    const ended = new Promise((resolve) => command.once("exit", resolve))
    command.kill("SIGINT")
    await ended
    await expect.poll(() => processesNaming(data), { timeout: 20_000 }).toEqual([])
  } finally {
    command.kill("SIGKILL")
    await rm(data, { recursive: true, force: true, maxRetries: 5 })
  }
})

/** Nothing sticks out of the window, or out of what holds it. */
async function expectNothingClipped(page: Page): Promise<void> {
  const clipped = await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll("h1, h2, p, button, select, .card")]
      .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
      .map(({ tagName, className }) => `${tagName} ${className}`),
  )
  expect(clipped).toEqual([])
}
