import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import type { PrivateReader } from "../../../native/virtual-card/private-reader.ts"
import { nodeCrypto } from "../../../src-crypto/node-crypto.ts"
import { createCardWatcher, type CardWatcher } from "../../../src-main/card/card-watcher.ts"
import type { Deadlines } from "../../../src-main/card/host/card-host.ts"
import { forkChildProcess } from "../../../src-main/card/host/fork-child-process.ts"
import { createCardHostOfModules } from "../../../src-main/card/host/several-modules.ts"
import { probe } from "../../../src-main/card/probe.ts"
import { describeTo, handlersOf } from "../../../src-main/desk-window/desk-handlers.ts"
import { DeskSession } from "../../../src-main/desk-window/desk-session.ts"
import { TimeKeeper } from "../../../src-main/desk-window/keep-time.ts"
import { openPreferences } from "../../../src-main/desk-window/preferences.ts"
import { showDesk } from "../../../src-main/desk-window/show-desk.ts"
import { answer } from "../../../src-main/ipc/serve-contract.ts"
import type { AnswerOf, Answered, ArgumentOf, CallName } from "../../../src-preload/contract.ts"
import type { ConsultView, DeskState } from "../../../src-preload/desk-state.ts"
import { whenFileIsDone } from "../../card/support/when-file-is-done.ts"
import type { ChipWorld } from "./chip-world.ts"
import { PIN } from "./open-reader.ts"

/** A desk without its window, as the program makes it, on a card in a reader. */
export interface ChipDesk {
  readonly session: DeskSession
  readonly watcher: CardWatcher
  state(): DeskState
  call<Name extends CallName>(name: Name, argument?: ArgumentOf<Name>): Promise<Answered<AnswerOf<Name>>>
  signIn(serial: string, pin?: string, sure?: boolean): Promise<Answered<AnswerOf<"signIn">>>
  sign(pin?: string, sure?: boolean): Promise<Answered<AnswerOf<"sign">>>
  /** Waits until the state is so; answers whether that came in time. */
  until(is: (state: DeskState) => boolean, milliseconds?: number): Promise<boolean>
  stop(): Promise<void>
}

export interface ChipDeskOptions {
  readonly reader: Pick<PrivateReader, "environment" | "openscModule">
  readonly world: Pick<ChipWorld, "gate" | "pki">
  readonly deadlines?: Partial<Deadlines>
}

/** Everything is its own and real: two processes for the card, and the calls of the window's door. */
export async function openChipDesk({ reader, world, deadlines = {} }: ChipDeskOptions): Promise<ChipDesk> {
  const fork = forkChildProcess(reader.environment)
  const watcher = createCardWatcher({ fork })
  const modules = [{ name: "OpenSC", path: reader.openscModule }]
  const cardHost = createCardHostOfModules({ fork, modules, watcher, deadlines })
  const folder = await mkdtemp(join(tmpdir(), "vrijgave-chip-desk-"))
  const session = new DeskSession({
    ...{ origin: world.gate.origin, trust: world.pki.trust, crypto: nodeCrypto, clock: () => Date.now() },
    ...{ cardHost, readers: watcher, probe, outboxDirectory: undefined, managed: [] },
    ...{ version: "1.2.3", system: "test 1", idleSeconds: () => 0, newId: () => crypto.randomUUID() },
    preferences: await openPreferences(
      join(folder, "preferences.json"),
      { language: "en", idleMinutes: 10, appearance: "system" },
      [],
    ),
    copyText: () => Promise.resolve(),
  })
  const time = new TimeKeeper(session)
  const ticking = setInterval(() => void time.tick(), 1_000)
  let stopped: Promise<void> | undefined
  const stop = (): Promise<void> => (stopped ??= end())
  const end = async (): Promise<void> => {
    clearInterval(ticking)
    session.stop()
    watcher.stop()
    cardHost.stop()
    await rm(folder, { recursive: true, force: true })
  }
  whenFileIsDone(stop)
  return { watcher, stop, ...doorOf(session) }
}

function doorOf(session: DeskSession): Omit<ChipDesk, "watcher" | "stop"> {
  const door = { handlers: handlersOf(session), describe: describeTo(session) }
  const call: ChipDesk["call"] = (name, argument) => answer(door, name, [argument])
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
  return {
    session,
    state: () => showDesk(session),
    call,
    signIn: (card, pin = PIN, lastTryConfirmed = false) =>
      call("signIn", { card, pin: bytes(pin), lastTryConfirmed }),
    sign: (pin = PIN, lastTryConfirmed = false) => call("sign", { pin: bytes(pin), lastTryConfirmed }),
    until: (is, milliseconds = 20_000) => untilState(session, is, milliseconds),
  }
}

async function untilState(
  session: DeskSession,
  is: (state: DeskState) => boolean,
  milliseconds: number,
): Promise<boolean> {
  const end = performance.now() + milliseconds
  while (!is(showDesk(session))) {
    if (performance.now() > end) return false
    await pause(5)
  }
  return true
}

/** Whether the desk shows that card ready to be used: its holder, no problem, and the whole line in order. */
export function showsReady(serial: string): (state: DeskState) => boolean {
  return ({ cards, line }) =>
    cards.some((card) => card.id === serial && card.holder !== undefined && card.problem === undefined) &&
    line.every(({ name, status }) => name === "connection" || status === "ok")
}

/** What the middle of the window is. */
export function shows(...kinds: readonly ConsultView["is"][]): (state: DeskState) => boolean {
  return ({ consult }) => kinds.includes(consult.is)
}
