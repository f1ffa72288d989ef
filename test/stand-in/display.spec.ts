import { _electron } from "@playwright/test"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { isOnPath } from "../../native/setup/run.mjs"
import { openDisplay } from "../../native/setup/virtual-display.mjs"
import { APPLICATION, environment, expect, isStandIn, test } from "./fixture.ts"
import { processesNaming } from "./support/processes.ts"

test.skip(process.platform !== "linux" || !isOnPath("Xvfb"), "no Xvfb on this machine")

/** A display of our own, also for a developer who has one. */
async function openVirtualDisplay() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  delete process.env["DISPLAY"]
  delete process.env["WAYLAND_DISPLAY"]
  try {
    return await openDisplay()
  } finally {
    Object.assign(process.env, { ...(DISPLAY && { DISPLAY }), ...(WAYLAND_DISPLAY && { WAYLAND_DISPLAY }) })
  }
}

test("on a display that nobody sees the window is there, can be pictured, and leaves nothing", async ({
  profile,
}) => {
  const display = await openVirtualDisplay()
  const picture = join(profile, "screens", "window.png")
  try {
    expect(display.isVirtual).toBe(true)
    display.screenshot(picture)
    const empty = readFileSync(picture).length
    const args = [APPLICATION, `--user-data-dir=${profile}`]
    const app = await _electron.launch({ args, env: environment(display.environment) })
    const page = await app.firstWindow()
    await expect(page.locator("output")).toHaveText("ready")
    // Two windows side by side want to know how wide it is.
    const size = await app.evaluate(({ screen }) => screen.getPrimaryDisplay().workAreaSize)
    if (isStandIn) expect(`${size.width}x${size.height}`).toBe(display.environment["ELECTRON_STANDIN_SCREEN"])
    // The page says so before X has it on its screen.
    const pictured = () => {
      display.screenshot(picture)
      return readFileSync(picture).length
    }
    await expect.poll(pictured).toBeGreaterThan(empty + 500)
    await app.close()
  } finally {
    await display.close()
  }
  expect(existsSync(picture)).toBe(true)
  expect(processesNaming("Xvfb", display.folder)).toEqual([])
})
