import { existsSync, realpathSync } from "node:fs"
import { basename } from "node:path"
import { knownModules } from "../../../native/pkcs11/known-modules.ts"
import type { CardModule } from "./several-modules.ts"

export interface InstalledModulesOptions {
  /** Paths by setting or managed policy: then these and no others, in this order, whether they exist or not. */
  readonly configured?: readonly string[]
  readonly platform?: NodeJS.Platform
  readonly exists?: (path: string) => boolean
  /** Where a path leads: two names of one file are one module. */
  readonly resolve?: (path: string) => string
}

/** The card software to use: what is set, else what is installed of the makers that we know, SafeSign first. */
export function installedModules(options: InstalledModulesOptions = {}): readonly CardModule[] {
  const { configured = [], platform = process.platform, exists = existsSync } = options
  if (configured.length > 0) return configured.map((path) => ({ name: nameOf(path, platform), path }))
  const resolve = options.resolve ?? realpathSync
  // SoftHSM keeps keys in files: it is for tests, and used only where somebody sets it.
  const found = knownModules(platform).filter(({ name, path }) => name !== "SoftHSM" && exists(path))
  const targets = found.map(({ path }) => resolve(path))
  return found.filter((_, i) => targets.indexOf(targets[i] ?? "") === i)
}

function nameOf(path: string, platform: NodeJS.Platform): string {
  return knownModules(platform).find((known) => known.path === path)?.name ?? basename(path)
}
