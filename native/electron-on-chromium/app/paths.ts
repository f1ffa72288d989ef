import { homedir, tmpdir } from "node:os"
import { isAbsolute, join } from "node:path"
import { places, switches } from "../state.ts"

const set = new Map<string, string>()
const OF_THE_USER = ["desktop", "documents", "downloads", "music", "pictures", "videos"]

/** `app.getPath`. Throws for a name that Electron does not know on Linux. */
export function pathOf(name: string, application: string): string {
  const found = set.get(name) ?? usualPath(name, application)
  if (found === undefined) throw new Error(`Failed to get '${name}' path`)
  return found
}

/** `app.setPath`. */
export function setPath(name: string, path: string): void {
  if (!isAbsolute(path)) throw new Error("Path must be absolute")
  set.set(name, path)
}

function usualPath(name: string, application: string): string | undefined {
  const user = () => pathOf("userData", application)
  if (OF_THE_USER.includes(name)) return join(homedir(), name.slice(0, 1).toUpperCase() + name.slice(1))
  switch (name) {
    case "home":
      return homedir()
    case "temp":
      return tmpdir()
    case "exe":
    case "module":
      return places.executable
    case "appData":
      return process.env["XDG_CONFIG_HOME"] ?? join(homedir(), ".config")
    case "userData":
      return switches.get("user-data-dir") ?? join(pathOf("appData", application), application)
    case "sessionData":
      return user()
    case "logs":
      return join(user(), "logs")
    case "crashDumps":
      return join(user(), "Crashpad")
    default:
      return undefined
  }
}
