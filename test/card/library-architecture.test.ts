import { execFileSync } from "node:child_process"
import { mkdtempSync } from "node:fs"
import { open, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { beforeAll, describe, expect, test } from "vitest"
import { libraryArchitectures, LIBRARY_HEAD_BYTES } from "../../native/pkcs11/library-architecture.ts"
import { createCardHost } from "../../src-main/card/host/card-host.ts"
import { forkChildProcess } from "../../src-main/card/host/fork-child-process.ts"
import { lacksDependency } from "../../src-main/card/host/load-module.ts"
import { buildShim, isBuilt, pathOf } from "./support/build-shim.ts"
import { whenFileIsDone } from "./support/when-file-is-done.ts"

/** The beginning of a library with these numbers in these places; `littleEndian` but for Apple's universal files. */
function head(magic: string, ...numbers: readonly (readonly [at: number, bytes: string])[]): Uint8Array {
  const bytes = Buffer.alloc(256)
  bytes.write(magic, 0, "hex")
  for (const [at, hex] of numbers) bytes.write(hex, at, "hex")
  return bytes
}

describe("the header of a library", () => {
  test.each([
    ["Linux on x64", head("7f454c460201", [18, "3e00"]), ["x64"]],
    ["Linux on ARM64", head("7f454c460201", [18, "b700"]), ["arm64"]],
    ["Linux of 32 bits", head("7f454c460101", [18, "0300"]), ["ia32"]],
    ["Linux on something else", head("7f454c460201", [18, "1600"]), ["another"]],
    ["Windows on x64", head("4d5a", [60, "80000000"], [128, "504500006486"]), ["x64"]],
    ["Windows on ARM64", head("4d5a", [60, "80000000"], [128, "5045000064aa"]), ["arm64"]],
    ["Windows of 32 bits", head("4d5a", [60, "80000000"], [128, "504500004c01"]), ["ia32"]],
    ["macOS on Apple silicon", head("cffaedfe0c000001"), ["arm64"]],
    ["macOS on Intel", head("cffaedfe07000001"), ["x64"]],
    ["macOS for both", head("cafebabe00000002", [8, "01000007"], [28, "0100000c"]), ["x64", "arm64"]],
  ])("tells for which machine it is: %s", (_, bytes, architectures) => {
    expect(libraryArchitectures(bytes)).toEqual(architectures)
  })

  test.each([
    ["an empty file", new Uint8Array()],
    ["a text", Buffer.from("this is no library, whatever it is called: it is a sentence of some length")],
    ["a program of DOS", head("4d5a", [60, "80000000"])],
    ["a DOS header that points behind the end", head("4d5a", [60, "ffffff7f"])],
    ["a Java class", head("cafebabe00000041")],
    ["a cut-off ELF header", head("7f454c460201", [18, "3e00"]).subarray(0, 20)],
  ])("of %s is none", (_, bytes) => {
    expect(libraryArchitectures(bytes)).toBeUndefined()
  })

  test("of this very program is that of this machine", async () => {
    const file = await open(process.execPath)
    const { buffer, bytesRead } = await file.read(new Uint8Array(LIBRARY_HEAD_BYTES))
    await file.close()
    expect(libraryArchitectures(buffer.subarray(0, bytesRead))).toContain(process.arch)
  })
})

describe("what the loader says of a library that it does not find", () => {
  const PATH = "/usr/lib/libaetpkss.so.3"
  test.each([
    ["linux", "libssl.so.1.0: cannot open shared object file: No such file or directory", true],
    ["linux", `${PATH}: cannot open shared object file: Permission denied`, false],
    ["linux", `${PATH}: undefined symbol: SCardConnect`, false],
    ["darwin", `dlopen(${PATH}): Library not loaded: @rpath/libfoo.dylib`, true],
    ["darwin", `dlopen(${PATH}): no suitable image found`, false],
    ["win32", "Kan opgegeven module niet vinden.", true],
    ["win32", "C_GetFunctionList answered 5 and no list", false],
  ] as const)("on %s: %s", (platform, message, lacks) => {
    expect(lacksDependency(message, PATH, platform)).toBe(lacks)
  })
})

const shim = buildShim()
let directory = ""
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "vrijgave-modules-"))
  whenFileIsDone(() => rm(directory, { recursive: true, force: true }))
})

async function problemOf(modulePath: string): Promise<unknown> {
  const host = createCardHost({ fork: forkChildProcess(), modulePath })
  try {
    return await host.probe().then(
      () => "none",
      (error: unknown) => error,
    )
  } finally {
    host.stop()
  }
}

describe.skipIf(!isBuilt(shim))("a module", () => {
  test("for another processor is told by its header, and none of it runs", async () => {
    const bytes = await readFile(pathOf(shim))
    bytes.writeUInt16LE(process.arch === "arm64" ? 0x3e : 0xb7, 18)
    const path = join(directory, "other-processor.so")
    await writeFile(path, bytes)
    const other = process.arch === "arm64" ? "x64" : "arm64"
    const message: unknown = expect.stringContaining(`built for ${other}`)
    expect(await problemOf(path)).toMatchObject({ code: "MODULE_ARCHITECTURE", retriable: false, message })
  })

  test("that needs a library which is not there says which", async () => {
    const [needed, path] = [join(directory, "libneeded.so"), join(directory, "needing.so")]
    const compile = (source: string, target: string, ...more: readonly string[]) => {
      execFileSync("cc", ["-shared", "-fPIC", "-x", "c", "-o", target, "-", ...more], { input: source })
    }
    compile("int needed(void) { return 0; }", needed, "-Wl,-soname,libneeded.so")
    compile(
      "int needed(void); int C_GetFunctionList(void **l) { return needed(); }",
      path,
      "-x",
      "none",
      needed,
    )
    await rm(needed)
    const message: unknown = expect.stringContaining("libneeded.so")
    expect(await problemOf(path)).toMatchObject({ code: "MODULE_DEPENDENCY", message })
  })

  test("that is cut off in the middle takes its own process with it and costs a message", async () => {
    const path = join(directory, "cut-off.so")
    await writeFile(path, (await readFile(pathOf(shim))).subarray(0, 3_000))
    expect(await problemOf(path)).toMatchObject({ code: "MODULE_CRASHED" })
  })
})
