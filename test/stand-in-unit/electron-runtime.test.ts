import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { readFileSync } from "node:fs"

const ROOT = join(import.meta.dirname, "..", "..")
const LAUNCHER = join(ROOT, "native", "electron-on-chromium", "electron")

function runtimeFor(wanted: string): {
  kind: string
  executable: string
  environment: Record<string, string>
} {
  const module = JSON.stringify(join(ROOT, "native", "setup", "electron-runtime.mjs"))
  const script = `import { chooseRuntime } from ${module}; console.log(JSON.stringify(chooseRuntime()))`
  const ended = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    env: { ...process.env, ELECTRON_RUNTIME: wanted },
    encoding: "utf8",
  })
  if (ended.status !== 0) throw new Error(ended.stderr)
  // Printed a moment ago by the script above.
  return JSON.parse(ended.stdout) as ReturnType<typeof runtimeFor>
}

describe("the choice of runtime", () => {
  test("the stand-in is taken where it is asked for, by its own script", () => {
    const runtime = runtimeFor("standin")
    expect(runtime.kind).toBe("stand-in")
    expect(runtime.executable).toBe(LAUNCHER)
    expect(runtime.environment["ELECTRON_OVERRIDE_DIST_PATH"]).toBe(join(LAUNCHER, ".."))
  })

  test("Electron is never replaced where it is asked for: it is there, or there is an error with the next step", () => {
    try {
      expect(runtimeFor("electron").kind).toBe("electron")
    } catch (error) {
      expect(String(error)).toMatch(/without it the desk has no window.*install\.js/s)
    }
  })
})

describe.skipIf(process.platform === "win32")("the script in place of Electron's executable", () => {
  test("carries one fuse wire, of version 1 with nine fuses", () => {
    const text = readFileSync(LAUNCHER, "latin1")
    const parts = text.split("dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX")
    expect(parts).toHaveLength(2)
    expect(parts[1]).toMatch(/^\u0001\u0009[01]{9}\n$/)
  })

  test("is no binary, so that a release can tell it from Electron", () => {
    expect(readFileSync(LAUNCHER).subarray(0, 2).toString("latin1")).toBe("#!")
  })

  test("says that it is a stand-in when asked for its version", () => {
    const { stdout } = spawnSync(LAUNCHER, ["--version"], {
      encoding: "utf8",
      env: { ...process.env, ELECTRON_STANDIN_NODE: process.execPath, ELECTRON_RUN_AS_NODE: "" },
    })
    expect(stdout).toMatch(/^v45\.\d+\.\d+ \(stand-in\)\n$/)
  })
})
