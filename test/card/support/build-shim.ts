import { execFileSync } from "node:child_process"
import { mkdtempSync } from "node:fs"
import { rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { whenFileIsDone } from "./when-file-is-done.ts"

const SOURCE = join(import.meta.dirname, "module-shim.c")
const HEADERS = join(import.meta.dirname, "../../../node_modules/pkcs11js/includes/pkcs11")

/** The built module that misbehaves on demand, or why it could not be built: then the tests that need it are skipped. */
export type Shim = { readonly path: string } | { readonly missing: string }

export function buildShim(): Shim {
  if (process.platform !== "linux")
    return { missing: "the misbehaving PKCS#11 module is built on Linux only" }
  const directory = mkdtempSync(join(tmpdir(), "vrijgave-shim-"))
  whenFileIsDone(() => rm(directory, { recursive: true, force: true }))
  const path = join(directory, "module-shim.so")
  try {
    execFileSync("cc", ["-shared", "-fPIC", "-I", HEADERS, "-o", path, SOURCE, "-ldl"], { stdio: "pipe" })
    return { path }
  } catch (error) {
    return { missing: `no C compiler: ${error instanceof Error ? error.message : "unknown"}` }
  }
}

/** The path of the built shim; throws where there is none, which a skipped test never sees. */
export function pathOf(shim: Shim): string {
  if ("path" in shim) return shim.path
  throw new RangeError(shim.missing)
}

/** Whether the shim is there; prints the reason once where it is not. */
export function isBuilt(shim: Shim): boolean {
  if ("missing" in shim) console.log(`skipped: ${shim.missing}`)
  return "path" in shim
}
