import { setTimeout as pause } from "node:timers/promises"
import { printCode } from "../../../src-protocol/code.ts"
import { shows } from "../support/chip-desk.ts"
import { PIN } from "../support/open-reader.ts"
import type { Fault } from "./faults.ts"
import { walkTo, type Scene } from "./scene.ts"

/** What is under way when the fault strikes. */
export interface Underway {
  /** What the step's call comes to; undefined where nothing was called. */
  readonly pending?: Promise<{ readonly ok: boolean; readonly problem?: { readonly title: string } }>
  /** Lets the network go on, where it was kept waiting. */
  readonly release: () => void
}

export interface Step {
  readonly name: string
  /** The card works in it, with a PIN that is typed. */
  readonly withPin: boolean
  begin(scene: Scene, fault: Fault): Promise<Underway>
}

/** A chip needs its time for a signature; this one long enough for a fault to strike in the middle of it. */
const WHILE_IT_SIGNS = { when: { begins: "0087" }, then: { is: "delay", milliseconds: 3_000 } } as const
const INTO_THE_SIGNATURE_MILLISECONDS = 700

const still: Underway = { release: () => undefined }

export const STEPS: readonly Step[] = [
  {
    name: "sign-in",
    withPin: true,
    async begin(scene, fault) {
      await fault.prepare?.(scene)
      await scene.reader.setFaults([WHILE_IT_SIGNS])
      const pending = scene.desk.signIn(scene.own.tokenSerialNumber, fault.typed ?? PIN, true)
      await scene.desk.until(shows("signing-in"), 2_000)
      await pause(INTO_THE_SIGNATURE_MILLISECONDS)
      return { ...still, pending }
    },
  },
  {
    name: "look-up",
    withPin: false,
    async begin(scene) {
      await walkTo(scene, "ready")
      const held = scene.world.gate.hold("GET", /^\/v1\/disclosures\/[0-9]{6}$/)
      const pending = scene.desk.call("lookUp", { text: printCode(scene.phone.code) })
      await held.arrived
      return { pending, release: held.release }
    },
  },
  idle("comparing"),
  idle("reviewing"),
  idle("entering-pin"),
  {
    name: "signing",
    withPin: true,
    async begin(scene, fault) {
      await walkTo(scene, "entering-pin")
      await fault.prepare?.(scene)
      await scene.reader.setFaults([WHILE_IT_SIGNS])
      const pending = scene.desk.sign(fault.typed ?? PIN, true)
      await scene.desk.until(shows("signing"), 2_000)
      await pause(INTO_THE_SIGNATURE_MILLISECONDS)
      return { ...still, pending }
    },
  },
  {
    name: "posting",
    withPin: false,
    async begin(scene) {
      await walkTo(scene, "entering-pin")
      const held = scene.world.gate.hold("PUT", /\/authorisation$/)
      const pending = scene.desk.sign()
      await held.arrived
      return { pending, release: held.release }
    },
  },
]

function idle(name: "comparing" | "reviewing" | "entering-pin"): Step {
  return {
    name,
    withPin: false,
    async begin(scene) {
      await walkTo(scene, name)
      return still
    },
  }
}
