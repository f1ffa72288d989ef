import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { test as base } from "@playwright/test"
import type { CodeView } from "../../../src-phone/phone-view.ts"
import type { Phone } from "../../../src-phone/phone.ts"
import { upToPin } from "./consult.ts"
import { deskSteps, type DeskSteps } from "./desk-steps.ts"
import { DISTINCT_PIN, startGatedWorld, type GatedWorld, type GatedWorldOptions } from "./gated-world.ts"
import { launchDesk, type RunningDesk } from "./launch-desk.ts"
import { registerOn } from "./patient.ts"

export interface GatedDeskOptions {
  /** The program's own data, to start again with what an earlier desk left. */
  readonly userData?: string
  readonly environment?: Readonly<Record<string, string>>
  /** The folder of another application around the same desk. */
  readonly app?: string
}

export interface GatedDesk extends RunningDesk {
  readonly desk: DeskSteps
  readonly userData: string
}

export interface Fixtures {
  /** Starts a desk in English; whatever was started has ended after the test. */
  readonly startDesk: (options?: GatedDeskOptions) => Promise<GatedDesk>
}

export interface WorkerFixtures {
  readonly worldOptions: GatedWorldOptions
  readonly world: GatedWorld
}

/** The built desk, a real card and a real backend, and a gate on the way to it; `test.use({ worldOptions })` changes them. */
export const gatedTest = base.extend<Fixtures, WorkerFixtures>({
  worldOptions: [{ cards: [{ profile: "arts", name: "Anna de Vries" }] }, { scope: "worker", option: true }],
  world: [
    async ({ worldOptions }, use) => {
      const world = await startGatedWorld(worldOptions)
      await use(world)
      await world.stop()
    },
    { scope: "worker", timeout: 120_000 },
  ],
  startDesk: async ({ world }, use) => {
    const started: RunningDesk[] = []
    const folder = await mkdtemp(join(tmpdir(), "vrijgave-desk-"))
    world.gate.open()
    await use(async ({ userData, environment, app } = {}) => {
      const data = userData ?? (await mkdtemp(join(folder, "data-")))
      const running = await launchDesk({
        ...(app === undefined ? {} : { app }),
        ...{ userData: data, language: "en", environment: { ...world.environment, ...environment } },
      })
      started.push(running)
      return { ...running, desk: deskSteps(running.window, "en"), userData: data }
    })
    // One that a test killed is closed already.
    await Promise.all(started.map(({ application }) => application.close().catch(() => undefined)))
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  },
})

export interface AtPin extends GatedDesk {
  readonly phone: Phone
  readonly code: CodeView
}

/** A desk that is signed in and has come up to the PIN for the code of a phone. */
export async function deskAtPin(world: GatedWorld, startDesk: Fixtures["startDesk"]): Promise<AtPin> {
  const phone = world.takePhone()
  const code = await registerOn(phone)
  const running = await startDesk()
  await running.desk.signIn(DISTINCT_PIN)
  await upToPin(running.desk, code)
  return { ...running, phone, code }
}
