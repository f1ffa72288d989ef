import type { App } from "electron"
import type { EnvironmentName } from "../config.ts"

/** What was said at the start. */
export interface Asked {
  /** The folder of the program's own data for this person. */
  readonly userData: string
  /** Whether that folder was named; else it is the usual one. */
  readonly isNamed: boolean
  /** A configuration that was named. */
  readonly named: string | undefined
  readonly practice: boolean
}

/** The switches `--user-data-dir`, `--config` and `--practice`. */
export function readCommandLine(app: Pick<App, "commandLine" | "getPath">): Asked {
  const { commandLine } = app
  const given = commandLine.getSwitchValue("user-data-dir")
  const named = commandLine.getSwitchValue("config")
  return {
    userData: given === "" ? app.getPath("userData") : given,
    isNamed: given !== "",
    named: named === "" ? undefined : named,
    practice: commandLine.hasSwitch("practice"),
  }
}

/** Practice has a data folder of its own, so that nothing of it is ever sent for real; one that was named is taken as it is. */
export function dataFolder({ userData, isNamed }: Asked, environment: EnvironmentName): string {
  return environment === "practice" && !isNamed ? `${userData}-practice` : userData
}
