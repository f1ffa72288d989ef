import { z } from "zod"
import { HOUR } from "../../../src-protocol/instant.ts"
import type { Scene } from "./scene.ts"
import type { Party, PartyName } from "./party.ts"

/** What a test looks at in what a phone shows. */
export const Shown = z.looseObject({
  step: z.string(),
  trouble: z.string().optional(),
  hash: z.string().optional(),
  code: z.looseObject({ digits: z.string() }).optional(),
  sentences: z.array(z.string()),
})
export type Shown = z.infer<typeof Shown>

export type PhoneStep = "register" | "wait" | "publish" | "show" | "withdraw"

/** The three who walk a journey, each in a process of its own that is started again when it has died. */
export interface Players {
  phone(step: PhoneStep): Promise<Shown>
  /** One attempt of the clinician; see `authorise`. */
  desk(digits: string): Promise<unknown>
  /** What lies in the outbox goes at the next sign-in, or in the session that is there. */
  sendOutbox(): Promise<unknown>
  backend(step: BackendStep): Promise<unknown>
  /** Sets the clock of one of them so many milliseconds ahead. */
  setClock(party: PartyName, offset: number): Promise<void>
  /** Starts anew whoever has died; answers whether somebody had. */
  revive(): Promise<boolean>
  /** Mends the disks of all who live. */
  heal(): Promise<void>
}

export type BackendStep = "aggregate" | "keep house" | "read lists"

/** After so long nothing registered, accepted or ended is kept any more. */
export const LONG_AFTER = 30 * 24 * HOUR

/** What a desk needs to know of its card. */
export interface CardAtDesk {
  readonly softhsm: string
  readonly serial: string
}

export interface PlayersOptions {
  /** How long phone and desk wait for an answer. */
  readonly timeoutMilliseconds?: number
}

/** Starts backend, phone and desk of a scene; a fault that strikes while the backend starts is lived through here. */
export async function playersOf(
  scene: Scene,
  card: CardAtDesk,
  { timeoutMilliseconds = 5_000 }: PlayersOptions = {},
): Promise<Players> {
  const { network, pki, backendDirectory, phoneFile, outbox } = scene
  const common = { pki: pki.directory }
  let clockOffset = 0
  const startBackend = async (): Promise<Party> => {
    const party = { ...common, directory: backendDirectory, origin: network.origin, clockOffset }
    const started = scene.start("backend", party)
    network.lead(String(await started.ask("start")))
    return started
  }
  const startDesk = (): Party => {
    const cardPlan = JSON.stringify(scene.planFor("card host"))
    const { origin } = network
    return scene.start("desk", { ...common, origin, outbox, ...card, cardPlan, timeoutMilliseconds })
  }
  const startPhone = (): Party =>
    scene.start("phone", { ...common, state: phoneFile, backend: network.origin, timeoutMilliseconds })
  let backend = await startBackend().catch(() => startBackend())
  let phone = startPhone()
  let desk = startDesk()
  return {
    phone: async (step) => Shown.parse(await phone.ask(step)),
    desk: (digits) => desk.ask("authorise", digits),
    sendOutbox: () => desk.ask("send outbox"),
    backend: (step) => backend.ask(step),
    async setClock(party, offset) {
      if (party === "backend") clockOffset = offset
      await { backend, phone, desk }[party].ask("clock", offset)
    },
    async revive() {
      const dead = [backend, phone, desk].filter((party) => !party.isAlive())
      if (!backend.isAlive()) backend = await startBackend()
      if (!phone.isAlive()) phone = startPhone()
      if (!desk.isAlive()) desk = startDesk()
      return dead.length > 0
    },
    async heal() {
      for (const party of [backend, phone, desk]) if (party.isAlive()) await party.ask("heal")
    },
  }
}
