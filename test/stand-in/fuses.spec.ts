import { FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from "@electron/fuses"
import { spawnSync } from "node:child_process"
import { copyFileSync, symlinkSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { environment, expect, isStandIn, test } from "./fixture.ts"

// The package's one export is the path of its executable, which its types do not say.
const EXECUTABLE = createRequire(import.meta.url)("electron") as unknown as string

test.skip(!isStandIn, "Electron's own fuses are Electron's affair")

/** A copy whose fuses may be flipped, with the stand-in's code beside it as in a packaged folder. */
function copyOf(folder: string): string {
  const copy = join(folder, "electron")
  copyFileSync(EXECUTABLE, copy)
  symlinkSync(dirname(EXECUTABLE), join(folder, "stand-in"))
  return copy
}

function runAsNode(executable: string): string {
  const { stdout } = spawnSync(executable, ["-e", "console.log('ran as Node')"], {
    env: environment({ ELECTRON_RUN_AS_NODE: "1", ELECTRON_STANDIN_NODE: process.execPath }),
    encoding: "utf8",
  })
  return stdout.trim()
}

test("the fuses of the stand-in are read by Electron's own tool", async () => {
  const wire = await getCurrentFuseWire(EXECUTABLE)
  expect(wire.version).toBe(FuseVersion.V1)
  expect(wire[FuseV1Options.RunAsNode]).toBe(FuseState.ENABLE)
  expect(wire[FuseV1Options.OnlyLoadAppFromAsar]).toBe(FuseState.DISABLE)
})

test("a fuse that is flipped is obeyed", async ({ profile }) => {
  const copy = copyOf(profile)
  expect(runAsNode(copy)).toBe("ran as Node")
  await flipFuses(copy, { version: FuseVersion.V1, [FuseV1Options.RunAsNode]: false })
  expect((await getCurrentFuseWire(copy))[FuseV1Options.RunAsNode]).toBe(FuseState.DISABLE)
  expect(runAsNode(copy)).toBe("")
})
