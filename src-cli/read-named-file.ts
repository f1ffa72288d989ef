import { readFile, stat } from "node:fs/promises"
import { CliError } from "./cli-error.ts"

/** Larger than any file that a command reads: a country's revocation list fits. */
const LARGEST = 64 * 1024 * 1024

/**
 * The bytes of a file that the person named. Throws a usage error that names the file, and with `option` the flag it came
 * with, where it is missing, a directory, unreadable or too large.
 */
export async function readNamedFile(path: string, option?: string): Promise<Uint8Array> {
  const named = option === undefined ? path : `${option} ${path}`
  try {
    const found = await stat(path)
    if (found.isDirectory()) throw new CliError("usage", `${named}: that is a directory; name a file`)
    if (found.size > LARGEST)
      throw new CliError("usage", `${named}: the file is too large to be what it should be`)
    return new Uint8Array(await readFile(path))
  } catch (cause) {
    if (cause instanceof CliError) throw cause
    throw new CliError("usage", `${named}: ${whyNot(cause)}`, { cause })
  }
}

function whyNot(cause: unknown): string {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined
  if (code === "ENOENT" || code === "ENOTDIR") return "there is no such file; check the name"
  if (code === "EACCES" || code === "EPERM") return "this file may not be read; check its permissions"
  return `this file cannot be read (${cause instanceof Error ? cause.message : String(cause)})`
}
