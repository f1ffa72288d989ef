import { defineConfig } from "@playwright/test"
import { join } from "node:path"
import { chooseRuntime } from "./native/setup/electron-runtime.mjs"

// The tests know nothing of the choice between Electron and its stand-in: it is made here, by what the environment says.
const runtime = chooseRuntime()
Object.assign(process.env, runtime.environment)
if (process.env["ELECTRON_OVERRIDE_DIST_PATH"] === "") delete process.env["ELECTRON_OVERRIDE_DIST_PATH"]

const OUTPUT = join(import.meta.dirname, ".cache", "playwright")

export default defineConfig({
  workers: 2,
  fullyParallel: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  retries: 0,
  forbidOnly: true,
  outputDir: join(OUTPUT, "results"),
  snapshotDir: join(OUTPUT, "snapshots"),
  reporter: [["list"], ["./native/setup/playwright-reporter.mjs"]],
  metadata: { runtime: runtime.kind === "electron" ? "Electron" : "the stand-in for Electron" },
  use: { trace: "retain-on-failure" },
  projects: [
    { name: "stand-in", testDir: "test/stand-in", testMatch: "*.spec.ts" },
    { name: "gallery", testDir: "test/desk-ui", testMatch: "*.spec.ts" },
    { name: "desk", testDir: "test/ui", testMatch: "**/*.spec.ts", testIgnore: "**/long/**" },
    { name: "desk-long", testDir: "test/ui/long", testMatch: "*.spec.ts" },
    { name: "card", testDir: "test/ui-card", testMatch: "*.spec.ts" },
  ],
})
