import {
  app,
  type BrowserWindow,
  clipboard,
  Menu,
  nativeTheme,
  powerMonitor,
  safeStorage,
  utilityProcess,
} from "electron"
import { release } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import type { CryptoPort } from "../../src-protocol/crypto-port.ts"
import { STATE_CHANNEL } from "../../src-preload/contract.ts"
import type { DeskState } from "../../src-preload/desk-state.ts"
import { createCardWatcher, type CardWatcher } from "../card/card-watcher.ts"
import { createCardHostOfModules } from "../card/host/several-modules.ts"
import { installedModules } from "../card/host/installed-modules.ts"
import { probe } from "../card/probe.ts"
import type { Config } from "../config.ts"
import { describeTo, handlersOf } from "../desk-window/desk-handlers.ts"
import { DeskSession, PIN_PAD_MILLISECONDS } from "../desk-window/desk-session.ts"
import { TimeKeeper } from "../desk-window/keep-time.ts"
import { openPreferences } from "../desk-window/preferences.ts"
import { showDesk } from "../desk-window/show-desk.ts"
import type { Desk } from "../ipc/serve-contract.ts"
import { readTrust } from "../read-trust.ts"
import { isPinTyped } from "./content-protection.ts"
import { endWhenDone } from "./end-when-done.ts"
import { forkUtilityProcess } from "./fork-utility-process.ts"
import { menuTemplate } from "./menu.ts"
import { keyRing } from "./vault.ts"

/** The card of a signature is closed within three seconds, or never. */
const LONGEST_END_MILLISECONDS = 4_000
const EVERY_SECOND = 1_000

/** Makes the desk behind a window: everything that it needs of this computer, its session, and what goes between the two. */
export async function openDesk(config: Config, bundles: string, window: BrowserWindow): Promise<Opened> {
  const desk = await makeSession(config, nodeCrypto, bundles)
  show(desk.session, window)
  lockWithTheComputer(desk.session)
  whenItEnds(desk)
  return {
    desk: { handlers: handlersOf(desk.session), describe: describeTo(desk.session) },
    look() {
      desk.readers.start()
      void desk.session.line.look()
      void desk.session.line.lookAtConnection()
      void desk.session.outbox.look()
    },
  }
}

export interface Opened {
  readonly desk: Desk
  /** Looks at cards, backend and outbox for the first time. */
  look(): void
}

interface OpenDesk {
  readonly session: DeskSession
  readonly readers: CardWatcher
  /** Resolves when no card trusts a PIN of ours any more. */
  stop(): Promise<void>
}

async function makeSession(config: Config, crypto: CryptoPort, bundles: string): Promise<OpenDesk> {
  const userData = app.getPath("userData")
  const vault = await keyRing(safeStorage, process.platform)
  const entry = (name: string): URL => pathToFileURL(join(bundles, "card-host", name))
  const readers = createCardWatcher({
    fork: forkUtilityProcess(utilityProcess, "card watcher"),
    entry: entry("watcher-process.js"),
    // The window has more need of the processor, until it is there.
    waits: true,
  })
  const cardHost = createCardHostOfModules({
    fork: forkUtilityProcess(utilityProcess, "card host"),
    entry: entry("host-process.js"),
    modules: installedModules({ configured: config.modules }),
    deadlines: { pinPadMilliseconds: PIN_PAD_MILLISECONDS },
    watcher: readers,
  })
  const { idleMinutes, language } = config
  const session = new DeskSession({
    origin: config.backend,
    trust: await readTrust(crypto, config, join(process.resourcesPath, "trust.json")),
    crypto,
    cardHost,
    readers,
    probe,
    outboxDirectory: vault === undefined ? undefined : (config.outboxDirectory ?? join(userData, "outbox")),
    ...(vault === undefined ? {} : { outboxVault: vault }),
    clock: () => Date.now(),
    preferences: await openPreferences(
      join(userData, "preferences.json"),
      { language, idleMinutes, appearance: "system" },
      config.managed,
    ),
    managed: config.managed,
    version: app.getVersion(),
    system: `${process.platform} ${release()} ${process.arch}`,
    idleSeconds: () => powerMonitor.getSystemIdleTime(),
    copyText: async (text) => {
      await clipboard.writeText(text)
    },
    newId: () => globalThis.crypto.randomUUID(),
  })
  return {
    session,
    readers,
    async stop() {
      session.stop()
      readers.stop()
      cardHost.stop()
      await cardHost.settled()
    },
  }
}

/** The state goes to the window whole, once for all changes of a moment; menu, theme and content protection follow it. */
function show(session: DeskSession, window: BrowserWindow): void {
  let isDue = false
  let shown: DeskState | undefined
  const push = (): void => {
    isDue = false
    if (window.isDestroyed()) return
    const state = showDesk(session)
    follow(session, window, shown, state)
    shown = state
    window.webContents.send(STATE_CHANNEL, state)
  }
  session.subscribe(() => {
    if (isDue) return
    isDue = true
    queueMicrotask(push)
  })
  push()
}

function follow(
  session: DeskSession,
  window: BrowserWindow,
  before: DeskState | undefined,
  now: DeskState,
): void {
  // Before the window hears of a state in which a PIN is typed, it is protected.
  if (before === undefined || isPinTyped(before) !== isPinTyped(now))
    window.setContentProtection(isPinTyped(now))
  nativeTheme.themeSource = now.settings.appearance
  if (before?.language === now.language) return
  const actions = {
    lock: () => void session.lock("by-hand"),
    startNext: () => {
      session.startNext()
    },
  }
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(now.language, actions)))
}

function lockWithTheComputer(session: DeskSession): void {
  const lock = (): void => void session.lock("screen-locked")
  powerMonitor.on("lock-screen", lock)
  powerMonitor.on("suspend", lock)
  powerMonitor.on("user-did-resign-active", lock)
}

function whenItEnds(desk: OpenDesk): void {
  const time = new TimeKeeper(desk.session)
  const ticking = setInterval(() => void time.tick(), EVERY_SECOND)
  const finish = async (): Promise<void> => {
    clearInterval(ticking)
    const signedOut = desk.session.lock("by-hand")
    await Promise.all([signedOut, desk.stop()])
  }
  endWhenDone(app, finish, LONGEST_END_MILLISECONDS)
}
