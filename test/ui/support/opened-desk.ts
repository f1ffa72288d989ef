import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { DeskDoor } from "../../../src-preload/contract.ts"
import { gatedTest } from "./gated-test.ts"
import { launchDesk, type RunningDesk } from "./launch-desk.ts"

declare global {
  interface Window {
    readonly desk: DeskDoor
  }
}

export interface OpenedDesk extends RunningDesk {
  readonly userData: string
}

/** One desk for all tests of a file, which look at it and leave it as it is. */
export const test = gatedTest.extend<object, { opened: OpenedDesk }>({
  opened: [
    async ({ world }, use) => {
      const userData = await mkdtemp(join(tmpdir(), "vrijgave-desk-"))
      const running = await launchDesk({ userData, language: "en", environment: world.environment })
      await use({ ...running, userData })
      await running.application.close().catch(() => undefined)
      await rm(userData, { recursive: true, force: true, maxRetries: 5 })
    },
    { scope: "worker", timeout: 120_000 },
  ],
})
