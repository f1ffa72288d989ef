import { posix, win32 } from "node:path"
import { describe, expect, test } from "vitest"
import { knownModules } from "../../native/pkcs11/known-modules.ts"
import { installedModules } from "../../src-main/card/host/installed-modules.ts"

describe("the table of vendors' modules", () => {
  test.each(["linux", "darwin", "win32"] as const)(
    "has SafeSign first on %s, then OpenSC, and only whole paths, each once",
    (platform) => {
      const modules = knownModules(platform, "C:\\Windows\\System32", "C:\\Program Files")
      const paths = platform === "win32" ? win32 : posix
      const names = [...new Set(modules.map(({ name }) => name))]
      expect(names.slice(0, 2)).toEqual(["SafeSign", "OpenSC"])
      expect(modules.filter(({ path }) => !paths.isAbsolute(path))).toEqual([])
      expect(new Set(modules.map(({ path }) => path)).size).toBe(modules.length)
    },
  )

  test("knows where the packages of Debian, Fedora and the makers put them", () => {
    const paths = knownModules("linux").map(({ path }) => path)
    expect(paths).toEqual(
      expect.arrayContaining([
        "/usr/lib/libaetpkss.so.3",
        "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so",
        "/usr/lib64/pkcs11/opensc-pkcs11.so",
        "/usr/lib/softhsm/libsofthsm2.so",
      ]),
    )
    const windows = knownModules("win32", "D:\\W\\System32", "D:\\P").map(({ path }) => path)
    expect(windows).toContain("D:\\W\\System32\\aetpkss1.dll")
    expect(windows).toContain("D:\\P\\OpenSC Project\\OpenSC\\pkcs11\\opensc-pkcs11.dll")
  })

  test("is empty for a platform that we do not know", () => {
    expect(knownModules("aix")).toEqual([])
  })
})

describe("the modules to use", () => {
  const OPENSC = "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so"
  const SAFESIGN = "/usr/lib/libaetpkss.so.3"
  const installed = (...paths: readonly string[]) =>
    installedModules({
      platform: "linux",
      exists: (path) => paths.includes(path),
      resolve: (path) => path.replace(/\.so$/, ".so.3"),
    })

  test("are the installed ones, SafeSign first whatever else there is", () => {
    expect(installed(OPENSC, SAFESIGN)).toEqual([
      { name: "SafeSign", path: SAFESIGN },
      { name: "OpenSC", path: OPENSC },
    ])
    expect(installed()).toEqual([])
  })

  test("hold a file with two names once", () => {
    expect(installed(SAFESIGN, "/usr/lib/libaetpkss.so")).toEqual([{ name: "SafeSign", path: SAFESIGN }])
  })

  test("never hold SoftHSM, whose keys are files, unless somebody sets it", () => {
    const softhsm = "/usr/lib/softhsm/libsofthsm2.so"
    expect(installed(softhsm)).toEqual([])
    expect(installedModules({ configured: [softhsm], platform: "linux" })).toEqual([
      { name: "SoftHSM", path: softhsm },
    ])
  })

  test("are those that are set, and no others, there or not", () => {
    const configured = ["/opt/vendor/card.so", OPENSC]
    expect(installedModules({ configured, platform: "linux", exists: () => true })).toEqual([
      { name: "card.so", path: "/opt/vendor/card.so" },
      { name: "OpenSC", path: OPENSC },
    ])
  })
})
