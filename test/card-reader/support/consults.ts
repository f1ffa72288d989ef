import { setTimeout as pause } from "node:timers/promises"
import type { PrivateReader } from "../../../native/virtual-card/private-reader.ts"
import { printCode } from "../../../src-protocol/code.ts"
import type { VirtualTestCard } from "../../../src-testkit/cards/create-virtual-card.ts"
import type { Phone } from "../../desk/support/desk-world.ts"
import { shows, showsReady, type ChipDesk } from "./chip-desk.ts"
import type { ChipWorld } from "./chip-world.ts"

/** A desk with one clinician's card, for consult after consult. */
export interface Room {
  readonly reader: PrivateReader
  readonly world: ChipWorld
  readonly desk: ChipDesk
  readonly chip: VirtualTestCard
}

export interface ConsultOutcome {
  /** "signed", or the code of what kept it from that. */
  readonly is: string
  readonly signMilliseconds: number
  /** What was posted, judged. */
  readonly posted: readonly string[]
}

/** Signs the clinician in, again and again where the card is still being read; throws where that never succeeds. */
export async function signInAgain({ desk, chip }: Room): Promise<void> {
  const serial = chip.tokenSerialNumber
  for (let turn = 0; turn < 10; turn += 1) {
    await desk.until(showsReady(serial), 10_000)
    if (desk.state().consult.is === "problem") await desk.call("goBack")
    if (desk.state().consult.is === "ready") return
    if ((await desk.signIn(serial)).ok) return
    await pause(200)
  }
  throw new RangeError(`the desk takes nobody in: ${JSON.stringify(desk.state().consult)}`)
}

/** One consult of one who is signed in, from the registration to the phone's yes; `beforeSigning` is the last thing before the PIN. */
export async function consult(
  room: Room,
  beforeSigning: () => Promise<void> = () => Promise.resolve(),
): Promise<ConsultOutcome> {
  const { desk, world, chip } = room
  const phone = await world.register()
  const found = await desk.call("lookUp", { text: printCode(phone.code) })
  if (!found.ok) throw new RangeError(`not found: ${found.problem.code}`)
  await desk.call("agreeWords")
  await desk.call("giveConsent")
  await beforeSigning()
  const began = performance.now()
  const signed = await desk.sign()
  const signMilliseconds = performance.now() - began
  const posted = await world.postedFor(phone, chip.holder.uziNumber)
  world.gate.posted.splice(0, posted.length)
  await conclude(room, phone, signed.ok)
  return { is: signed.ok ? "signed" : signed.problem.code, signMilliseconds, posted }
}

/** Nothing of this consult stays: the phone answers, and its line is taken off the list. */
async function conclude({ desk }: Room, phone: Phone, signed: boolean): Promise<void> {
  if (signed) {
    await phone.receipt({ accepted: true })
    await desk.until(({ inFlight }) => inFlight.every(({ status }) => status !== "waiting"), 10_000)
  }
  await desk.call("startNext")
  for (const { id } of desk.state().inFlight) await desk.call("dismissConsult", { id })
  if (!signed) await phone.withdraw()
  if (signed) await desk.until(shows("ready", "signed-out"), 5_000)
}
