import { existsSync, readFileSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"
import { unpackAsar } from "./unpack-asar.ts"

/** What is run: a folder with a package.json, or one file. */
export interface Application {
  readonly folder: string
  readonly main: string
  readonly name: string | undefined
  readonly version: string | undefined
  readonly isModule: boolean
}

interface PackageFacts {
  readonly name?: string
  readonly productName?: string
  readonly version?: string
  readonly main?: string
  readonly type?: string
}

/**
 * The application beside a packaged executable: the archive, or the folder unless the fuse onlyLoadAppFromAsar forbids
 * it. Undefined where none is packaged.
 */
export function packagedApplication(executable: string, fuses: string): string | undefined {
  const resources = join(dirname(executable), "resources")
  const archive = join(resources, "app.asar")
  if (existsSync(archive)) return unpackAsar(archive, join(tmpdir(), `stand-in-${process.getuid?.() ?? 0}`))
  const folder = join(resources, "app")
  return existsSync(folder) && fuses[5] !== "1" ? folder : undefined
}

/** Reads what Electron reads of an application. */
export function readApplication(target: string): Application {
  const path = resolve(target)
  if (!statSync(path).isDirectory())
    return {
      folder: dirname(path),
      main: path,
      name: undefined,
      version: undefined,
      isModule: isModule(path),
    }
  const facts = readPackage(path) ?? {}
  const main = resolve(path, facts.main ?? "index.js")
  const name = facts.productName ?? facts.name
  return { folder: path, main, name, version: facts.version, isModule: isModule(main) }
}

function isModule(main: string): boolean {
  if (/\.m[jt]s$/.test(main)) return true
  if (/\.c[jt]s$/.test(main)) return false
  for (let folder = dirname(main); ; folder = dirname(folder)) {
    const facts = readPackage(folder)
    if (facts !== undefined) return facts.type === "module"
    if (folder === dirname(folder)) return false
  }
}

function readPackage(folder: string): PackageFacts | undefined {
  const file = join(folder, "package.json")
  if (!existsSync(file)) return undefined
  // A package.json of the application itself; a field of another kind shows at once.
  return JSON.parse(readFileSync(file, "utf8")) as PackageFacts
}
