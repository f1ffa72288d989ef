import { execFile } from "node:child_process"
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { inspect, promisify } from "node:util"
import { listPackage } from "@electron/asar"
import { FuseState, FuseV1Options, getCurrentFuseWire } from "@electron/fuses"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { checkElectronBinary } from "../../native/packaging/check-electron-binary.ts"
import { rehearsePackaging, type Rehearsal } from "../../native/packaging/rehearse-packaging.ts"

const run = promisify(execFile)
const ROOT = join(import.meta.dirname, "..", "..")
const STAND_IN = join(ROOT, "native", "electron-on-chromium", "electron")
const canBuildDebs = process.platform === "linux"

let folder = ""
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vrijgave-packaging-"))
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

describe("what is packed is Electron", () => {
  test.each([
    ["linux", "7f454c46"],
    ["win32", "4d5a9000"],
    ["darwin", "cffaedfe"],
    ["darwin", "cafebabe"],
  ])("a program of %s that begins with %s is one", async (platform, beginning) => {
    const program = join(folder, "program")
    await writeFile(program, Buffer.from(`${beginning}00000000`, "hex"))
    await expect(checkElectronBinary(program, platform)).resolves.toBeUndefined()
  })

  test.each([
    ["linux", "7f454c46"],
    ["win32", "4d5a9000"],
    ["darwin", "cffaedfe"],
  ])("another platform's program than that of %s is refused", async (platform, own) => {
    const program = join(folder, "foreign")
    const foreign = ["7f454c46", "4d5a9000", "cffaedfe"].find((beginning) => beginning !== own)
    await writeFile(program, Buffer.from(`${foreign ?? ""}00000000`, "hex"))
    await expect(checkElectronBinary(program, platform)).rejects.toThrow("this is not Electron")
  })

  test("the stand-in is refused, and the message names the next step", async () => {
    await expect(checkElectronBinary(STAND_IN, "linux")).rejects.toThrow("npx install-electron")
  })

  test("an empty file and an unknown platform are refused", async () => {
    const program = join(folder, "empty")
    await writeFile(program, "")
    await expect(checkElectronBinary(program, "linux")).rejects.toThrow("this is not Electron")
    await expect(checkElectronBinary(STAND_IN, "sunos")).rejects.toThrow("no packages for sunos")
  })
})

/** A project that packs like ours, with a bundle of one line and a file that must stay at home. */
async function smallProject(): Promise<string> {
  const project = join(folder, "project")
  for (const part of ["main", "preload", "card-host", "renderer", "phone"])
    await mkdir(join(project, "out", part), { recursive: true })
  await writeFile(join(project, "out", "main", "main.js"), "process.exit(0)\n")
  await writeFile(join(project, "out", "phone", "main.js"), "process.exit(0)\n")
  for (const name of ["package.json", "package-lock.json", "electron-builder.yml"])
    await cp(join(ROOT, name), join(project, name))
  await cp(join(ROOT, "native", "packaging"), join(project, "native", "packaging"), { recursive: true })
  await symlink(join(ROOT, "node_modules"), join(project, "node_modules"))
  return project
}

describe.runIf(canBuildDebs)("a rehearsal of packing for Linux", () => {
  let rehearsal: Rehearsal | undefined
  let project = ""
  beforeAll(async () => {
    project = await smallProject()
    rehearsal = await rehearsePackaging(project, STAND_IN, join(folder, "rehearsal"), "45.4.1")
  }, 120_000)
  const made = (): Rehearsal => {
    if (rehearsal === undefined) throw new Error("nothing was packed")
    return rehearsal
  }

  test("the archive holds the bundles, the two add-ons, and nothing else of the repository", () => {
    const names = listPackage(join(made().application, "resources", "app.asar"), { isPack: false })
    const outside = names.filter(
      (name) =>
        !/^\/(out|out\/(main|preload|card-host|renderer)(\/.*)?|package\.json|node_modules)$/.test(name),
    )
    const packages = new Set(outside.map((name) => name.split("/").slice(2, 4).join("/")))
    expect(names).toContain("/out/main/main.js")
    expect(names.filter((name) => name.startsWith("/out/phone"))).toEqual([])
    for (const name of packages) expect(name).toMatch(/^(koffi|pkcs11js|@koromix)/)
    expect([...packages].some((name) => name.startsWith("koffi"))).toBe(true)
    expect([...packages].some((name) => name.startsWith("pkcs11js"))).toBe(true)
  })

  test("the add-ons' binaries lie outside the archive, where the system can load them", async () => {
    const unpacked = join(made().application, "resources", "app.asar.unpacked", "node_modules")
    const addOn = await readFile(join(unpacked, "pkcs11js", "build", "Release", "pkcs11.node"))
    expect(addOn.subarray(1, 4).toString()).toBe("ELF")
    const platform = `koffi-${process.platform}-${process.arch}`
    const koffi = join(unpacked, "@koromix", platform, `${process.platform}_${process.arch}`, "koffi.node")
    expect((await readFile(koffi)).subarray(1, 4).toString()).toBe("ELF")
  })

  test("every fuse is as the house wants it", async () => {
    const wire = await getCurrentFuseWire(join(made().application, "vrijgave-desk"))
    const { ENABLE, DISABLE } = FuseState
    expect(wire).toMatchObject({
      [FuseV1Options.RunAsNode]: DISABLE,
      [FuseV1Options.EnableCookieEncryption]: ENABLE,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: DISABLE,
      [FuseV1Options.EnableNodeCliInspectArguments]: DISABLE,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: ENABLE,
      [FuseV1Options.OnlyLoadAppFromAsar]: ENABLE,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: DISABLE,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: DISABLE,
    })
  })

  test("the .deb installs the desk with its menu entry, and asks for the card service", async () => {
    const { deb } = made()
    const control = (await run("dpkg-deb", ["--field", deb])).stdout
    expect(control).toMatch(/^Package: vrijgave$/m)
    expect(control).toMatch(/^Depends: .*\bpcscd\b/m)
    const contents = (await run("dpkg-deb", ["--contents", deb])).stdout
    expect(contents).toContain("./opt/Vrijgave/vrijgave-desk")
    expect(contents).toContain("./usr/share/applications/vrijgave-desk.desktop")
  })

  test("the same with the stand-in is refused where it is no rehearsal", async () => {
    const builder = join(ROOT, "node_modules", "electron-builder", "cli.js")
    const electron = join(folder, "rehearsal", "electron")
    const settings = [
      `-c.electronDist=${electron}`,
      "-c.electronVersion=45.4.1",
      "-c.directories.output=release",
    ]
    const packing = run(process.execPath, [builder, "--projectDir", project, "--linux", "dir", ...settings], {
      cwd: project,
    })
    const refused: unknown = await packing.then(
      () => undefined,
      (error: unknown) => error,
    )
    // The builder tells what went wrong on its standard output or its standard error, as it pleases.
    expect(inspect(refused)).toContain("this is not Electron")
  }, 120_000)
})
