import { createRequire } from "node:module"
import { dirname, join, resolve } from "node:path"
import { pathToFileURL } from "node:url"
import { app } from "./app/app.ts"
import { packagedApplication, readApplication, type Application } from "./application.ts"
import { readCommandLine } from "./command-line.ts"
import { say, trace } from "./log.ts"
import { resolveElectron } from "./resolve-electron.ts"
import { places, switches } from "./state.ts"

// Called by the script `electron` as: node boot.ts <path of that script> <Electron's own arguments>.

/** The Electron that is stood in for, and the Chromium within it. */
const VERSIONS = { electron: "45.4.1", chrome: "156.0.8078.100" }

const [, , executable = "", ...args] = process.argv
const commandLine = readCommandLine(args)
if (commandLine.asksVersion) {
  process.stdout.write(`v${VERSIONS.electron} (stand-in)\n`)
  process.exit(0)
}
becomeElectron()
resolveElectron()
endOnSignals()
trace("booted")
try {
  const packaged = packagedApplication(executable, process.env["ELECTRON_STANDIN_FUSES"] ?? "")
  if (packaged !== undefined) becomePackaged()
  await run(readApplication(packaged ?? commandLine.target ?? "."))
} catch (error) {
  say("the application cannot be run:", error)
  app.exit(1)
}

function becomeElectron(): void {
  for (const [name, value] of commandLine.switches) switches.set(name, value)
  places.executable = executable
  process.argv.splice(0, process.argv.length, executable, ...args)
  Object.defineProperty(process, "execPath", { value: executable })
  Object.assign(process, {
    type: "browser",
    defaultApp: true,
    resourcesPath: dirname(executable),
    noAsar: true,
  })
  for (const [name, value] of Object.entries(VERSIONS))
    Object.defineProperty(process.versions, name, { value, enumerable: true })
}

function becomePackaged(): void {
  app.isPackaged = true
  Object.assign(process, { defaultApp: undefined, resourcesPath: join(dirname(executable), "resources") })
}

/** Electron's main process lives until it quits, and quits when it is asked to end. */
function endOnSignals(): void {
  setInterval(() => undefined, 2 ** 30)
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => {
      app.quit()
    })
  process.on("uncaughtException", (error) => {
    say("A JavaScript error occurred in the main process", error)
    app.exit(1)
  })
}

async function run(application: Application): Promise<void> {
  places.application = application.folder
  app.introduce(application.name ?? "Electron", application.version ?? "0.0.0")
  const require = createRequire(import.meta.url)
  for (const preload of commandLine.preloads) require(resolve(preload))
  if (application.isModule) await import(pathToFileURL(application.main).href)
  else require(application.main)
  trace("the application is loaded")
  await app.start()
}
