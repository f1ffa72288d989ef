import { mkdtemp, readFile, rm, stat } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { findSofthsmModule, SOFTHSM_MODULE_PATHS } from "../../native/softhsm/find-softhsm-module.ts"
import { deleteToken, initialiseToken } from "../../native/softhsm/initialise-token.ts"
import { writeSofthsmConfiguration } from "../../native/softhsm/softhsm-home.ts"

let home: string

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "vrijgave-softhsm-"))
})
afterAll(async () => {
  await rm(home, { recursive: true, force: true })
})

describe("finding SoftHSM", () => {
  test.each(["linux", "darwin", "win32"] as const)(
    "takes the first module that is there on %s",
    (platform) => {
      const paths = SOFTHSM_MODULE_PATHS[platform] ?? []
      expect(findSofthsmModule(platform, (path) => path === paths[1])).toBe(paths[1])
    },
  )

  test.each([
    ["linux", "apt-get install softhsm2"],
    ["darwin", "brew install softhsm"],
    ["win32", "SoftHSM2-for-Windows"],
    ["freebsd", "softhsm2"],
  ] as const)("says on %s how to install it where it is absent", (platform, advice) => {
    const find = () => findSofthsmModule(platform, () => false)
    expect(find).toThrow(expect.objectContaining({ code: "softhsm-missing" }))
    expect(find).toThrow(advice)
  })
})

describe("a SoftHSM home", () => {
  test("keeps its tokens below itself, for the owner alone", async () => {
    const path = await writeSofthsmConfiguration(join(home, "own"))
    expect(await readFile(path, "utf8")).toContain(`directories.tokendir = ${join(home, "own", "tokens")}\n`)
    expect((await stat(join(home, "own", "tokens"))).mode & 0o077).toBe(0)
  })

  test("takes a token, and lets it go again", async () => {
    const directory = join(home, "tokens-come-and-go")
    await writeSofthsmConfiguration(directory)
    await initialiseToken({ directory, label: "one", soPin: "123456", pin: "123456" })
    await deleteToken({ directory, label: "one" })
    await expect(deleteToken({ directory, label: "one" })).rejects.toMatchObject({ code: "utility-failed" })
  })

  test("refuses a PIN that SoftHSM refuses, without repeating it", async () => {
    const directory = join(home, "short-pin")
    await writeSofthsmConfiguration(directory)
    const failure = await initialiseToken({ directory, label: "two", soPin: "9z", pin: "8y" }).catch(
      (e: unknown) => e,
    )
    expect(failure).toMatchObject({ code: "utility-failed" })
    expect(JSON.stringify(failure, Object.getOwnPropertyNames(failure))).not.toMatch(/9z|8y/)
  })
})
