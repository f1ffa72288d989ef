import { softhsmConfigurationPath } from "../../native/softhsm/softhsm-home.ts"
import type { Terminal } from "../terminal.ts"
import { DESK_APP, openWindows, PHONE_APP, type WindowedApp, type Windows } from "./open-windows.ts"
import { testerFiles, type TesterFiles } from "./tester-files.ts"
import { openTesterWorld, writePhoneFile, type TesterWorld } from "./tester-world.ts"
import { writeDeskConfig } from "./write-desk-config.ts"

const BETWEEN_PICTURES_MILLISECONDS = 3_000

/**
 * One person plays both sides: the desk's window, the patient's phone in a second one, and behind them an authority, a card
 * on SoftHSM and a backend. Ends when the desk's window is closed; then all that was started has ended.
 */
export async function runTesterDesk(named: string | undefined, terminal: Terminal): Promise<void> {
  const files = await testerFiles(named)
  try {
    const world = await openTesterWorld(files, terminal)
    try {
      await Promise.all([writePhoneFile(files, world), writeDeskConfig(files, world)])
      await play(files, world, terminal)
    } finally {
      await world.backend.stop()
    }
  } finally {
    await files.remove()
  }
}

async function play(files: TesterFiles, world: TesterWorld, terminal: Terminal): Promise<void> {
  const windows = await openWindows([deskApp(files), phoneApp(files)])
  try {
    tellWhatThereIs(files, world, windows, terminal)
    await untilClosed(files, windows, terminal)
  } finally {
    await windows.close()
  }
}

function deskApp(files: TesterFiles): WindowedApp {
  return {
    app: DESK_APP,
    switches: ["--practice", `--config=${files.deskConfig}`, `--user-data-dir=${files.desk}`],
    environment: { SOFTHSM2_CONF: softhsmConfigurationPath(files.cards) },
  }
}

function phoneApp(files: TesterFiles): WindowedApp {
  const switches = [`--phone=${files.phoneFile}`, `--user-data-dir=${files.phone}`]
  return { app: PHONE_APP, switches, environment: {} }
}

function tellWhatThereIs(files: TesterFiles, world: TesterWorld, windows: Windows, terminal: Terminal): void {
  terminal.print("")
  if (windows.runtime === "stand-in")
    terminal.print(
      "   The windows are Chromium's, not Electron's: the stand-in, for Electron could not be had here.",
    )
  for (const { name, profile, pin } of world.cards)
    terminal.print(`   card       ${name} (${profile}), PIN ${pin}`)
  terminal.print(`   backend    ${world.backend.origin}`)
  terminal.print(`   files      ${files.directory}`)
  terminal.print(
    "   Make a code in the phone's window, type it in the desk's. Closing the desk, or Ctrl-C, ends all.",
  )
}

async function untilClosed(files: TesterFiles, windows: Windows, terminal: Terminal): Promise<void> {
  const { stopping } = terminal
  const stopped = new Promise<void>((resolve) => {
    stopping.addEventListener("abort", () => {
      resolve()
    })
  })
  if (windows.isHidden)
    terminal.print(
      `   This machine has no display: what would be on it is, anew every few seconds, in ${files.screenshot}`,
    )
  const picture = setInterval(() => {
    windows.screenshot(files.screenshot)
  }, BETWEEN_PICTURES_MILLISECONDS)
  try {
    if (!stopping.aborted) await Promise.race([windows.closed, stopped])
  } finally {
    clearInterval(picture)
  }
}
