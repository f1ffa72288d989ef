#!/usr/bin/env node
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { checkCardModule, isCardModuleBuilt } from "../native/setup/card-module.mjs"
import { arePackagesInstalled } from "../native/setup/packages.mjs"
import { isNode24, node24 } from "../native/setup/paths.mjs"
import { progress, SetupError } from "../native/setup/progress.mjs"
import { runInForeground } from "../native/setup/run.mjs"

// The `vrijgave` command under whatever Node the shell finds: the project's Node 24 runs the program itself.

const main = join(dirname(fileURLToPath(import.meta.url)), "main.ts")
const node = node24()

if (node === undefined || !arePackagesInstalled()) {
  console.error("vrijgave is not set up yet. Run this in its folder first:\n\n  npm run setup\n")
  process.exitCode = 1
} else {
  if (!isCardModuleBuilt()) buildCardModule()
  if (isNode24()) await import("./main.ts")
  else process.exitCode = await runInForeground(node, [main, ...process.argv.slice(2)], pinDescriptor())
}

/** The descriptor that a PIN is read from is handed on too: a program inherits no more than the three usual ones. */
function pinDescriptor() {
  const [, separate] = process.argv.slice(process.argv.indexOf("--pin-fd"))
  const joined = process.argv.find((argument) => argument.startsWith("--pin-fd="))?.slice("--pin-fd=".length)
  const named = joined ?? (process.argv.includes("--pin-fd") ? separate : undefined)
  return named !== undefined && /^[0-9]{1,2}$/.test(named) ? { descriptor: Number(named) } : {}
}

/** After a plain `npm ci` the addon is not there yet. Much works without it, so a failure is told and no more. */
function buildCardModule() {
  try {
    checkCardModule(progress(1, console.error))
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    console.error(
      `${error.message}\n\nCommands that need a card will fail until this is mended: npm run setup\n`,
    )
  }
}
