import { posix, win32 } from "node:path"
import { describe, expect, test } from "vitest"
import { knownModules } from "../../native/pkcs11/known-modules.ts"

describe("the table of vendors' modules", () => {
  test.each(["linux", "darwin", "win32"] as const)(
    "has SafeSign first on %s, and only whole paths",
    (platform) => {
      const modules = knownModules(platform, "C:\\Windows\\System32")
      const paths = platform === "win32" ? win32 : posix
      expect(modules[0]?.name).toBe("SafeSign")
      expect(modules.filter(({ path }) => !paths.isAbsolute(path))).toEqual([])
      expect(new Set(modules.map(({ path }) => path)).size).toBe(modules.length)
    },
  )

  test("is empty for a platform that we do not know", () => {
    expect(knownModules("aix")).toEqual([])
  })
})
