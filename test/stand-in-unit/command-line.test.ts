import { describe, expect, test } from "vitest"
import { readCommandLine } from "../../native/electron-on-chromium/command-line.ts"

describe("Electron's command line", () => {
  test("as Playwright gives it", () => {
    const read = readCommandLine(
      "-r /loader.js --no-sandbox --inspect=0 --remote-debugging-port=0 . --user-data-dir=/a=b".split(" "),
    )
    expect(read.preloads).toEqual(["/loader.js"])
    expect(read.target).toBe(".")
    expect([...read.switches]).toEqual([
      ["no-sandbox", ""],
      ["inspect", "0"],
      ["remote-debugging-port", "0"],
      ["user-data-dir", "/a=b"],
    ])
  })

  test("a word behind the application is its own", () => {
    expect(readCommandLine(["app", "-r", "other"])).toMatchObject({ target: "app", preloads: [] })
  })

  test("without an application there is none", () => {
    expect(readCommandLine(["--version"])).toMatchObject({ target: undefined, asksVersion: true })
  })
})
