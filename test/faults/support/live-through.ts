import { expect } from "vitest"
import { isOfWithdrawal } from "../fault-points.ts"
import { walk, walkAndWithdraw, type Walked } from "./journey.ts"
import { playersOf, type CardAtDesk } from "./players.ts"
import { inScene, type Fault } from "./scene.ts"

/** A journey with one fault in it, lived through to its end; the fault must have struck. */
export async function liveThrough(fault: Fault, card: CardAtDesk): Promise<Walked> {
  return await inScene(fault, async (scene) => {
    const players = await playersOf(scene, card)
    const walked = await (isOfWithdrawal(fault.at) ? walkAndWithdraw : walk)(scene, players)
    expect(await scene.log(fault.party), "the fault struck").toContain(fault.at)
    return walked
  })
}
