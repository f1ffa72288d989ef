import { base64UrlOf } from "../../../src-protocol/bytes.ts"
import { find, pickUp, publish, put, register, sendReceipt, withdraw } from "../../backend/support/actors.ts"
import type { Seen, World } from "../../backend/support/world.ts"
import type { Arena } from "./arena.ts"
import type { Choose } from "./turns.ts"

/** What a party was answered, in the order in which it took effect. */
export interface Happening {
  readonly what: "register" | "find" | "put" | "pick-up" | "receipt" | "withdraw" | "publish"
  /** Of the phone whose disclosure it was about; of an unsuccessful look-up, -1. */
  readonly phone: number
  /** Of the clinician who asked or who signed, where one did. */
  readonly clinician: number
  readonly status: number
  /** Of a receipt or a look-up: the state that the backend answered. */
  readonly state: unknown
}

/** What a phone does with the package that it picks up. */
const VERDICTS = ["accept", "accept", "accept", "mismatch", "mismatch", "refuse", "withdraw"] as const

/**
 * One race on one reference: two phones register it, two clinicians look it up and hand in what they signed, twice each;
 * the phones judge, withdraw and publish from two programs at once; and the clock may end it all in between.
 */
export async function race(arena: Arena, choose: Choose): Promise<{ happened: Happening[]; order: string }> {
  arena.clear()
  const happened: Happening[] = []
  const held = new Map<number, Uint8Array>()
  const parties = [
    ...arena.phones.map((_, phone) => () => phoneTurns(arena, phone, choose, happened, held)),
    ...arena.phones.map((_, phone) => () => secondPublication(arena, phone, happened, held)),
    ...arena.clinicians.flatMap((_, clinician) => [
      () => clinicianTurns(arena, clinician, choose, happened),
      () => clinicianTurns(arena, clinician, choose, happened),
    ]),
    () => clockTurns(arena, choose),
  ]
  const order = await arena.turns.run(parties, choose)
  return { happened, order: order.join() }
}

async function phoneTurns(
  arena: Arena,
  phone: number,
  choose: Choose,
  happened: Happening[],
  held: Map<number, Uint8Array>,
): Promise<void> {
  const { world, side } = sideOf(arena, phone)
  const told = (what: Happening["what"], seen: Seen, clinician = -1) => {
    happened.push({ what, phone, clinician, status: seen.status, state: seen.body["state"] })
    return seen
  }
  if (told("register", await register(world, side)).status !== 201) return
  for (let poll = 0; poll < 6; poll++) {
    const picked = await pickUp(world, side)
    const authorisation = packageIn(picked)
    const clinician = signerOf(arena, phone, authorisation)
    told("pick-up", picked, clinician)
    if (picked.status === 404) return
    if (authorisation === undefined) continue
    const verdict = VERDICTS[choose(VERDICTS.length)]
    if (verdict === "withdraw") {
      told("withdraw", await withdraw(world, side), clinician)
      return
    }
    const receipt = receiptFor(verdict ?? "accept")
    const { body } = told("receipt", await sendReceipt(world, side, receipt), clinician)
    if (verdict === "accept") {
      held.set(phone, authorisation)
      told("publish", await publish(world, side.opaque, authorisation), clinician)
      if (choose(3) === 0) told("withdraw", await withdraw(world, side), clinician)
      return
    }
    if (body["state"] !== "registered") return
  }
}

/** The same phone's state in a second program, or whoever stole it: it publishes as soon as there is something. */
async function secondPublication(
  arena: Arena,
  phone: number,
  happened: Happening[],
  held: ReadonlyMap<number, Uint8Array>,
): Promise<void> {
  const { world, side } = sideOf(arena, phone)
  for (let look = 0; look < 30; look++) {
    const authorisation = held.get(phone)
    if (authorisation !== undefined) {
      const { status } = await publish(world, side.opaque, authorisation)
      const clinician = signerOf(arena, phone, authorisation)
      happened.push({ what: "publish", phone, clinician, status, state: undefined })
      return
    }
    await arena.turns.gate()
  }
}

async function clinicianTurns(
  arena: Arena,
  clinician: number,
  choose: Choose,
  happened: Happening[],
): Promise<void> {
  const { session, packages } = at(arena.clinicians, clinician)
  const reference = sideOf(arena, 0).side.code.reference
  for (let attempt = 0; attempt < 2; attempt++) {
    const found = await find(arena.world, session, reference)
    const phone = arena.phones.findIndex((side) => side.hash === found.body["hash"])
    happened.push({
      ...{ what: "find", phone, clinician, status: found.status, state: found.body["state"] },
    })
    // One who found nothing hands in all the same: an outbox from an earlier look-up does just that.
    const signedFor = phone < 0 ? choose(arena.phones.length) : phone
    const { status, body } = await put(arena.world, session, reference, at(packages, signedFor))
    happened.push({ what: "put", phone: signedFor, clinician, status, state: body["state"] })
  }
}

async function clockTurns(arena: Arena, choose: Choose): Promise<void> {
  if (choose(3) > 0) return
  for (let step = 0; step < 4; step++) {
    await arena.turns.gate()
    arena.advance(choose(2_500))
    // It stands for a while, as clocks do between two calls.
    for (let rest = choose(12); rest > 0; rest--) await arena.turns.gate()
  }
}

function sideOf(arena: Arena, phone: number): { world: World; side: Arena["phones"][number] } {
  return { world: arena.world, side: at(arena.phones, phone) }
}

function packageIn({ status, body }: Seen): Uint8Array | undefined {
  return status === 200 ? Uint8Array.from(Buffer.from(String(body["authorisation"]), "base64url")) : undefined
}

/** The clinician whose package for this phone it is, or -1: then it is another's, byte for byte. */
function signerOf(arena: Arena, phone: number, authorisation: Uint8Array | undefined): number {
  if (authorisation === undefined) return -1
  const text = base64UrlOf(authorisation)
  return arena.clinicians.findIndex(({ packages }) => base64UrlOf(at(packages, phone)) === text)
}

function receiptFor(verdict: Exclude<(typeof VERDICTS)[number], "withdraw">): object {
  if (verdict === "accept") return { accepted: true }
  return { accepted: false, reason: verdict === "mismatch" ? "confirmation-mismatch" : "bad-signature" }
}

function at<T>(list: readonly T[], index: number): T {
  const found = list[index]
  if (found === undefined) throw new RangeError(`there is no ${index}`)
  return found
}
