import { app } from "electron"
import { begin } from "./app/begin.ts"
import { lockDownEveryPage } from "./app/lock-down.ts"
import { declareScheme } from "./app/own-scheme.ts"
import { failToStart } from "./app/fail-to-start.ts"
import { dataFolder, readCommandLine } from "./app/read-command-line.ts"
import { readConfig } from "./config.ts"
import { readSources } from "./read-sources.ts"

/** The order in which the desk starts, and nothing else. What cannot wait until Electron is ready comes first. */
function start(): void {
  declareScheme()
  lockDownEveryPage(app)
  const asked = readCommandLine(app)
  const config = readConfig(readSources({ ...asked, platform: process.platform, variables: process.env }))
  app.setPath("userData", dataFolder(asked, config.environment))
  if (!app.requestSingleInstanceLock()) {
    // The window that is there already comes to the front.
    app.quit()
    return
  }
  app
    .whenReady()
    .then(() => begin(config))
    .catch(failToStart)
}

try {
  start()
} catch (error) {
  failToStart(error)
}
