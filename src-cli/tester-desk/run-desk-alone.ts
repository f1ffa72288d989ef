import { resolve } from "node:path"
import type { Terminal } from "../terminal.ts"
import { DESK_APP, openWindows } from "./open-windows.ts"

export interface DeskAlone {
  /** Instead of what the desk's configuration says. */
  readonly backend: string | undefined
  readonly config: string | undefined
}

/** The desk as a clinician gets it: with its own configuration, cards and data, and nothing beside it. */
export async function runDeskAlone({ backend, config }: DeskAlone, terminal: Terminal): Promise<void> {
  const switches = config === undefined ? [] : [`--config=${resolve(config)}`]
  const environment = backend === undefined ? {} : { VRIJGAVE_BACKEND: backend }
  const windows = await openWindows([{ app: DESK_APP, switches, environment }])
  const stop = (): void => void windows.close()
  terminal.stopping.addEventListener("abort", stop)
  try {
    await windows.closed
  } finally {
    terminal.stopping.removeEventListener("abort", stop)
    await windows.close()
  }
}
