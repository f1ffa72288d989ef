import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect } from "vitest"
import { nodeCrypto } from "../../../src-crypto/node-crypto.ts"
import type { Token } from "../../../src-main/card/host/host-messages.ts"
import { probe } from "../../../src-main/card/probe.ts"
import type { ReaderListener } from "../../../src-main/card/card-watcher.ts"
import type { ReaderCard, Readers } from "../../../src-main/card/readers.ts"
import { describeTo, handlersOf } from "../../../src-main/desk-window/desk-handlers.ts"
import { DeskSession } from "../../../src-main/desk-window/desk-session.ts"
import type { DeskSessionOptions } from "../../../src-main/desk-window/desk-session-options.ts"
import { TimeKeeper } from "../../../src-main/desk-window/keep-time.ts"
import { openPreferences } from "../../../src-main/desk-window/preferences.ts"
import { showDesk } from "../../../src-main/desk-window/show-desk.ts"
import { answer } from "../../../src-main/ipc/serve-contract.ts"
import type { AnswerOf, Answered, ArgumentOf, CallName } from "../../../src-preload/contract.ts"
import type { ConsultView, DeskState } from "../../../src-preload/desk-state.ts"
import { whenFileIsDone } from "../../card/support/when-file-is-done.ts"
import type { DeskWorld } from "./desk-world.ts"
import { SOFT_PIN, SOFT_SERIAL, type ScriptedCard } from "./soft-card-host.ts"

/** A desk without a window: what the window would call and be told, and what the world around it does. */
export interface DeskWindow {
  readonly session: DeskSession
  readonly state: () => DeskState
  /** Every kind of consult view that was shown, in order. */
  readonly seen: string[]
  readonly copied: string[]
  call<Name extends CallName>(name: Name, argument?: ArgumentOf<Name>): Promise<Answered<AnswerOf<Name>>>
  /** Waits until the middle of the window shows this. */
  shows<Is extends ConsultView["is"]>(is: Is): Promise<Extract<ConsultView, { is: Is }>>
  signIn(pin?: string): Promise<Answered<AnswerOf<"signIn">>>
  /** From the code to the PIN. */
  upToPin(code: string): Promise<void>
  sign(pin?: string): Promise<Answered<AnswerOf<"sign">>>
  removeCard(): void
  insertCard(): void
  /** Another program takes the card, one of these perhaps; without them it gives it back. */
  holdCard(heldBy?: readonly string[]): void
  changeToken(change: Partial<Token>): void
  /** Lets time pass, with somebody or nobody at the computer; the desk is asked as it is every second. */
  pass(milliseconds: number, isIdle?: boolean): Promise<void>
}

const CARD: ReaderCard = { atr: "3b", known: "uzi", state: "ready", heldBy: [] }
const READER = { name: "test", card: CARD }

export async function openDeskWindow(
  world: DeskWorld,
  card: ScriptedCard,
  changes: Partial<DeskSessionOptions> = {},
): Promise<DeskWindow> {
  const [copied, seen]: [string[], string[]] = [[], []]
  const time = { offset: 0, idleSeconds: 0 }
  const clock = (): number => Date.now() + time.offset
  const slot = scriptSlot(card)
  const session = new DeskSession({
    ...{ origin: world.backend.origin, trust: world.pki.trust, crypto: nodeCrypto, clock },
    ...{ cardHost: slot.host, readers: slot.readers, probe, outboxDirectory: undefined, managed: [] },
    ...{
      version: "1.2.3",
      system: "test 1",
      idleSeconds: () => time.idleSeconds,
      newId: () => crypto.randomUUID(),
    },
    preferences: await openPreferences(
      join(await ownFolder(), "preferences.json"),
      { language: "nl", idleMinutes: 10, appearance: "system" },
      changes.managed ?? [],
    ),
    copyText: (text) => {
      copied.push(text)
      return Promise.resolve()
    },
    ...changes,
  })
  whenFileIsDone(() => {
    session.stop()
  })
  const door = { handlers: handlersOf(session), describe: describeTo(session) }
  const keeper = new TimeKeeper(session)
  session.subscribe(() => {
    const { is } = showDesk(session).consult
    if (seen.at(-1) !== is) seen.push(is)
  })
  await Promise.all([session.line.look(), session.line.lookAtConnection(), session.outbox.look()])
  const call: DeskWindow["call"] = (name, argument) => answer(door, name, [argument])
  return {
    ...{ session, seen, copied, call, ...slot },
    state: () => showDesk(session),
    shows: (is) => untilShown(session, is),
    signIn: (pin = SOFT_PIN) => call("signIn", { card: SOFT_SERIAL, pin: bytes(pin) }),
    sign: (pin = SOFT_PIN) => call("sign", { pin: bytes(pin) }),
    async upToPin(code) {
      expect(await call("lookUp", { text: code })).toEqual({ ok: true })
      expect(await call("agreeWords")).toEqual({ ok: true })
      expect(await call("giveConsent")).toEqual({ ok: true })
    },
    async pass(milliseconds, isIdle = false) {
      time.offset += milliseconds
      time.idleSeconds = isIdle ? time.idleSeconds + milliseconds / 1_000 : 0
      await keeper.tick()
    },
  }
}

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

async function ownFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "vrijgave-window-"))
  whenFileIsDone(() => rm(folder, { recursive: true, force: true }))
  return folder
}

function untilShown<Is extends ConsultView["is"]>(
  session: DeskSession,
  is: Is,
): Promise<Extract<ConsultView, { is: Is }>> {
  return new Promise((resolve) => {
    const look = (): void => {
      const { consult } = showDesk(session)
      if (consult.is !== is) return
      stop()
      // Sound: just compared.
      resolve(consult as Extract<ConsultView, { is: Is }>)
    }
    const stop = session.subscribe(look)
    look()
  })
}

type Slot = Pick<DeskWindow, "removeCard" | "insertCard" | "holdCard" | "changeToken">

/** The card's reader, moved by hand. */
function scriptSlot(
  card: ScriptedCard,
): Slot & Pick<DeskSessionOptions, "readers"> & { host: ScriptedCard["host"] } {
  const listeners = new Set<ReaderListener>()
  let [isIn, change]: [boolean, Partial<Token>] = [true, {}]
  let seen: ReaderCard = READER.card
  const now = (): Readers => ({
    service: "running",
    readers: [isIn ? { ...READER, card: seen } : { name: READER.name }],
  })
  const tell = (event: Parameters<ReaderListener>[0]): void => {
    for (const listener of listeners) listener(event, now())
  }
  return {
    host: {
      ...card.host,
      listTokens: async () =>
        isIn && seen.state === "ready"
          ? (await card.host.listTokens()).map((token) => ({ ...token, ...change }))
          : [],
    },
    readers: {
      get now() {
        return now()
      },
      subscribe: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    removeCard() {
      isIn = false
      tell({ is: "card-removed", reader: READER.name })
    },
    insertCard() {
      isIn = true
      tell({ is: "card-inserted", reader: READER.name, card: READER.card })
    },
    holdCard(heldBy) {
      seen = heldBy === undefined ? READER.card : { ...READER.card, state: "held", heldBy: [...heldBy] }
      tell({ is: "card-changed", reader: READER.name, card: seen })
    },
    changeToken(changed) {
      change = changed
    },
  }
}
