import { HOUR } from "../../../src-protocol/instant.ts"
import { checkAtAnyMoment, checkPublishedOnce } from "./invariants.ts"
import { attemptOf, Journey } from "./journey.ts"
import type { PartyName } from "./party.ts"
import type { Players, Shown } from "./players.ts"
import type { Scene } from "./scene.ts"

/** Before which step a clock jumps; it returns after one attempt at it. */
export const MOMENTS = ["register", "authorise", "wait", "publish", "aggregate"] as const
export type Moment = (typeof MOMENTS)[number]

export interface Jump {
  readonly party: PartyName
  /** One after the other, each with an attempt. */
  readonly jumps: readonly number[]
  readonly at: readonly Moment[]
}

/**
 * Walks to the published batch while a clock jumps at the given moments. What a jump of the backend's clock ended (a
 * registration whose time was over by it) the patient takes back and begins anew: that is an end too, and a clean one.
 */
export async function walkWithJump(scene: Scene, players: Players, jump: Jump): Promise<Journey> {
  const journey = new Journey(scene, players)
  const withJump = jumper(journey, jump)
  await withJump("register", () => players.phone("register"))
  let digits = await journey.register()
  await withJump("authorise", () => players.desk(digits))
  if ((await scene.records(journey.seed)).accepted === 0 && !(await isAlive(players))) {
    digits = await beginAnew(journey)
  }
  await journey.authorise(digits)
  await withJump("wait", () => players.phone("wait"))
  await journey.phone("wait", "verified")
  await withJump("publish", () => players.phone("publish"))
  await journey.phone("publish", "done")
  await withJump("aggregate", () => players.backend("aggregate"))
  await players.setClock("backend", 2 * HOUR)
  await players.backend("aggregate")
  await checkPublishedOnce(scene, journey.seed)
  return journey
}

/** One attempt at a step by a wrong clock: whatever comes of it, the rules hold. */
function jumper(journey: Journey, { party, jumps, at }: Jump) {
  return async (moment: Moment, action: () => Promise<unknown>): Promise<void> => {
    if (!at.includes(moment)) return
    for (const jump of jumps) {
      await journey.players.setClock(party, jump)
      const outcome = await attemptOf(action, (value) => troubleOf(value))
      if ("trouble" in outcome) journey.told.push(outcome.trouble)
    }
    await journey.players.setClock(party, 0)
    await checkAtAnyMoment(journey.scene, journey.seed, journey.acknowledged)
  }
}

function troubleOf(value: unknown): string | undefined {
  const isObject = typeof value === "object" && value !== null
  return isObject && "trouble" in value ? String(value.trouble) : undefined
}

/** Whether the backend still knows what the phone registered. */
async function isAlive(players: Players): Promise<boolean> {
  const shown: Shown = await players.phone("wait")
  return shown.trouble !== "not-found"
}

async function beginAnew(journey: Journey): Promise<string> {
  journey.acknowledged = { registered: false, accepted: false }
  await journey.phone("withdraw", "withdrawn")
  return await journey.register()
}
