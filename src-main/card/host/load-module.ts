import { closeSync, openSync, readSync } from "node:fs"
import { libraryArchitectures, LIBRARY_HEAD_BYTES } from "../../../native/pkcs11/library-architecture.ts"
import { openModule, returnValueOf, type Pkcs11Module } from "../../../native/pkcs11/open-module.ts"
import { CardError, cardErrorOf } from "../card-error.ts"

/**
 * Loads and initialises a module. Throws `MODULE_ARCHITECTURE` for one of another kind of processor, `MODULE_DEPENDENCY`
 * where a library that it needs is not there, `MODULE_INVALID` where it is no PKCS#11 module, or what it answered.
 */
export function loadModule(path: string): Pkcs11Module {
  const built = architecturesOf(path)
  if (built !== undefined && !built.includes(process.arch)) {
    const detail = `${path} is built for ${built.join(", ")}, this program for ${process.arch}`
    throw new CardError("MODULE_ARCHITECTURE", detail)
  }
  try {
    return openModule(path)
  } catch (cause) {
    const returnValue = returnValueOf(cause)
    if (returnValue !== undefined) throw cardErrorOf("C_Initialize", returnValue, { cause })
    const message = cause instanceof Error ? cause.message : "unknown"
    if (built !== undefined && lacksDependency(message, path)) {
      throw new CardError("MODULE_DEPENDENCY", message, { cause })
    }
    throw new CardError("MODULE_INVALID", `not a usable PKCS#11 module: ${message}`, { cause })
  }
}

/** What the header says, before any of its code runs; `undefined` where it cannot be read or is no library's. */
function architecturesOf(path: string): readonly string[] | undefined {
  try {
    const file = openSync(path, "r")
    try {
      const head = new Uint8Array(LIBRARY_HEAD_BYTES)
      return libraryArchitectures(head.subarray(0, readSync(file, head)))
    } finally {
      closeSync(file)
    }
  } catch {
    return undefined
  }
}

/**
 * Whether the loader, which found the library itself, misses another one. Linux and macOS name it. Windows says the same
 * of both, in the language of the person: that the file is there and fits is known, so it is the other.
 */
export function lacksDependency(
  message: string,
  path: string,
  platform: NodeJS.Platform = process.platform,
): boolean {
  if (platform === "win32") return !message.includes("C_GetFunctionList")
  if (message.includes("Library not loaded")) return true
  const missing = /(\S+): cannot open shared object file/.exec(message)?.[1]
  return missing !== undefined && missing !== path
}
