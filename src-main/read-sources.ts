import { readFileSync } from "node:fs"
import { join, win32 } from "node:path"
import { ConfigError, type ConfigSources, type NamedText } from "./config.ts"

export interface SourcePaths {
  readonly platform: NodeJS.Platform
  readonly variables: Readonly<Record<string, string | undefined>>
  /** The folder of the program's own data for this person. */
  readonly userData: string
  /** A file that was named at the start; unlike the usual one it must be there. */
  readonly named: string | undefined
  readonly practice: boolean
}

/** Reads whatever this computer has of a configuration. Throws ConfigError for a file that is there and cannot be read. */
export function readSources({ platform, variables, userData, named, practice }: SourcePaths): ConfigSources {
  const path = named ?? join(userData, "desk.json")
  const file = readIfThere(path)
  if (named !== undefined && file === undefined) throw new ConfigError(`${named}: there is no such file.`)
  return { policy: readIfThere(policyPath(platform, variables)), file, environment: variables, practice }
}

/** Where an administrator, and nobody else, can write. */
export function policyPath(platform: NodeJS.Platform, variables: SourcePaths["variables"]): string {
  if (platform === "win32")
    return win32.join(variables["ProgramFiles"] ?? "C:\\Program Files", "Vrijgave", "policy.json")
  if (platform === "darwin") return "/Library/Application Support/Vrijgave/policy.json"
  return "/etc/vrijgave/policy.json"
}

function readIfThere(path: string): NamedText | undefined {
  try {
    return { name: path, text: readFileSync(path, "utf8") }
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined
    throw new ConfigError(`${path}: it cannot be read.`, { cause })
  }
}
