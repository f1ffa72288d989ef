import { setTimeout as pause } from "node:timers/promises"
import type { PrivateReader } from "../../../native/virtual-card/private-reader.ts"
import type { ConsultView } from "../../../src-preload/desk-state.ts"
import { printCode } from "../../../src-protocol/code.ts"
import type { VirtualTestCard } from "../../../src-testkit/cards/create-virtual-card.ts"
import type { Phone } from "../../desk/support/desk-world.ts"
import { openChipDesk, showsReady, type ChipDesk } from "../support/chip-desk.ts"
import type { ChipWorld } from "../support/chip-world.ts"
import { PIN } from "../support/open-reader.ts"

/** One consult: a desk, a patient who registered, the clinician's card in the reader, and another person's at hand. */
export interface Scene {
  readonly reader: PrivateReader
  readonly world: ChipWorld
  readonly desk: ChipDesk
  readonly own: VirtualTestCard
  readonly other: VirtualTestCard
  readonly phone: Phone
}

export type Stage = Omit<Scene, "desk" | "phone">

/** Shorter than the product's 15 s and 35 s, so that a module that hangs does not hang the table. */
export const DEADLINES = { probeMilliseconds: 5_000, readMilliseconds: 5_000, signMilliseconds: 6_000 }

/** A new desk, its own card in the reader and shown; whatever went before is cleared away. */
export async function openScene(stage: Stage): Promise<Scene> {
  const { reader, world, own } = stage
  await clear(reader)
  await reader.insert(own.image)
  const desk = await openChipDesk({ reader, world, deadlines: DEADLINES })
  const [phone, ready] = await Promise.all([
    world.register(),
    desk.until(showsReady(own.tokenSerialNumber), 30_000),
  ])
  if (!ready) throw new RangeError(`the desk never showed the card: ${JSON.stringify(desk.state().line)}`)
  return { ...stage, desk, phone }
}

async function clear(reader: PrivateReader): Promise<void> {
  await reader.setFaults([])
  await reader.pcscd("start").catch(() => undefined)
  await reader.remove()
}

/** Takes the card out and puts another one in its place. */
export async function exchange(reader: PrivateReader, card: VirtualTestCard): Promise<void> {
  await reader.remove()
  await pause(450)
  await reader.insert(card.image)
}

/** Walks the consult on from wherever it is until it is in one of these; answers whether it came so far. */
export async function walkTo(
  { desk, own, phone }: Scene,
  ...goal: readonly ConsultView["is"][]
): Promise<boolean> {
  const serial = own.tokenSerialNumber
  for (let turn = 0; turn < 40; turn += 1) {
    const { consult, cards } = desk.state()
    if (goal.includes(consult.is)) return true
    switch (consult.is) {
      case "signed-out":
        if (cards.some(({ id }) => id === serial)) await desk.signIn(serial, PIN, true)
        break
      case "ready":
        await desk.call("lookUp", { text: printCode(phone.code) })
        break
      case "comparing":
        await desk.call("agreeWords")
        break
      case "reviewing":
        await desk.call("giveConsent")
        break
      case "entering-pin":
        await desk.sign(PIN, true)
        break
      case "problem":
        await desk.call("goBack")
        break
      case "signing-in":
      case "looking-up":
      case "signing":
      case "judging":
      case "posting":
      case "following":
      case "done":
        break
    }
    await pause(20)
  }
  return false
}
