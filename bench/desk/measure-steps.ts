import type { Page } from "@playwright/test"
import { median } from "../support/rounds.ts"
import type { Part } from "../support/report.ts"
import type { BenchWorld } from "./bench-world.ts"
import { agreeToAll, register, signIn, typeCode, typePin, waitForScreen } from "./drive.ts"
import { startDesk } from "./launch.ts"

/** Milliseconds of the page's clock. */
interface Times {
  readonly enter: number
  readonly painted: Readonly<Record<string, number>>
  readonly states: Readonly<Record<string, number>>
}

/** How long a clinician waits after the last digit, and after the PIN, as the page itself sees it. */
export async function measureSteps(world: BenchWorld, rounds: number): Promise<Part> {
  const running = await startDesk(world)
  const { page, application } = running
  const [found, posted, card]: [number[], number[], number[]] = [[], [], []]
  try {
    await watch(page)
    await signIn(running)
    for (let round = 0; round <= rounds; round++) {
      const { code, wait } = await register(world)
      await typeCode(running, code)
      const afterCode = await timesOf(page, "comparing")
      await agreeToAll(running)
      await typePin(running)
      await waitForScreen(running, "following")
      const afterPin = await timesOf(page, "following")
      const cardTime = (afterPin.states["judging"] ?? Number.NaN) - (afterPin.states["signing"] ?? Number.NaN)
      await page.keyboard.press("Control+n")
      await waitForScreen(running, "ready")
      await wait()
      if (round === 0) continue
      found.push((afterCode.painted["comparing"] ?? Number.NaN) - afterCode.enter)
      card.push(cardTime)
      posted.push((afterPin.painted["following"] ?? Number.NaN) - afterPin.enter - cardTime)
    }
  } finally {
    await application.close()
  }
  return {
    letter: "steps",
    title: "What a clinician waits for",
    goals: [
      { name: "Enter after the last digit to “found” on screen, ms", found: median(found), atMost: 100 },
      {
        name: "Enter after the PIN to “sent” on screen, without the card's own time, ms",
        found: median(posted),
        atMost: 150,
      },
    ],
    context: [["the card (SoftHSM, RSA-2048), from “signing” to “signed”", `${median(card).toFixed(0)} ms`]],
    remarks: [
      `medians of ${String(rounds)} consults by keyboard; “on screen” is the frame after the screen was drawn`,
    ],
  }
}

/** Has the page note when Enter was pressed last, and since then when each screen was painted and each state heard of. */
async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const times = { enter: 0, painted: {} as Record<string, number>, states: {} as Record<string, number> }
    Object.assign(window, { times })
    addEventListener(
      "keydown",
      ({ key }) => {
        if (key === "Enter") Object.assign(times, { enter: performance.now(), painted: {}, states: {} })
      },
      true,
    )
    window.desk.onState(({ consult }) => {
      times.states[consult.is] ??= performance.now()
    })
    new MutationObserver(() => {
      const screen = document.querySelector<HTMLElement>("[data-screen]")?.dataset["screen"]
      if (screen === undefined || screen in times.painted) return
      const { painted } = times
      painted[screen] = Number.NaN
      // A task after the next frame: then it has been painted.
      requestAnimationFrame(() => setTimeout(() => (painted[screen] = performance.now()), 0))
    }).observe(document.body, { childList: true, subtree: true, attributes: true })
  })
}

async function timesOf(page: Page, screen: string): Promise<Times> {
  await page.waitForFunction((name) => {
    // Sound: put there by `watch`.
    const { times } = window as unknown as { times: Times }
    return Number.isFinite(times.painted[name] ?? Number.NaN)
  }, screen)
  return await page.evaluate(() => (window as unknown as { times: Times }).times)
}
