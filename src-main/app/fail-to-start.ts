import { app, dialog } from "electron"
import { ConfigError } from "../config.ts"

const TITLE = "Vrijgave kan niet starten · Vrijgave cannot start"

/** Says why the desk does not start, to whoever looks at the screen and to whoever started it, and ends. */
export function failToStart(error: unknown): void {
  const reason = reasonOf(error)
  process.stderr.write(`vrijgave: ${reason}\n`)
  // Before the app is ready a dialogue can be shown on Windows and macOS only; elsewhere it is printed as well.
  dialog.showErrorBox(TITLE, reason)
  app.exit(1)
}

function reasonOf(error: unknown): string {
  if (error instanceof ConfigError || error instanceof RangeError) return error.message
  return error instanceof Error ? `${error.name}: ${error.message}` : "unknown"
}
